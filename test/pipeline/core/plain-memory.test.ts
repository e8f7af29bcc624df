import { expect, it } from 'vitest';
import { TABLES } from '../../../pipeline/core/catalog.ts';
import { FRACTION_DIGITS_MAX, LAYOUT_LINE_BYTES_MAX } from '../../../pipeline/core/plain-layout.ts';
import {
  AT,
  BLOCK_BYTES,
  codeOf,
  COLUMN_BYTES,
  SLACK_BYTES,
} from '../../../pipeline/core/plain-memory.ts';

it('has parts that do not overlap', () => {
  const columns = Math.max(...Object.values(TABLES).map((table) => table.columns.length));
  expect(AT.powers + 8 * (FRACTION_DIGITS_MAX + 1)).toBeLessThanOrEqual(AT.columns);
  expect(AT.columns + COLUMN_BYTES * columns).toBeLessThanOrEqual(AT.plans);
  expect(SLACK_BYTES).toBeGreaterThan(LAYOUT_LINE_BYTES_MAX + BLOCK_BYTES);
});

it('has characters by their code', () => {
  expect(codeOf('\n')).toBe('(i32.const 10)');
});
