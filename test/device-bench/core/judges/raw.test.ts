import { describe, expect, it } from 'vitest';
import { isRaw, RAW_JUDGES } from '../../../../device-bench/core/judges/raw.ts';
import { BOOT, broken, talk } from './talk.ts';

/** A record of `bytes` bytes, its line end included. */
function record(bytes: number): string {
  const start = '{"sensorReadingTime":1655564444103,"distanceFromObject":181,"serialNumber":"';
  return `5 <! ${start}${'x'.repeat(bytes - start.length - 4)}"}`;
}

/** The rules of bare records that a line breaks. */
function brokenRaw(line: string): readonly string[] {
  return broken(line).filter((id) => id.startsWith('STL-RAW'));
}

describe('the judges of bare records', () => {
  it('allow lines of 512 bytes', () => {
    expect(brokenRaw(record(512))).toEqual([]);
  });

  it('hold a line that is too long against RAW-002 only, record or not', () => {
    expect(brokenRaw(record(513))).toEqual(['STL-RAW-002']);
    expect(brokenRaw(`5 <! {${'x'.repeat(600)}`)).toEqual(['STL-RAW-002']);
  });

  it('quote 60 bytes of what is no record', () => {
    const [violation] = RAW_JUDGES['STL-RAW-001'](talk(`5 <! {${'x'.repeat(70)}`)).violations;
    expect(violation).toEqual({ entry: 0, message: `"{${'x'.repeat(59)}…" is no record.` });
  });

  it('say nothing about a device that sends frames, or nothing of the kind', () => {
    const judge = RAW_JUDGES['STL-RAW-001'];
    const framed = talk(BOOT, '5 <! {"x":1}');
    expect(judge(framed)).toMatchObject({ chances: 0, reason: 'the device sends framed lines' });
    expect(judge(talk('5 <! ready'))).toMatchObject({
      chances: 0,
      reason: 'the device sends no records',
    });
  });
});

it('a device of bare records is one that begins a line with a bracket and sends no frame', () => {
  expect([' {"a":1}', '[1]', 'ready'].map((text) => isRaw(talk(`5 <! ${text}`)))).toEqual([
    true,
    true,
    false,
  ]);
});
