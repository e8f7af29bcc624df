import { describe, expect, it } from 'vitest';
import { OCCURRENCES, TruthLedger } from '../../../simulator/core/truth-ledger.ts';

const DISTANCE = { person: 3, step: 7, atMs: 1_000, serialNumber: undefined, distance: 250 };
const SAMPLE = { person: 3, step: 7, atMs: 1_000, timeStamp: 1_003, x: 1, y: 0, z: -1 };

describe('TruthLedger', () => {
  it('numbers readings of both kinds from 0, without a gap', () => {
    const ledger = new TruthLedger();
    const given = [
      ledger.addDistance(DISTANCE),
      ledger.addAcceleration(SAMPLE),
      ledger.addAcceleration(SAMPLE),
      ledger.addDistance(DISTANCE),
    ];
    expect(given.map(({ id }) => id)).toEqual([0, 1, 2, 3]);
    expect(ledger.readings).toEqual(given);
  });

  it('takes a reading for never sent until somebody knows better', () => {
    const ledger = new TruthLedger();
    expect(ledger.addDistance(DISTANCE)).toEqual({
      ...DISTANCE,
      kind: 'distance',
      id: 0,
      fate: 'never-sent',
    });
    const sample = ledger.addAcceleration(SAMPLE);
    expect(sample).toEqual({ ...SAMPLE, kind: 'acceleration', id: 1, fate: 'never-sent' });
    sample.fate = 'sent';
    expect(ledger.readings[1]?.fate).toBe('sent');
  });

  it('gives away what it has, forgets it, and goes on counting', () => {
    const ledger = new TruthLedger();
    const [first, second] = [ledger.addDistance(DISTANCE), ledger.addAcceleration(SAMPLE)];
    ledger.addDamagedLine('$R');
    expect(ledger.take()).toEqual({ readings: [first, second], damagedLines: ['$R'] });
    expect([ledger.readings, ledger.damagedLines]).toEqual([[], []]);
    expect(ledger.addDistance(DISTANCE).id).toBe(2);
    expect(ledger.count).toBe(3);
    expect(ledger.take().readings.map(({ id }) => id)).toEqual([2]);
    expect(ledger.take()).toEqual({ readings: [], damagedLines: [] });
  });

  it('tells of each reading as it is made, and of those that are gone when more becomes known', () => {
    const ledger = new TruthLedger();
    const made: number[] = [];
    const amended: unknown[] = [];
    ledger.onReading = ({ id, fate }) => made.push(id + (fate === 'never-sent' ? 0 : NaN));
    ledger.onAmended = (truth) => amended.push({ ...truth });
    const [distance, sample] = [ledger.addDistance(DISTANCE), ledger.addAcceleration(SAMPLE)];
    expect(made).toEqual([0, 1]);
    ledger.noteFate(distance, 'lost');
    expect(amended).toEqual([]);
    ledger.take();
    ledger.noteFate(distance, 'sent', 2);
    ledger.noteLate(sample, 70);
    ledger.noteFate(ledger.addDistance(DISTANCE), 'sent');
    expect(amended).toMatchObject([
      { id: 0, fate: 'sent', arrivals: 2 },
      { id: 1, fate: 'never-sent', lateMs: 70 },
    ]);
  });

  it('tells how often a line arrived when that is more than once', () => {
    const ledger = new TruthLedger();
    const truth = ledger.addDistance(DISTANCE);
    ledger.noteFate(truth, 'sent', 1);
    expect(truth).not.toHaveProperty('arrivals');
    ledger.noteFate(truth, 'sent', 3);
    expect(truth.arrivals).toBe(3);
  });

  it('keeps damaged lines in the order in which they arrived, equal ones as well', () => {
    const ledger = new TruthLedger();
    for (const text of ['$R', '\x00', '$R']) ledger.addDamagedLine(text);
    expect(ledger.damagedLines).toEqual(['$R', '\x00', '$R']);
  });

  it('counts occurrences, each on its own', () => {
    const ledger = new TruthLedger();
    for (const occurrence of OCCURRENCES) expect(ledger.occurrences(occurrence)).toBe(0);
    ledger.note('line-garbled');
    ledger.note('line-garbled');
    ledger.note('device-swapped');
    const counts = OCCURRENCES.map((occurrence) => ledger.occurrences(occurrence));
    expect(counts).toEqual(
      OCCURRENCES.map((name) => ({ 'line-garbled': 2, 'device-swapped': 1 })[name as string] ?? 0),
    );
  });
});
