import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { judgeFault, PEAK_RSS_BYTES_MAX } from './oracle.ts';
import type { FaultOutcome, Landed, SentRow } from './oracle.ts';

const A = '{"user":"a","timeStamp":1,"x":0,"y":0,"z":0}';
const B = '{"user":"b","timeStamp":2,"x":0,"y":0,"z":0}';
const FRESH = '{"user":"f","timeStamp":9,"x":0,"y":0,"z":0}';
const POISON = 'not JSON';
const ENTRY = {
  reason: 'not-json',
  source: 'stedi/v1/phones/p/accelerometer',
  arrivedAt: 5,
  encoding: 'utf8',
  original: POISON,
};

const row = (line: string, rest: Partial<SentRow> = {}): SentRow => ({
  line,
  acknowledged: true,
  poison: false,
  ...rest,
});

function rows(number: number, ...lines: string[]): Landed {
  const name = `b-s-${String(number).padStart(10, '0')}`;
  return {
    key: `accelerometer_landing/date=2026-01-01/${name}.json.gz`,
    body: gzipSync(lines.map((line) => `${line}\n`).join('')),
  };
}

function quarantine(...entries: object[]): Landed {
  const [object] = [rows(1, ...entries.map((entry) => JSON.stringify(entry)))];
  return { key: `quarantine/${object.key}`, body: object.body };
}

const DAMAGE = { ...ENTRY, reason: 'spool-damaged', source: 'spool', encoding: 'base64' };
const damage = (): Landed => quarantine({ ...DAMAGE, original: 'AAAA' });

const SOUND: FaultOutcome = {
  sent: [row(A), row(B), row(POISON, { poison: true })],
  objects: [rows(1, A, B), rows(2, FRESH), quarantine(ENTRY)],
  duplicatesRecognised: 0,
  fresh: FRESH,
  deliveries: { least: 4, most: 4 },
};

/** The kinds of what is wrong, each once. */
function kinds(change: Partial<FaultOutcome>): string[] {
  const { violations } = judgeFault({ ...SOUND, ...change });
  return [...new Set(violations.map((text) => text.slice(0, text.indexOf(':'))))];
}

describe('an outcome without fault', () => {
  test('has no violation, and sums to the row', () => {
    expect(judgeFault(SOUND)).toEqual({
      lost: 0,
      unexpected: 0,
      torn: 0,
      in: 4,
      trusted: 3,
      quarantined: 1,
      duplicates: 0,
      freshLanded: true,
      violations: [],
    });
  });

  test('may have copies in landing, which count as duplicates beside the recognised ones', () => {
    const verdict = judgeFault({
      ...SOUND,
      objects: [rows(1, A, B, A), rows(2, FRESH), quarantine(ENTRY, ENTRY)],
      duplicatesRecognised: 3,
      deliveries: { least: 9, most: 9 },
    });
    expect(verdict).toMatchObject({
      in: 9,
      trusted: 3,
      quarantined: 1,
      duplicates: 5,
      violations: [],
    });
  });

  test('may lack or hold what was not acknowledged', () => {
    const sent = [row(A), row(B, { acknowledged: false }), row(POISON, { poison: true })];
    const deliveries = { least: 3, most: 4 };
    expect(kinds({ sent, deliveries })).toEqual([]);
    const objects = [rows(1, A, FRESH), quarantine(ENTRY)];
    expect(kinds({ sent, deliveries, objects })).toEqual([]);
  });

  test('is the same with plain objects, and with the fresh record in the list', () => {
    const plain = SOUND.objects.map(({ key }, index) => ({
      key,
      body: Buffer.from(
        [[`${A}\n`, `${B}\n`].join(''), `${FRESH}\n`, `${JSON.stringify(ENTRY)}\n`][
          index
        ] as string,
      ),
    }));
    expect(kinds({ objects: plain, sent: [...SOUND.sent, row(FRESH)] })).toEqual([]);
  });

  test('keeps originals that are no text as base64, and text under either encoding', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x80]).toString('base64');
    const sent = [row(A), row(B), row(POISON, { poison: true }), row(bytes, { poison: true })];
    const asBase64 = { encoding: 'base64', original: Buffer.from(POISON).toString('base64') };
    const entries = quarantine(
      { ...ENTRY, ...asBase64 },
      { ...ENTRY, encoding: 'base64', original: bytes },
    );
    const deliveries = { least: 5, most: 5 };
    expect(kinds({ sent, deliveries, objects: [rows(1, A, B, FRESH), entries] })).toEqual([]);
  });
});

