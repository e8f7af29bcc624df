import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeDeviceLine, encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import { garbleLine } from '../../../simulator/core/garble.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { deviceLines } from '../../properties/stl1-arbitraries.ts';
import { scriptedRandom } from './scripted-random.ts';

const units = fc.array(fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }), {
  minLength: 1,
  maxLength: 12,
});

describe('garbleLine', () => {
  it('changes one to three bytes in front of the line end, and keeps the length', () => {
    fc.assert(
      fc.property(deviceLines, units, (deviceLine, draws) => {
        const line = encodeDeviceLine(deviceLine);
        const garbled = garbleLine(line, scriptedRandom(...draws));
        const changed = line.split('').filter((character, index) => character !== garbled[index]);
        expect(garbled).toHaveLength(line.length);
        expect(changed.length).toBeGreaterThanOrEqual(1);
        expect(changed.length).toBeLessThanOrEqual(3);
        expect(garbled.slice(-2)).toBe('\r\n');
        expect(garbled.indexOf('\n')).toBe(line.length - 1);
        expect(garbled.split('').every((character) => character <= '\u00ff')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never brings in a line feed, although a draw asks for one', () => {
    const line = '#ab\r\n';
    const flip = '#'.charCodeAt(0) ^ 0x0a;
    // One change, at position 0, by the exclusive or that would make a line feed of `#`.
    const garbled = garbleLine(line, scriptedRandom(0, 0, (flip - 1) / 255));
    expect(garbled).toBe('\u00a3ab\r\n');
  });

  it('is never taken for another line: 10,000 damaged lines', () => {
    const random = seededStreams(1)('garble');
    const outcomes = new Map<string, number>();
    for (let trial = 0; trial < 10_000; trial++) {
      const line = encodeDeviceLine({
        kind: 'reading',
        boot: drawInteger(random, 0x1000, 0xffff).toString(16).toUpperCase(),
        seq: drawInteger(random, 0, 0xffff),
        ticks: drawInteger(random, 0, 0xffff_ffff),
        distance: drawInteger(random, 201, 300),
        flags: drawInteger(random, 0, 7),
      });
      const decoded = decodeDeviceLine(garbleLine(line, random).slice(0, -1));
      const outcome = decoded.kind === 'rejected' ? decoded.reason : decoded.kind;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].toSorted()).toEqual([
      'bad-byte',
      'bad-crc',
      'no-crc',
      'quotes-frame',
      'text',
    ]);
    expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBe(10_000);
  });
});
