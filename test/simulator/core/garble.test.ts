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
  it('changes one to three bytes, and keeps the length', () => {
    fc.assert(
      fc.property(deviceLines, units, (deviceLine, draws) => {
        const line = encodeDeviceLine(deviceLine);
        const garbled = garbleLine(line, scriptedRandom(...draws));
        const changed = line.split('').filter((character, index) => character !== garbled[index]);
        expect(garbled).toHaveLength(line.length);
        expect(changed.length).toBeGreaterThanOrEqual(1);
        expect(changed.length).toBeLessThanOrEqual(3);
        expect(garbled.split('').every((character) => character <= '\u00ff')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reaches every byte of a line, its line end included', () => {
    const line = '#ab\r\n';
    const random = seededStreams(1)('garble');
    const reached = new Set<number>();
    for (let trial = 0; trial < 200; trial++) {
      const garbled = garbleLine(line, random);
      line.split('').forEach((character, index) => {
        if (character !== garbled[index]) reached.add(index);
      });
    }
    expect([...reached].toSorted((left, right) => left - right)).toEqual([0, 1, 2, 3, 4]);
  });

  it('may bring in a line feed, which makes two lines of one', () => {
    const flip = '#'.charCodeAt(0) ^ 0x0a;
    // One change, at position 0, by the exclusive or that makes a line feed of `#`.
    expect(garbleLine('#ab\r\n', scriptedRandom(0, 0, (flip - 0.5) / 255))).toBe('\nab\r\n');
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
      // A line end that is damaged ends nothing: the line is what comes up to the next one.
      for (const piece of `${garbleLine(line, random)}\n`.split('\n').slice(0, -1)) {
        // A damaged line end may leave the line itself as it was.
        if (piece.replace(/\r$/, '') === line.slice(0, -2)) continue;
        const decoded = decodeDeviceLine(piece);
        const outcome = decoded.kind === 'rejected' ? decoded.reason : decoded.kind;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }
    const refusals = ['bad-byte', 'bad-crc', 'empty', 'no-crc', 'quotes-frame', 'text'];
    expect(refusals).toEqual(expect.arrayContaining([...outcomes.keys()]));
    expect([...outcomes.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(9_500);
  });
});
