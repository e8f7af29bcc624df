import { expect, it } from 'vitest';
import { PlainColumns } from '../../../pipeline/core/plain-columns.ts';
import { plainLayoutOf } from '../../../pipeline/core/plain-layout.ts';
import type { PlainLayout } from '../../../pipeline/core/plain-layout.ts';
import { isMadeTo, planScan, scanLines, SLACK_BYTES } from '../../../pipeline/core/plain-scan.ts';

const LINE = '{"sensorReadingTime":1655564376361,"serialNumber":"s","distanceFromObject":212}';

function scan(text: string): { readonly at: number; readonly into: PlainColumns; fits: boolean } {
  const bytes = new Uint8Array(text.length + SLACK_BYTES);
  bytes.set(Buffer.from(text, 'latin1'));
  const memory = { bytes, view: new DataView(bytes.buffer) };
  const into = new PlainColumns('step_trainer_landing');
  const plan = planScan(plainLayoutOf('step_trainer_landing', LINE) as PlainLayout, into);
  const fits = isMadeTo(plan, memory, 0, into);
  return { at: scanLines(plan, memory, { from: 0, end: text.length, into }), into, fits };
}

it('takes the rows of lines that are made to the plan, and stops at the first that is not', () => {
  const good = `${LINE}\n${LINE.replace('212', '-7').replace('"s"', '"t"')}\r\n`;
  const { at, into, fits } = scan(`${good}${LINE.replace('"s"', '""')}\n`);
  expect([at, into.rows, fits]).toEqual([good.length, 2, true]);
  const [time, serial, distance] = into.columns;
  expect(time?.numbers.subarray(0, 2)).toEqual(Float64Array.of(1655564376361, 1655564376361));
  expect(serial?.texts.subarray(0, 2)).toEqual(Uint32Array.of(0, 1));
  expect(distance?.numbers.subarray(0, 2)).toEqual(Float64Array.of(212, -7));
});

it.each([` ${LINE}`, `${LINE} `, LINE.replace(',', ', '), LINE.replace('212', '212.5')])(
  'takes nothing of %j',
  (line) => {
    const { at, into, fits } = scan(`${line}\n`);
    expect([at, into.rows, fits]).toEqual([0, 0, false]);
  },
);
