import { expect, it } from 'vitest';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import { plainLayoutOf } from '../../../pipeline/core/plain-layout.ts';
import type { PlainLayout } from '../../../pipeline/core/plain-layout.ts';
import { CHUNK_BYTES_MAX, PlainScan, ROWS_MAX } from '../../../pipeline/core/plain-scan.ts';
import type { ScanPlan } from '../../../pipeline/core/plain-scan.ts';

const LINE = '{"sensorReadingTime":1655564376361,"serialNumber":"s","distanceFromObject":212}';

function planOf(scan: PlainScan, table: LandingTableName, line: string): ScanPlan {
  return scan.plan(plainLayoutOf(table, line) as PlainLayout) as ScanPlan;
}

function follow(text: string): { readonly at: number; readonly scan: PlainScan } {
  const scan = new PlainScan('step_trainer_landing');
  const plan = planOf(scan, 'step_trainer_landing', LINE);
  scan.input.set(Buffer.from(text, 'latin1'));
  return { at: scan.follow(plan, 0, text.length), scan };
}

function numbersOf(scan: PlainScan, column: number, from = scan.start): number[] {
  const bytes = Uint8Array.from(scan.values(column, from, scan.position));
  return [...new BigInt64Array(bytes.buffer)].map(Number);
}

it('takes the rows of lines that are made to the plan, and stops at the first that is not', () => {
  const good = `${LINE}\n${LINE.replace('212', '-7').replace('"s"', '"tt"')}\r\n`;
  const { at, scan } = follow(`${good}${LINE.replace('"s"', '""')}\n`);
  expect([at, scan.rows]).toEqual([good.length, 2]);
  expect(numbersOf(scan, 0)).toEqual([1655564376361, 1655564376361]);
  expect(Buffer.from(scan.values(1, scan.start, scan.position)).toString('latin1')).toBe(
    '\u0001\0\0\0s\u0002\0\0\0tt',
  );
  expect(numbersOf(scan, 2)).toEqual([212, -7]);
});

it.each([` ${LINE}`, `${LINE} `, LINE.replace(',', ', '), LINE.replace('212', '212.5')])(
  'takes nothing of %j',
  (line) => {
    const { at, scan } = follow(`${line}\n`);
    expect([at, scan.rows]).toEqual([0, 0]);
    expect(scan.position).toEqual(scan.start);
  },
);

it('tells which rows have a value, and forgets those behind a position', () => {
  const whole = '{"email":"a","phone":"1","registrationDate":1,"lastUpdateDate":2}';
  const bare = '{"email":"b","registrationDate":3,"lastUpdateDate":4}';
  const scan = new PlainScan('customer_landing');
  const plans = [whole, bare].map((line) => planOf(scan, 'customer_landing', line));
  const take = (index: number): void => {
    const line = [whole, bare][index] ?? '';
    scan.input.set(Buffer.from(`${line}\n`));
    expect(scan.follow(plans[index] as ScanPlan, 0, line.length + 1)).toBe(line.length + 1);
  };
  for (const index of [0, 1, 1, 0]) take(index);
  const { start } = scan;
  const middle = scan.position;
  expect([...(scan.given(2, start, middle) ?? [])]).toEqual([1, 0, 0, 1]);
  expect(scan.given(1, start, middle)).toBeUndefined();
  expect(scan.values(2, start, middle)).toHaveLength(10);
  take(0);
  scan.rollBack(middle);
  take(1);
  take(0);
  expect([...(scan.given(2, middle, scan.position) ?? [])]).toEqual([0, 1]);
  expect(numbersOf(scan, 5, middle)).toEqual([3, 1]);
});

it('has room for a group of rows, and tells when there is none', () => {
  const line = '{"sensorReadingTime":1,"serialNumber":"s","distanceFromObject":2}\n';
  const scan = new PlainScan('step_trainer_landing');
  const plan = planOf(scan, 'step_trainer_landing', line.trimEnd());
  const lines = Math.floor(CHUNK_BYTES_MAX / line.length);
  scan.input.set(Buffer.from(line.repeat(lines)));
  let taken = 0;
  while (scan.rows < ROWS_MAX) {
    expect(scan.isFull).toBe(false);
    taken = scan.follow(plan, 0, lines * line.length) / line.length;
  }
  expect([scan.isFull, scan.rows]).toEqual([true, ROWS_MAX]);
  expect(taken).toBe(ROWS_MAX % lines);
  expect(scan.follow(plan, 0, line.length)).toBe(0);
});

it('is full when texts are many', () => {
  const line = `{"sensorReadingTime":1,"serialNumber":"${'s'.repeat(900_000)}","distanceFromObject":2}\n`;
  const scan = new PlainScan('step_trainer_landing');
  const plan = planOf(scan, 'step_trainer_landing', LINE);
  scan.input.set(Buffer.from(line));
  let lines = 0;
  for (; !scan.isFull; lines++) expect(scan.follow(plan, 0, line.length)).toBe(line.length);
  expect(lines).toBe(5);
});

it('has room for many plans, but not for any number', () => {
  const scan = new PlainScan('step_trainer_landing');
  const layout = plainLayoutOf('step_trainer_landing', LINE) as PlainLayout;
  const long = { ...layout, literals: [' '.repeat(4_000), ...layout.literals.slice(1)] };
  let plans = 0;
  while (plans < 1_000 && scan.plan(long) !== undefined) plans++;
  expect(plans).toBeGreaterThan(64);
  expect(plans).toBeLessThan(1_000);
  scan.clearPlans();
  expect(scan.plan(long)).toBeDefined();
});
