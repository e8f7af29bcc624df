import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TABLES } from '../../../../pipeline/index.ts';
import { sqlEditOf } from '../../../../scenarios/mutants/apply-edits.ts';
import { MUTANTS } from '../../../../scenarios/mutants/catalogue/index.ts';

function modelText(model: string): string {
  return readFileSync(new URL(`../../../../pipeline/sql/${model}.sql`, import.meta.url), 'utf8');
}

test('there are at least 40, with ids in a row, and no two say the same', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  expect(MUTANTS.map(({ id }) => id)).toEqual(
    MUTANTS.map((_, index) => `M${String(index + 1).padStart(2, '0')}`),
  );
  expect(new Set(MUTANTS.map(({ title }) => title)).size).toBe(MUTANTS.length);
});

test.each(MUTANTS.map((mutant) => [mutant.id, mutant] as const))(
  '%s fits the models that it edits, and changes each of them',
  (_, mutant) => {
    const models = new Set(mutant.edits.map(({ model }) => model));
    for (const model of models) {
      const text = modelText(model);
      expect(sqlEditOf(mutant)(model, text)).not.toBe(text);
    }
    const changesSomething =
      models.size > 0 || mutant.appends === true || mutant.reads !== undefined;
    expect(changesSomething).toBe(true);
    expect(Object.keys(TABLES)).toContain(mutant.breaks.table);
    // Mutants of a policy edit its own models, or those that both share.
    const other = mutant.base === 'strict' ? 'classic/' : 'strict/';
    expect([...models].filter((model) => model.startsWith(other))).toEqual([]);
  },
);

test('docs/mutants.md lists every mutant with what it does wrong', () => {
  const page = readFileSync(new URL('../../../../docs/mutants.md', import.meta.url), 'utf8');
  for (const { id, title } of MUTANTS)
    expect(page).toMatch(new RegExp(`\\| ${id} +\\| ${escaped(title)} `));
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
