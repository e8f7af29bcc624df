import { describe, expect, it } from 'vitest';
import { parseQuarantineKey } from '../../../bridge/core/quarantine-key.ts';
import type { QuarantineObject } from '../../../bridge/core/quarantine-key.ts';
import { decodeAgain } from '../../../bridge/quarantine/decode-again.ts';
import type { Entry } from '../../../bridge/quarantine/entry.ts';
import { PHONES, sample, step, STEPS, TOPIC } from './memory-shelf.ts';

function entryOf(table: string, original: string | Uint8Array, more: Partial<Entry> = {}): Entry {
  const key = `quarantine/${table}/date=2022-06-18/b-0f3a-0000000001.json.gz`;
  return {
    object: parseQuarantineKey(key) as QuarantineObject,
    line: 1,
    id: 'id',
    reason: 'not-json',
    rule: undefined,
    source: table === PHONES ? TOPIC : '/dev/ttyUSB0',
    position: undefined,
    arrivedAt: 0,
    original: Buffer.from(original),
    originalBytes: undefined,
    originalTopic: undefined,
    ...more,
  };
}

const linesOf = (entry: Entry, corrected?: string): unknown => {
  const decoded = decodeAgain(entry, corrected === undefined ? undefined : Buffer.from(corrected));
  return decoded.kind === 'lines'
    ? [decoded.rows, Buffer.from(decoded.lines).toString()]
    : decoded.reason;
};

describe('of phones', () => {
  it('lands what is right by the rules of now', () => {
    expect(linesOf(entryOf(PHONES, sample(1000, { more: 1 })))).toEqual([1, `${sample(1000)}\n`]);
    const batch = {
      user: 'u',
      session: 's',
      seq: 1,
      samples: [
        [1, 0, 0, 1],
        [2, 0, 0, 1],
      ],
    };
    expect(linesOf(entryOf(PHONES, JSON.stringify(batch)))).toEqual([
      2,
      '{"user":"u","timeStamp":1,"x":0,"y":0,"z":1}\n{"user":"u","timeStamp":2,"x":0,"y":0,"z":1}\n',
    ]);
  });

  it('tells why what is wrong still is', () => {
    expect(linesOf(entryOf(PHONES, '{'))).toBe('not-json');
    expect(linesOf(entryOf(PHONES, Buffer.from([0xff])))).toBe('not-utf8');
    const cut = { reason: 'too-long', originalBytes: 10_000_000 };
    expect(linesOf(entryOf(PHONES, sample(1000), cut))).toBe('too-long');
  });

  it('takes what was mended, whatever was wrong', () => {
    const cut = { reason: 'too-long', originalBytes: 10_000_000 };
    expect(linesOf(entryOf(PHONES, '{', cut), sample(5))).toEqual([1, `${sample(5)}\n`]);
    const spool = { reason: 'spool-damaged', source: 'spool' };
    expect(linesOf(entryOf(PHONES, '', spool), sample(5))).toEqual([1, `${sample(5)}\n`]);
    expect(linesOf(entryOf(PHONES, '{'), '{"still":')).toBe('not-json');
  });

  it('takes a topic that is one of ours by now, and no other', () => {
    const from = (originalTopic: string): Entry =>
      entryOf(PHONES, sample(5), { reason: 'unknown-topic', source: 'mqtt', originalTopic });
    expect(linesOf(from(TOPIC))).toEqual([1, `${sample(5)}\n`]);
    expect(linesOf(from(TOPIC.replace('accelerometer', 'status')))).toBe('unknown-topic');
    expect(linesOf(from('elsewhere'))).toBe('unknown-topic');
    expect(linesOf(from('elsewhere'), sample(5))).toEqual([1, `${sample(5)}\n`]);
  });
});

describe('of serial ports', () => {
  it('lands raw records', () => {
    expect(linesOf(entryOf(STEPS, step(200)))).toEqual([1, `${step(200)}\n`]);
    expect(linesOf(entryOf(STEPS, '{}'))).toBe('missing');
  });

  it('tells that framed readings need the clock that was fitted then', () => {
    expect(linesOf(entryOf(STEPS, '$R,7F3A,0,421,181,0*0D16'))).toBe('needs-device-clock');
    expect(linesOf(entryOf(STEPS, '$R,7F3A,0,421,181,0*0D16'), step(181))).toEqual([
      1,
      `${step(181)}\n`,
    ]);
  });

  it('tells that other lines were no readings, and that half a line is not whole', () => {
    expect(linesOf(entryOf(STEPS, '!E,7,text*FFFF'))).toBe('no-reading');
    expect(linesOf(entryOf(STEPS, '\u0000garbage'))).toBe('no-reading');
    expect(linesOf(entryOf(STEPS, step(200), { originalBytes: 4000 }))).toBe('too-long');
    expect(linesOf(entryOf(STEPS, step(200), { originalBytes: 4000 }), step(200))).toHaveLength(2);
  });
});

it('does not take pieces of the spool for something that was sent', () => {
  for (const reason of ['spool-damaged', 'spool-segment-missing']) {
    expect(linesOf(entryOf(PHONES, sample(5), { reason, source: 'spool' }))).toBe(reason);
    expect(linesOf(entryOf(STEPS, step(5), { reason, source: 'spool' }))).toBe(reason);
  }
});
