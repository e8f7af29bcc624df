import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { BINS } from '../../scenarios/evidence/bins.ts';
import { ORACLES } from '../../scenarios/oracles/all-oracles.ts';
import { parseScenario } from '../../scenarios/reading/yaml-scenario.ts';
import { scenarioSchema } from '../../scenarios/schema/index.ts';
import { OCCURRENCES } from '../../simulator/index.ts';
import { codeBlocks, rowsOf } from './markdown.ts';

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
}

const page = await readFile(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');
const schema = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' });

/** Every key of the schema that has a value of its own, by its path; the keys of a fault stand behind `faults[]`. */
function leaves(node: JsonSchema, path = ''): { path: string; node: JsonSchema }[] {
  const children = Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    leaves(child, path === '' ? key : `${path}.${key}`),
  );
  const variants = (node.items?.oneOf ?? []).flatMap((variant) => leaves(variant, `${path}[]`));
  const found = [...children, ...variants];
  return found.length > 0 ? found : [{ path, node }];
}

const allKeys = leaves(schema as JsonSchema);
// Oracles have a table of their own, as their ids; faults have one row for each kind.
const keys = allKeys.filter(({ path }) => !/^(?:expect|faults)\b/.test(path));
const faultKeys = [...new Set(allKeys.map(({ path }) => path))].filter((path) =>
  path.startsWith('faults[]'),
);
const faultKinds = allKeys
  .filter(({ path }) => path === 'faults[].kind')
  .map(({ node }) => String(node.const));

function namesOf({ enum: values, const: only }: JsonSchema): string[] {
  const allowed = values ?? (only === undefined ? [] : [only]);
  return allowed.map(String);
}

/** How the page writes the default of a key; empty where there is none, or where it is a list or an object. */
function defaultOf({ default: value }: JsonSchema): string {
  if (typeof value === 'number') return value.toLocaleString('en-US');
  return typeof value === 'string' ? `\`${value}\`` : '';
}

describe('the scenario reference', () => {
  test('finds the keys of the schema, among them known ones', () => {
    const paths = keys.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['world.serials.pool', 'run.speed', 'about']));
    expect(faultKeys).toContain('faults[].rate');
    expect(faultKinds).toContain('garble');
  });

  test.each(keys)('has a row for the key $path with its values and its default', (key) => {
    const row = rowsOf(page, key.path)[0]?.join(' ') ?? '';
    expect(row).not.toBe('');
    for (const name of namesOf(key.node)) expect(row).toContain(`\`${name}\``);
    expect(row).toContain(defaultOf(key.node));
  });

  test.each(['expect', 'expect.sometimes', ...faultKeys])('mentions the key %s', (key) => {
    expect(page).toContain(`\`${key}\``);
  });

  test.each(faultKinds)('has a row for the fault %s', (kind) => {
    expect(rowsOf(page, kind)).not.toEqual([]);
  });

  test.each(ORACLES)('has a row for the oracle $id with its unit', ({ id, unit }) => {
    const [, , measures, unitCell, chances] = rowsOf(page, id)[0] ?? [];
    expect(unitCell).toBe(unit);
    expect(measures).toMatch(/\w/);
    expect(chances).toMatch(/\w/);
  });

  test.each(OCCURRENCES)('has a row for the occurrence %s', (occurrence) => {
    expect(rowsOf(page, occurrence)).not.toEqual([]);
  });

  test.each(BINS)('has a row for the bin %s', (bin) => {
    expect(rowsOf(page, bin)).not.toEqual([]);
  });

  test('lists nothing that does not exist', () => {
    const known = new Set([
      ...keys.map(({ path }) => path),
      ...ORACLES.map(({ id }) => id as string),
    ]);
    const named = [...page.matchAll(/^\| `(\w+(?:\.\w+)+)` +\|/gm)].map((match) => match[1] ?? '');
    const isFile = /\.(?:json|ndjson)$/;
    expect(named.filter((name) => !known.has(name) && !isFile.test(name))).toEqual([]);
  });

  test('has a worked example that is a valid scenario', () => {
    const [example = ''] = codeBlocks(page, 'yaml');
    expect(parseScenario(example, 'example.yaml').faults).toHaveLength(2);
  });
});
