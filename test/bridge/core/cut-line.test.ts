import { describe, expect, it } from 'vitest';
import { isTailOfLine } from '../../../bridge/core/cut-line.ts';
import { decodeDeviceLine } from '../../../firmware-protocol/index.ts';

const FRAME = '$R,7F3A,0,421,181,0*0D16\r';
const RECORD = '{"sensorReadingTime":1655564444103,"serialNumber":"07","distanceFromObject":181}\r';

describe('the end of a line', () => {
  it.each([FRAME, RECORD])('%s is recognised wherever its beginning was cut off', (line) => {
    const tails = Array.from(line, (_, at) => line.slice(at)).slice(1);
    expect(tails.filter((tail) => !isTailOfLine(tail))).toEqual([]);
    // None of them could land.
    expect(tails.every((tail) => decodeDeviceLine(tail).kind === 'rejected')).toBe(true);
  });

  it.each([
    ['a whole frame', FRAME],
    ['a damaged frame', '$R,7F3A,0,421,182,0*0D16'],
    ['a whole record', RECORD],
    ['half a record', RECORD.slice(0, 40)],
    ['noise', '\u00ff\u0000*0D16'],
    ['text', 'hello'],
    ['free text', '# hello*0D16'],
    ['more than a frame has', `${'x'.repeat(90)}*0D16`],
    ['more than a record has', `${'x'.repeat(600)}}`],
    ['a character that is none of a CRC', '*0D1g'],
  ])('%s is none', (_what, line) => {
    expect(isTailOfLine(line)).toBe(false);
  });
});