describe('what is seen as wrong', () => {
  test('an acknowledged row that is nowhere', () => {
    const change = { objects: [rows(1, A), rows(2, FRESH), quarantine(ENTRY)] };
    expect(kinds(change)).toEqual(['lost', 'sum']);
    expect(judgeFault({ ...SOUND, ...change }).lost).toBe(1);
  });

  test('the second of two equal rows', () => {
    const sent = [...SOUND.sent, row(A)];
    expect(kinds({ sent, deliveries: { least: 5, most: 5 } })).toEqual(['lost', 'sum']);
  });

  test('a quarantine entry that was dropped', () => {
    expect(kinds({ objects: [rows(1, A, B, FRESH)] })).toEqual(['lost', 'sum']);
  });

  test('a row that differs in one byte', () => {
    const changed = A.replace('"x":0', '"x":1');
    expect(kinds({ objects: [rows(1, changed, B, FRESH), quarantine(ENTRY)] })).toEqual([
      'lost',
      'unexpected',
      'sum',
    ]);
  });

  test('a good row in quarantine, and poison in landing', () => {
    const entries = quarantine(ENTRY, { ...ENTRY, original: A });
    expect(kinds({ objects: [rows(1, A, B, FRESH), entries] })).toEqual(['unexpected']);
    const poison = '{"x":"poison"}';
    const sent = [...SOUND.sent, row(poison, { poison: true })];
    const objects = [rows(1, A, B, FRESH, poison), quarantine(ENTRY)];
    const deliveries = { least: 5, most: 5 };
    expect(kinds({ sent, deliveries, objects })).toEqual(['lost', 'unexpected', 'sum']);
  });

  test('a row under the name of another table', () => {
    const step = '{"sensorReadingTime":1,"serialNumber":"s","distanceFromObject":2}';
    const objects = [rows(1, A, B, step, FRESH), quarantine(ENTRY)];
    const deliveries = { least: 5, most: 5 };
    expect(kinds({ sent: [...SOUND.sent, row(step)], deliveries, objects })).toEqual(['clash']);
  });

  test('an object that was cut, at every length', () => {
    const whole = rows(1, A, B);
    for (let length = 0; length < whole.body.length; length++) {
      const cut = { key: whole.key, body: whole.body.subarray(0, length) };
      expect(kinds({ objects: [cut, rows(2, FRESH), quarantine(ENTRY)] })).toContain('lost');
    }
    const cut = { key: whole.key, body: whole.body.subarray(0, whole.body.length - 1) };
    const { torn, violations } = judgeFault({ ...SOUND, objects: [cut, ...SOUND.objects] });
    expect(torn).toBe(1);
    expect(violations[0]).toMatch(/^torn: .* cannot be unpacked/);
  });

  test('a line without its end, and one that is no JSON', () => {
    const { key } = rows(3);
    for (const text of [A, A.slice(0, 9), `${A.slice(0, 9)}\n`, '\n', '[]\n']) {
      const object = { key, body: gzipSync(text) };
      expect(kinds({ objects: [...SOUND.objects, object] })).toContain('torn');
    }
  });

  test.each([
    ['no reason', { reason: undefined }],
    ['a reason that is a sentence', { reason: 'Not JSON.' }],
    ['no source', { source: '' }],
    ['no time', { arrivedAt: null }],
    ['an unknown encoding', { encoding: 'latin1' }],
    ['an original that is no base64', { encoding: 'base64', original: '%' }],
  ])('a quarantine line with %s', (_, change) => {
    const objects = [rows(1, A, B, FRESH), quarantine(ENTRY, { ...ENTRY, ...change })];
    expect(kinds({ objects })).toEqual(['torn']);
  });

  test('a gap in the numbers of segments, and one number twice', () => {
    expect(kinds({ objects: [rows(1, A, B), rows(3, FRESH), quarantine(ENTRY)] })).toEqual(['gap']);
    const next = rows(1, A);
    const again = { ...next, key: next.key.replace('01-01', '01-02') };
    const deliveries = { least: 5, most: 5 };
    expect(kinds({ deliveries, objects: [...SOUND.objects, again] })).toEqual(['clash']);
  });

  test('a fresh record that does not land', () => {
    expect(kinds({ objects: [rows(1, A, B), quarantine(ENTRY)] })).toEqual(['fresh', 'sum']);
  });

  test('more memory than is allowed', () => {
    expect(kinds({ peakRssBytes: PEAK_RSS_BYTES_MAX })).toEqual([]);
    expect(kinds({ peakRssBytes: PEAK_RSS_BYTES_MAX + 1 })).toEqual(['memory']);
  });

  test('memory that was asked for and not measured', () => {
    expect(kinds({ peakRssBytes: Number.NaN })).toEqual(['memory']);
  });
});

