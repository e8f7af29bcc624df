import { expect, it } from 'vitest';
import { formatAudit, renderAudit } from '../../presentation/audit.ts';
import type { Finding } from '../../presentation/audit.ts';
import { toPen } from '../../presentation/pen.ts';
import { findAll, parsePage, textOf } from './parsed-page.ts';

const FINDINGS: readonly Finding[] = [
  {
    id: 'leak',
    rows: 2,
    title: '2 rows <leak>.',
    example: 'One of noon.',
    why: 'They matter.',
    fix: 'Drop them.',
    breaks: true,
  },
  { id: 'odd', rows: 1, title: '1 row is odd.' },
];

it('says on a terminal what was found, why it matters and what to do', () => {
  expect(formatAudit(FINDINGS, toPen({ color: false, width: 60 }))).toEqual([
    'The audit found 2 things:',
    '',
    '  ! 2 rows <leak>.',
    '    Example: One of noon.',
    '    Why: They matter.',
    '    To do: Drop them.',
    '',
    '  - 1 row is odd.',
  ]);
  expect(formatAudit([], toPen({ color: false, width: 60 }))).toEqual(['The audit found nothing.']);
});

it('wraps what is too long, and paints what breaks zones', () => {
  const [breaking] = FINDINGS;
  const long = [{ ...(breaking as Finding), title: 'word '.repeat(30) }];
  const plain = formatAudit(long, toPen({ color: false, width: 40 }));
  expect(Math.max(...plain.map(({ length }) => length))).toBeLessThanOrEqual(40);
  expect(formatAudit(long, toPen({ color: true, width: 40 }))[2]).toContain('\u001B[1;31m');
});

it('gives a page a list, with what breaks zones marked', () => {
  const items = findAll(parsePage(renderAudit(FINDINGS)), 'li');
  expect(items.map(({ attributes }) => attributes['class'])).toEqual(['breaks', undefined]);
  expect(items.map(textOf)).toEqual([
    '2 rows <leak>. leak Example One of noon.Why They matter.To do Drop them.',
    '1 row is odd. odd',
  ]);
  expect(textOf(parsePage(renderAudit([])))).toBe('The audit reported nothing.');
});
