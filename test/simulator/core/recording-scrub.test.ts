import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeDeviceLine,
  decodeHostCommand,
  encodeDeviceLine,
  encodeHostCommand,
} from '../../../firmware-protocol/index.ts';
import { garbleLine } from '../../../simulator/core/garble.ts';
import { TimeScrubber } from '../../../simulator/core/recording-scrub.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const NOW_MS = 1_655_564_444_103;

function scrub(
  lines: readonly (readonly [from: 'host' | 'device', ms: number, bytes: string])[],
): string[] {
  const scrubber = new TimeScrubber();
  return lines.map(([from, ms, bytes]) => scrubber.scrub({ from, ms, firstMs: ms, bytes }));
}

const sync = (tag: string, hostMs: number): string =>
  encodeHostCommand(tag, { kind: 'sync', hostMs });
const synced = (tag: string, hostMs: number): string =>
  encodeDeviceLine({ kind: 'synced', tag, hostMs, rxTicks: 151, txTicks: 152 });

describe('the times of SYNC', () => {
  it('count from the beginning of the recording, in the command and in its answer', () => {
    expect(
      scrub([
        ['host', 700.4, sync('8', NOW_MS)],
        ['device', 712, synced('8', NOW_MS)],
        ['host', 760, sync('9', NOW_MS + 60)],
        ['device', 770, synced('9', NOW_MS + 60)],
      ]),
    ).toEqual([sync('8', 700), synced('8', 700), sync('9', 760), synced('9', 760)]);
  });

  it('are those of the answer where the command was not heard', () => {
    expect(scrub([['device', 90, synced('8', NOW_MS)]])).toEqual([synced('8', 90)]);
  });

  it('become 0 when they are of another clock', () => {
    expect(
      scrub([
        ['host', 5, 'SYNC 5\r\n'],
        ['host', 700, sync('8', NOW_MS)],
        ['host', 800, sync('9', 4)],
      ]),
    ).toEqual(['SYNC 5\r\n', sync('8', 0), sync('9', 4)]);
  });

  it('keep the way in which they were written', () => {
    expect(
      scrub([
        ['host', 10, `@8 SYNC ${NOW_MS}\n`],
        ['host', 20, `SYNC ${NOW_MS + 10}`],
      ]),
    ).toEqual(['@8 SYNC 10\n', 'SYNC 20']);
  });

  it('are gone from lines that are damaged, and these stay damaged', () => {
    const random = seededStreams(1)('garble');
    for (let round = 0; round < 2_000; round++) {
      const damaged = garbleLine(synced('8', NOW_MS + 7 * round), random);
      const command = garbleLine(sync('9', NOW_MS + 7 * round), random);
      const [, , line = '', text = ''] = scrub([
        ['host', 1, sync('1', NOW_MS)],
        ['device', 2, synced('1', NOW_MS)],
        ['device', 3, damaged],
        ['host', 4, command],
      ]);
      // A damaged line of which the LF is gone, or which became two, is looked at as the recorder would.
      expect(decodeDeviceLine(line.replace(/\n$/, '')).kind).toBe('rejected');
      for (const kept of [line, text]) {
        expect(kept).not.toMatch(/\d{11,}(?<!0+)/);
        expect(kept).not.toContain('1655');
        expect(kept).not.toContain('5564');
      }
    }
  });
});

describe('a raw record', () => {
  const record = (time: number | string): string =>
    `{"sensorReadingTime":${time},"serialNumber":"a","distanceFromObject":250}\r\n`;

  it('has times that count from the beginning of the recording', () => {
    expect(
      scrub([
        ['device', 33.3, record(NOW_MS)],
        ['device', 54, record(NOW_MS + 20)],
        ['device', 60, record(3)],
      ]),
    ).toEqual([record(33), record(53), record(0)]);
  });

  it('keeps nothing of a time where it is damaged', () => {
    expect(scrub([['device', 3, record(`${NOW_MS}x`)]])[0]).not.toContain('1655');
  });
});

describe('whatever else passes the line', () => {
  it.each([
    '$R,7F3A,0,4294967295,181,0*0DD7\r\n',
    '!BOOT,7F3A,PWR*ABB7\r\n',
    '=ERR,,1*34E4\n',
    '# warm-up of 1200 ms, build 20220618\r\n',
    '\r\n',
    'x',
  ])('stays as it is: %j', (bytes) => {
    expect(scrub([['device', 5, bytes]])).toEqual([bytes]);
  });

  it('loses times that a device writes in free text and in faults', () => {
    const fault = (text: string): string => encodeDeviceLine({ kind: 'fault', code: 7, text });
    expect(
      scrub([
        ['device', 5, `# host says ${NOW_MS}\r\n`],
        ['device', 6, fault(`at ${NOW_MS}`)],
      ]),
    ).toEqual([`# host says ${'0'.repeat(13)}\r\n`, fault(`at ${'0'.repeat(13)}`)]);
  });

  it('never changes what a line is', () => {
    const line = fc.string({ unit: 'binary-ascii', maxLength: 90 });
    fc.assert(
      fc.property(line, (text) => {
        const [device = '', host = ''] = scrub([
          ['device', 1, text],
          ['host', 2, text],
        ]);
        const split = (bytes: string): string => bytes.replace(/\r?\n$/, '');
        expect(decodeDeviceLine(split(device)).kind).toBe(decodeDeviceLine(split(text)).kind);
        expect(decodeHostCommand(split(host)).kind).toBe(decodeHostCommand(split(text)).kind);
      }),
    );
  });
});
