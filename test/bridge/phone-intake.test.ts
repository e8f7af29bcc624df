import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WINDOW_LIMITS } from '../../bridge/core/duplicate-windows.ts';
import { PhoneIntake } from '../../bridge/phone-intake.ts';
import { RowWriter } from '../../bridge/row-writer.ts';
import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { HeldRecords } from './held-records.ts';
import { NOON_MS, sampleOf } from './bridge-stage.ts';

const TOPIC = phoneTopic('phone-1', 'accelerometer');
const LANDING = 'accelerometer_landing';
const QUARANTINE = 'quarantine/accelerometer_landing';

/** A batch of one sample; another version has another sample under the same seq. */
function batchOf(seq: number, version = 0): string {
  const samples = [[1_000 * seq, version, 0, -1]] as const;
  return encodeSampleBatch({ user: 'Ana.Novak@mail.example', session: 's', seq, samples });
}
const single = (timeStamp: number): string => JSON.stringify(sampleOf(timeStamp));

class Intake {
  readonly store: HeldRecords = new HeldRecords();
  readonly acknowledged: string[] = [];
  readonly writer: RowWriter;
  readonly #intake: PhoneIntake;

  constructor(messagesMax = WINDOW_LIMITS.messagesMax) {
    this.writer = new RowWriter(this.store, { now: () => NOON_MS + 0.5, at: () => undefined });
    this.#intake = new PhoneIntake(this.writer, { clientsMax: 100, messagesMax });
  }

  /** A message arrives; `name` is noted when it is acknowledged. */
  take(name: string, payload: string, { dup = false, topic = TOPIC } = {}): void {
    const message = { topic, payload: Buffer.from(payload), dup };
    this.#intake.take(message, () => this.acknowledged.push(name));
  }

  get duplicates(): object {
    return this.writer.counts.duplicates;
  }
}

describe('a message of a phone', () => {
  it('is acknowledged when its records are durable', () => {
    const intake = new Intake();
    intake.take('batch', batchOf(1));
    intake.take('single', single(2_000));
    expect(intake.acknowledged).toEqual([]);
    intake.store.sync(1);
    expect(intake.acknowledged).toEqual(['batch']);
    intake.store.sync();
    expect(intake.acknowledged).toEqual(['batch', 'single']);
  });

  it.each([
    ['that cannot be read', 'x', TOPIC],
    ['on a topic of somebody else', batchOf(1), 'other'],
  ])('%s is acknowledged when its line in quarantine is durable', (_what, payload, topic) => {
    const intake = new Intake();
    intake.take('bad', payload, { topic });
    expect(intake.acknowledged).toEqual([]);
    intake.store.sync(1, QUARANTINE);
    expect(intake.acknowledged).toEqual(['bad']);
    expect(intake.writer.counts.records[QUARANTINE]).toBe(1);
  });

  it('with nothing in it to land is acknowledged at once, and counted', () => {
    const intake = new Intake();
    intake.take('status', '{"status":"online"}', { topic: phoneTopic('phone-1', 'status') });
    intake.take('empty', encodeSampleBatch({ user: 'a', session: 's', seq: 0, samples: [] }));
    expect(intake.acknowledged).toEqual(['status', 'empty']);
    expect(intake.writer.counts.ignored).toEqual({ status: 1, empty: 1 });
    expect(intake.store.waiting).toEqual([]);
  });

  it('with a sample that means nothing goes to quarantine, which says which of them it is', () => {
    const intake = new Intake();
    const samples = '[1,0,0,0],[2,0,null,0],[3,0,0,0]';
    intake.take('bad', `{"user":"a","session":"s","seq":1,"samples":[${samples}]}`);
    intake.take('worse', 'x');
    intake.store.sync();
    const [bad, worse] = intake.store.lines(QUARANTINE).map((line) => JSON.parse(line) as object);
    expect(bad).toMatchObject({
      reason: 'bad-sample',
      rule: 'accelerometer_landing.y',
      position: 2,
    });
    expect(worse).not.toHaveProperty('position');
  });

  it('that somebody has cut goes to quarantine with what is there, and says how long it was', () => {
    const intake = new Intake();
    const message = { topic: TOPIC, payload: Buffer.from(batchOf(1)), dup: false };
    new PhoneIntake(intake.writer).take({ ...message, omittedBytes: 100_000 }, () => undefined);
    intake.store.sync();
    const [line = ''] = intake.store.lines(QUARANTINE);
    expect(JSON.parse(line)).toMatchObject({
      reason: 'too-long',
      original: batchOf(1),
      originalBytes: 100_000 + batchOf(1).length,
    });
    expect(intake.writer.counts.discardedBytes).toBe(100_000);
  });
});

