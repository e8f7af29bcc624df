import { expect, it } from 'vitest';
import { formatPipelineRun, renderPipelineReport } from '../../../cli/commands/pipeline-report.ts';
import type { ReportedRun } from '../../../cli/commands/pipeline-report.ts';
import { TABLES } from '../../../pipeline/index.ts';
import type { Accounting, AuditFinding } from '../../../pipeline/index.ts';
import { findAll, findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';

const FINDING: AuditFinding = {
  id: 'leak',
  rows: 1,
  title: 'One row leaks.',
  example: 'At noon.',
  why: 'It matters.',
  fix: 'Drop it.',
  breaks: true,
};

function runOf(audit: readonly AuditFinding[], quarantined = 0): ReportedRun {
  const names = Object.keys(TABLES);
  const books = { in: 1_001, out: 1_001, filtered: {}, quarantined: 0, duplicates: 0, repeated: 0 };
  return {
    landing: 'landing/<here>',
    out: 'zones',
    isPublished: true,
    result: {
      policy: 'strict',
      tables: Object.fromEntries(
        names.map((name) => [name, { rows: 1_001 }]),
      ) as ReportedRun['result']['tables'],
      attribution: { sessions: 10, attributed: 7, ambiguous: 2, unattributed: 1 },
      accounting: Object.fromEntries(names.map((name) => [name, books])) as Accounting,
      audit,
      quarantine: {
        lines: quarantined,
        objects: 0,
        objectBytes: 0,
        entries: Array.from({ length: quarantined }, (_, line) => ({
          file: 'a.json',
          line,
          reason: 'not JSON',
          table: 'customer_landing' as const,
        })),
      },
    },
  };
}

it('tells on a terminal the books, the sessions, the quarantine and the findings', () => {
  const text = formatPipelineRun(runOf([FINDING], 1), { color: false, width: 100 });
  expect(text).toContain('Zones by the strict policy in zones');
  for (const table of Object.keys(TABLES))
    expect(text).toMatch(new RegExp(`^${table} +1,001 `, 'm'));
  expect(text).toContain('Quarantine: 1 line.');
  expect(text).not.toContain('whole object');
  expect(text).toContain('10, of which 7 attributed, 2 ambiguous, 1 unattributed.');
  expect(text).toContain('  ! One row leaks.');
});

it.each([
  [[FINDING], 'fail', 'The strict zones have 1 thing that must not be in zones'],
  [[], 'pass', 'The strict zones are sound, and the audit found nothing'],
  [
    [{ ...FINDING, breaks: false }, FINDING].slice(0, 1),
    'pass',
    'The strict zones are sound; the audit found 1 thing in the data',
  ],
])('says in the heading of the page whether the zones are sound: %#', (audit, kind, heading) => {
  const page = parsePage(renderPipelineReport(runOf(audit)));
  expect(findOne(page, 'header').attributes['class']).toBe(kind);
  expect(textOf(findOne(page, 'h1'))).toBe(heading);
});

it('says of zones that the audit refused that they were not published, and why', () => {
  const refused = { ...runOf([FINDING]), isPublished: false };
  const text = formatPipelineRun(refused, { color: false, width: 200 });
  expect(text).toContain('by the strict policy: nothing was published in zones.');
  expect(text).toContain('  ! One row leaks.');
  expect(textOf(findOne(parsePage(renderPipelineReport(refused)), 'h1'))).toBe(
    'The strict zones have 1 thing that must not be in zones, and were not published',
  );
});

it('is a page without scripts that loads nothing, and shows no more than 20 pieces of quarantine', () => {
  const markup = renderPipelineReport(runOf([FINDING], 25));
  expect(markup).not.toMatch(/<script|src=|href="(?!data:|#)/);
  const page = parsePage(markup);
  const sections = findAll(page, 'section').map((section) => textOf(findOne(section, 'h2')));
  expect(sections).toEqual([
    'What the audit found',
    'What became of every row',
    'Sessions of trainers',
    'Quarantine',
  ]);
  const rows = findAll(findAll(page, 'section').at(-1) ?? page, 'tr');
  expect(rows.length).toBe(1 + 20);
  expect(textOf(findOne(page, 'p', 'origin'))).toBe('From landing/<here> to zones');
  expect(renderPipelineReport(runOf([FINDING], 25))).toBe(markup);
});
