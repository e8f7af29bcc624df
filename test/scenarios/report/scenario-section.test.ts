import type { Accounting } from '../../../pipeline/index.ts';
import { describe, expect, it } from 'vitest';
import {
  renderFindings,
  renderScenario,
  scenarioAnchor,
} from '../../../scenarios/report/scenario-section.ts';
import { html } from '../../../presentation/html.ts';
import type { ScenarioResult } from '../../../scenarios/run/result.ts';
import { findAll, findOne, parsePage, tableCells, textOf } from '../../presentation/parsed-page.ts';
import { classicPublished, emptyScenario, strictPublished } from './sample-run.ts';

const pageOf = (result: ScenarioResult, open = true) =>
  parsePage(renderScenario(result, { index: 2, open }));

describe('renderScenario', () => {
  const page = pageOf(classicPublished());

  it('can be linked to, and is folded or open as it is told', () => {
    expect(findOne(page, 'details', 'scenario').attributes).toMatchObject({
      id: scenarioAnchor(2),
      open: '',
    });
    expect(findOne(pageOf(strictPublished(), false), 'details').attributes).not.toHaveProperty(
      'open',
    );
  });

  it('says title, verdict and origin while it is folded', () => {
    expect(textOf(findOne(page, 'summary'))).toBe(
      `${classicPublished().name} ✗ failed classic pipeline · sim · seed 1 · published-shape`,
    );
  });

  it('tells what went wrong before it shows what was checked', () => {
    const text = textOf(page);
    const firstSentence = text.indexOf('8,956 rows in the zones hold readings');
    expect(firstSentence).toBeGreaterThan(0);
    expect(firstSentence).toBeLessThan(text.indexOf('Checks'));
  });

  it('shows each check with what was measured, its limit, margin, chances and verdict', () => {
    const table = findAll(page, 'table').find((one) =>
      textOf(findOne(one, 'caption')).startsWith('Checks'),
    );
    const rows = tableCells(table ?? page);
    expect(rows).toHaveLength(classicPublished().oracles.length);
    expect(rows.slice(2, 5)).toEqual([
      [
        'Readings count from the date of consent on consent.date',
        '8,956 rows',
        '≤ 0 rows',
        '−8,956',
        '12,119',
        '✗ failed',
      ],
      [
        'A trainer reading is taken for the person who made it attribution.precision',
        '93.83%',
        '≥ 99%',
        '−5.17 points',
        '15,407',
        '✗ failed',
      ],
      [
        "A step is paired with the same person's phone ml.pairing",
        '2,700 rows',
        '≤ 0 rows',
        '−2,700',
        '43,681',
        '✗ failed',
      ],
    ]);
  });

  it('shows what the audit found', () => {
    const section = findOne(page, 'section', 'audit');
    expect(findAll(section, 'li').map(textOf)).toContainEqual(
      'ML rows that pair two people ml-pairs-two-people',
    );
  });

  it('shows what became of every row, where the pipeline keeps books', () => {
    expect(findAll(page, 'section', 'books')).toEqual([]);
    const books = { in: 5, out: 3, filtered: { unattributed: 2 }, quarantined: 0, duplicates: 0 };
    const accounting = { customer_trusted: { ...books, repeated: 1 } } as unknown as Accounting;
    const kept = pageOf({ ...classicPublished(), accounting });
    expect(tableCells(findOne(kept, 'section', 'books'))).toEqual([
      ['customer_trusted', '5', '3', expect.stringContaining('2 unattributed'), '0', '0', '1'],
    ]);
  });

  it('gives the command that replays the run, and nothing around it that would be copied with it', () => {
    expect(findOne(page, 'code', undefined)).toBeDefined();
    const command = findOne(findOne(page, 'pre', 'repro'), 'code').children;
    expect(command).toEqual([classicPublished().repro]);
  });

  it.each([
    ['sim', 'virtual clock'],
    ['live', 'real serial ports'],
  ] as const)('tells how a %s run was done', (mode, words) => {
    expect(textOf(findOne(pageOf(strictPublished({ mode })), 'p', 'story'))).toContain(words);
  });

  it('says in words what is not there', () => {
    const text = textOf(pageOf({ ...emptyScenario(), oracles: [] }));
    expect(text).toContain('nothing was checked');
    expect(text).toContain('No reading was made');
    expect(text).toContain('made no tables');
    expect(text).toContain('audit reported nothing');
  });
});

describe('renderFindings', () => {
  it('puts the number in front of each sentence', () => {
    const items = findAll(parsePage(html`${renderFindings(classicPublished())}`), 'li').map(
      (item) => findAll(item, 'strong').map(textOf).join(),
    );
    expect(items).toEqual(['8,956 rows', '93.83% < 99%', '2,700 rows', 'not tested']);
  });

  it('is nothing when nothing failed', () => {
    expect(renderFindings(strictPublished())).toBeUndefined();
  });
});