describe('a message that comes again', () => {
  it.each([
    ['redelivered', true],
    ['repeated', false],
  ] as const)('lands once, and is acknowledged together with the first one: %s', (kind, dup) => {
    const intake = new Intake();
    intake.take('before', batchOf(0));
    intake.take('first', batchOf(1));
    intake.take('again', batchOf(1), { dup });
    intake.store.sync(1);
    expect(intake.acknowledged).toEqual(['before']);
    intake.store.sync();
    expect(intake.acknowledged).toEqual(['before', 'first', 'again']);
    expect(intake.store.lines(LANDING)).toHaveLength(2);
    expect(intake.duplicates).toEqual({ redelivered: 0, repeated: 0, conflicting: 0, [kind]: 1 });
  });

  it('when the first one is durable already is acknowledged at once', () => {
    const intake = new Intake();
    intake.take('first', batchOf(1));
    intake.store.sync();
    intake.take('again', batchOf(1), { dup: true });
    expect(intake.acknowledged).toEqual(['first', 'again']);
    expect(intake.store.waiting).toEqual([]);
  });

  it('is never acknowledged when the store has failed before the first one was durable', () => {
    const intake = new Intake();
    intake.take('first', batchOf(1));
    intake.take('again', batchOf(1), { dup: true });
    intake.take('again', batchOf(1));
    expect(intake.acknowledged).toEqual([]);
  });

  it('with another payload under the same seq lands, and is counted', () => {
    const intake = new Intake();
    intake.take('first', batchOf(1));
    intake.take('other', batchOf(1, 1), { dup: true });
    intake.take('other again', batchOf(1, 1), { dup: true });
    intake.store.sync();
    expect(intake.store.lines(LANDING)).toHaveLength(2);
    expect(intake.acknowledged).toEqual(['first', 'other', 'other again']);
    expect(intake.duplicates).toEqual({ redelivered: 1, repeated: 0, conflicting: 1 });
  });

  it('without session and seq is believed to be the same only if its sender says so', () => {
    const intake = new Intake();
    intake.take('first', single(1_000));
    intake.take('maybe another', single(1_000));
    intake.take('again', single(1_000), { dup: true });
    intake.take('another', single(2_000), { dup: true });
    intake.store.sync();
    expect(intake.store.lines(LANDING)).toHaveLength(3);
    expect(intake.duplicates).toEqual({ redelivered: 1, repeated: 0, conflicting: 0 });
  });

  it('is in quarantine once when it cannot be read', () => {
    const intake = new Intake();
    intake.take('first', 'x');
    intake.take('again', 'x', { dup: true });
    intake.store.sync(1, LANDING);
    expect(intake.acknowledged).toEqual([]);
    intake.store.sync(1, QUARANTINE);
    expect(intake.acknowledged).toEqual(['first', 'again']);
    expect(intake.store.lines(QUARANTINE)).toHaveLength(1);
  });

  it('waits for its own first one, whatever else goes to quarantine', () => {
    const intake = new Intake();
    intake.take('other', 'x', { topic: 'other' });
    intake.take('first', 'x');
    intake.take('again', 'x', { dup: true });
    intake.store.sync(1);
    expect(intake.acknowledged).toEqual(['other']);
    intake.store.sync(1);
    expect(intake.acknowledged).toEqual(['other', 'first', 'again']);
  });

  it('from another phone is not the same', () => {
    const intake = new Intake();
    intake.take('one', batchOf(1), { dup: true });
    intake.take('two', batchOf(1), { dup: true, topic: phoneTopic('phone-2', 'accelerometer') });
    expect(intake.store.waiting).toHaveLength(2);
  });

  it('lands again when its window has moved on', () => {
    const intake = new Intake(4);
    for (let seq = 0; seq < 5; seq++) intake.take('first', batchOf(seq));
    intake.take('again', batchOf(1));
    intake.take('forgotten', batchOf(0));
    expect(intake.store.waiting).toHaveLength(6);
  });
});

