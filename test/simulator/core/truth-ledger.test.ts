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