describe('the sum of what was delivered', () => {
  const exactly = (rowsIn: number): Partial<FaultOutcome> => ({
    deliveries: { least: rowsIn, most: rowsIn },
  });

  test('lacks a redelivery that was recognised, and not counted', () => {
    expect(kinds({ ...exactly(5), duplicatesRecognised: 1 })).toEqual([]);
    expect(kinds(exactly(5))).toEqual(['sum']);
  });

  test('has a recognised duplicate too many', () => {
    expect(kinds({ ...exactly(4), duplicatesRecognised: 1 })).toEqual(['sum']);
  });

  test('has a copy of a row, or of poison, that nobody delivered', () => {
    const twice = [rows(1, A, B, A), rows(2, FRESH), quarantine(ENTRY)];
    expect(kinds({ ...exactly(4), objects: twice })).toEqual(['sum']);
    expect(kinds({ ...exactly(5), objects: twice })).toEqual([]);
    const again = [rows(1, A, B), rows(2, FRESH), quarantine(ENTRY, ENTRY)];
    expect(kinds({ ...exactly(4), objects: again })).toEqual(['sum']);
    expect(kinds({ ...exactly(5), objects: again })).toEqual([]);
  });

  test('lacks a row that was taken, but not acknowledged to anybody', () => {
    const sent = [row(A), row(B, { acknowledged: false }), row(POISON, { poison: true })];
    const objects = [rows(1, A), rows(2, FRESH), quarantine(ENTRY)];
    expect(kinds({ ...exactly(4), sent, objects })).toEqual(['sum']);
    // A process that died with it is the only excuse.
    expect(kinds({ deliveries: { least: 3, most: 4 }, sent, objects })).toEqual([]);
  });

  test('lies between both where a process died', () => {
    expect(kinds({ deliveries: { least: 3, most: 9 } })).toEqual([]);
    expect(kinds({ deliveries: { least: 5, most: 9 } })).toEqual(['sum']);
    expect(kinds({ deliveries: { least: 1, most: 3 } })).toEqual(['sum']);
  });

  test('cannot be that of more acknowledgements than deliveries', () => {
    expect(kinds({ deliveries: { least: 5, most: 4 } })).toEqual(['sum']);
  });

  test('is not judged where nobody could count, and nothing else is forgiven', () => {
    const deliveries = { unknown: 'the other end of a cable' };
    expect(kinds({ deliveries, duplicatesRecognised: 7 })).toEqual([]);
    expect(judgeFault({ ...SOUND, deliveries }).in).toBe(undefined);
    expect(kinds({ deliveries, objects: [rows(1, A, FRESH), quarantine(ENTRY)] })).toEqual([
      'lost',
    ]);
  });
});

describe('damage of the disk', () => {
  const sent = [row(A), row(B), row(B)];
  const objects = [rows(1, A, B), rows(2, FRESH)];

  test('may cost what the test damaged, when quarantine tells of it', () => {
    expect(kinds({ sent, objects: [...objects, damage()], damagedRowsAllowed: 1 })).toEqual([]);
    expect(kinds({ sent, objects, damagedRowsAllowed: 1 })).toEqual(['lost']);
  });

  test('may be missing from the sum, and no more', () => {
    const change = { sent, objects: [...objects, damage()], damagedRowsAllowed: 1 };
    expect(kinds({ ...change, deliveries: { least: 5, most: 5 } })).toEqual(['sum']);
  });

  test('fills the place of a segment that it tells of', () => {
    const late = [rows(1, A, B), rows(3, FRESH)];
    const key =
      'quarantine/accelerometer_landing/date=2026-01-01/b-s-0000000002-landing-damage.json.gz';
    const told = [...late, { key, body: damage().body }];
    const deliveries = { least: 3, most: 4 };
    const two = { sent: [row(A), row(B)], damagedRowsAllowed: 1, deliveries };
    expect(kinds({ ...two, objects: late })).toEqual(['gap']);
    expect(kinds({ ...two, objects: told })).toEqual([]);
    const saved = { ...rows(2, A), key: rows(1).key.replace('1.json', '1-salvaged.json') };
    expect(kinds({ ...two, objects: [...told, saved] })).toEqual([]);
  });

  test('may bring a segment a second time that was stored before', () => {
    const key = rows(1).key.replace('1.json', '1-salvaged.json');
    const again = { key, body: rows(1, A).body };
    const deliveries = { least: 3, most: 3 };
    const change = { sent, objects: [rows(1, A, B, B), rows(2, FRESH), damage(), again] };
    expect(kinds({ ...change, damagedRowsAllowed: 1, deliveries })).toEqual(['sum']);
    const all = { least: 4, most: 4 };
    expect(kinds({ ...change, damagedRowsAllowed: 1, deliveries: all })).toEqual([]);
  });

  test('may be untold only where power failed as well', () => {
    const change = { sent, objects, damagedRowsAllowed: 1 };
    expect(kinds({ ...change, damageMayBeUntold: true })).toEqual([]);
    expect(kinds({ ...change, damagedRowsAllowed: 0, damageMayBeUntold: true })).toEqual([
      'lost',
      'sum',
    ]);
  });

  test('may not cost more', () => {
    const one = [rows(1, FRESH), damage()];
    expect(kinds({ sent, objects: one, damagedRowsAllowed: 2 })).toEqual(['lost', 'sum']);
  });

  test('may not be told of where nothing was damaged', () => {
    expect(kinds({ objects: [rows(1, A, B, FRESH), quarantine(ENTRY, DAMAGE)] })).toEqual(['torn']);
    const told = quarantine(ENTRY, { ...DAMAGE, original: 'AAAA' });
    expect(kinds({ objects: [rows(1, A, B, FRESH), told] })).toEqual(['unexpected']);
  });
});
