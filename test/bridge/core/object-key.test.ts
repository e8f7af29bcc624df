import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BRIDGE_ID_LENGTH_MAX,
  decodeKeyPart,
  encodeKeyPart,
  quarantineOf,
  segmentKey,
} from '../../../bridge/core/object-key.ts';
import type { SegmentName } from '../../../bridge/core/object-key.ts';
import { parseQuarantineKey, replayLandingKey } from '../../../bridge/core/quarantine-key.ts';

/** Any UTF-16 text, halves of surrogate pairs included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 64 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 64 })
    .map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', '!', '_', '-', 'a', 'A', '\0', '%') }),
  fc.constantFrom('', '.', '..', 'con', 'nul', 'lpt1', '__proto__', '..%2f..%2fx', 'ﬁ', 'İ'),
);

const SEGMENT: SegmentName = {
  bridgeId: 'bridge-7',
  spoolId: '0f3a',
  table: 'step_trainer_landing',
  number: 17,
  firstArrivalMs: Date.UTC(2022, 5, 18, 23, 59, 59, 999),
  part: 'whole',
};

describe('encodeKeyPart', () => {
  it.each([
    ['bridge-7', 'bridge-7'],
    ['', '!'],
    ['.', '!2e'],
    ['..', '!2e!2e'],
    ['../x', '!2e!2e!2fx'],
    ['Bridge 7', '!42ridge!207'],
    ['_hidden_', '!5fhidden_'],
    ['a!b', 'a!21b'],
    ['con', '!63on'],
    ['lpt1', '!6cpt1'],
    ['console', 'console'],
    ['ż\ud83d', '!u017c!ud83d'],
    ['\u0000\u007f', '!00!7f'],
  ])('names %j %j', (text, name) => {
    expect(encodeKeyPart(text)).toBe(name);
    expect(decodeKeyPart(name)).toBe(text);
  });

  it('can be turned back, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeKeyPart(encodeKeyPart(text))).toBe(text);
      }),
    );
  });

  it('gives two texts two names, also where case does not count', () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        const same = encodeKeyPart(left).toLowerCase() === encodeKeyPart(right).toLowerCase();
        expect(same).toBe(left === right);
      }),
    );
  });

  it('uses safe characters only, is never empty, hidden or a device, and at most six times as long', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = encodeKeyPart(text);
        expect(name).toMatch(/^[a-z0-9!-][a-z0-9!_-]*$/);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)$/);
        expect(name.length).toBeLessThanOrEqual(Math.max(1, 6 * text.length));
      }),
    );
  });
});

describe('decodeKeyPart', () => {
  it.each(['', 'A', 'a.b', '!', '!a', '!61', '!u0061', '!2E', 'con', '_x', 'a/b', '!zz', '!u12'])(
    'takes %j only if it is a name',
    (name) => {
      const text = decodeKeyPart(name);
      expect(text === undefined || encodeKeyPart(text) === name).toBe(true);
      expect(text).toBe(name === '!' ? '' : undefined);
    },
  );

  it('takes no name twice', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('!', 'u', '0', '6', '1', 'a', '_') }),
        (name) => {
          const text = decodeKeyPart(name);
          expect(text === undefined || encodeKeyPart(text) === name).toBe(true);
        },
      ),
    );
  });
});

describe('segmentKey', () => {
  it('names table, day of the first arrival, bridge, spool and number', () => {
    expect(segmentKey(SEGMENT)).toBe(
      'step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017.json.gz',
    );
  });

  it('keeps what could be saved, and what is told of damage, apart from the whole', () => {
    const quarantined = { ...SEGMENT, table: quarantineOf('step_trainer_landing') } as const;
    const keys = (['whole', 'salvaged', 'damage'] as const).flatMap((part) => [
      segmentKey({ ...SEGMENT, part }),
      segmentKey({ ...quarantined, part }),
    ]);
    expect(keys).toEqual([
      'step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017.json.gz',
      'quarantine/step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017.json.gz',
      'step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017-salvaged.json.gz',
      'quarantine/step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017-salvaged.json.gz',
      'quarantine/step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017-landing-damage.json.gz',
      'quarantine/step_trainer_landing/date=2022-06-18/bridge-7-0f3a-0000000017-quarantine-damage.json.gz',
    ]);
  });

  it('stays within S3 and file systems for every bridge id that is allowed', () => {
    const spoolId = 'f'.repeat(12);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: BRIDGE_ID_LENGTH_MAX / 2 }),
        (bridgeId) => {
          const key = segmentKey({
            ...SEGMENT,
            bridgeId: bridgeId.padEnd(BRIDGE_ID_LENGTH_MAX, '\uffff'),
            spoolId,
            table: 'quarantine/accelerometer_landing',
            part: 'damage',
          });
          expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1024);
          expect(Buffer.byteLength(key.split('/').at(-1) ?? '')).toBeLessThanOrEqual(242);
          expect(key.split('/')).toHaveLength(4);
          // What is landed again from its lines has a longer name, made of its own.
          const object = parseQuarantineKey(key);
          const again = object === undefined ? '' : replayLandingKey(object, 9_999);
          expect(again).toContain('-replay-9999.json.gz');
          expect(Buffer.byteLength(again.split('/').at(-1) ?? '')).toBeLessThanOrEqual(254);
        },
      ),
    );
  });
});