describe('any sequence of messages', () => {
  const payload = fc.oneof(
    fc.tuple(fc.nat(5), fc.nat(1)).map(([seq, version]) => batchOf(seq, version)),
    fc.nat(3).map(single),
    fc.constantFrom('x', '{}'),
  );
  const topic = fc.constantFrom(
    TOPIC,
    phoneTopic('phone-2', 'accelerometer'),
    phoneTopic('phone-1', 'status'),
    'other/topic',
  );
  const step = fc.oneof(
    fc.record({ payload, topic, dup: fc.boolean() }),
    fc.record({ appends: fc.nat(4), table: fc.constantFrom(LANDING, QUARANTINE, undefined) }),
  );

  it('is acknowledged once each and not before it is durable, and adds up to the row', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (steps, max) => {
          const intake = new Intake(max);
          const sent: { readonly payload: string; readonly kept: boolean }[] = [];
          const early: string[] = [];
          for (const each of steps) {
            if ('appends' in each) intake.store.sync(each.appends, each.table);
            else {
              const kept = !each.topic.endsWith('status');
              const name = `${sent.push({ payload: each.payload, kept }) - 1}`;
              intake.take(name, each.payload, each);
            }
            early.push(...prematurely(intake, sent));
          }
          intake.store.sync();
          expect(early).toEqual([]);
          expect(intake.acknowledged.toSorted(byNumber)).toEqual(
            sent.map((_, index) => `${index}`),
          );
          const { records, duplicates } = intake.writer.counts;
          const kept = intake.store.durable.reduce((sum, { rows }) => sum + rows, 0);
          expect(kept).toBe(records[LANDING] + records[QUARANTINE]);
          const again = duplicates.redelivered + duplicates.repeated;
          // Every message that is kept has one row.
          expect(kept + again).toBe(sent.filter((each) => each.kept).length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const byNumber = (one: string, other: string): number => Number(one) - Number(other);

/** The acknowledged messages whose bytes are in no durable row. */
function prematurely(
  { acknowledged, store }: Intake,
  sent: readonly { readonly payload: string; readonly kept: boolean }[],
): string[] {
  const landed = new Set(store.lines(LANDING));
  const refused = new Set(
    store.lines(QUARANTINE).map((line) => (JSON.parse(line) as { original: string }).original),
  );
  return acknowledged.filter((name) => {
    const { payload, kept } = sent[Number(name)] ?? { payload: '', kept: true };
    return kept && !refused.has(payload) && !landed.has(lineOf(payload));
  });
}

/** The landing line of a payload with one row. */
function lineOf(payload: string): string {
  if (!payload.startsWith('{"user":"A')) return payload;
  const { user, samples, ...record } = JSON.parse(payload) as {
    readonly user: string;
    readonly samples?: readonly [readonly number[]];
  };
  if (samples === undefined) return JSON.stringify({ user, ...record });
  const [[timeStamp, x, y, z]] = samples;
  return JSON.stringify({ user, timeStamp, x, y, z });
}
