import { expect, it } from 'vitest';
import { plainLayoutOf } from '../../../pipeline/core/plain-layout.ts';
import type { PlainLayout } from '../../../pipeline/core/plain-layout.ts';
import { PLAIN_PROGRAM } from '../../../pipeline/core/plain-program.ts';
import { PlainScan } from '../../../pipeline/core/plain-scan.ts';
import type { ScanPlan } from '../../../pipeline/core/plain-scan.ts';
import { RECORD_BYTES_MAX } from '../../../pipeline/core/record-splitter.ts';
import { assemble } from '../../../pipeline/wasm/index.ts';

const TABLE = 'step_trainer_landing';
const LINE = '{"sensorReadingTime":5,"serialNumber":"s","distanceFromObject":212}';

const scan = new PlainScan(TABLE);
const plan = scan.plan(plainLayoutOf(TABLE, LINE) as PlainLayout) as ScanPlan;

/** How many bytes at the beginning are lines of the plan. */
function follow(text: string): number {
  scan.rollBack(scan.start);
  scan.input.fill(0).set(Buffer.from(text, 'latin1'));
  return scan.follow(plan, 0, text.length);
}

it('is small', () => {
  expect(assemble(PLAIN_PROGRAM).length).toBeLessThan(2_000);
});

it('finds the one byte that differs, wherever it stands in what all lines have alike', () => {
  for (let at = 0; at < LINE.length; at++) {
    expect([at, follow(`${LINE.slice(0, at)}\u0001${LINE.slice(at + 1)}\n`)]).toEqual([at, 0]);
  }
  expect(follow(`${LINE}\n`)).toBe(LINE.length + 1);
});

it('takes lines of either end, up to the longest record', () => {
  expect(follow(`${LINE}\n${LINE}\r\n`)).toBe(2 * LINE.length + 3);
  expect(follow(`${LINE}\r`)).toBe(0);
  expect(follow(`${LINE}\r\r\n`)).toBe(0);
  const longest = LINE.replace('"s"', `"${'s'.repeat(RECORD_BYTES_MAX - LINE.length)}"`);
  expect(follow(`${longest}\n`)).toBe(RECORD_BYTES_MAX);
  expect(follow(`${longest.replace('ss', 'sss')}\n`)).toBe(0);
});
