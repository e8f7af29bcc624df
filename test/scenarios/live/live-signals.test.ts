import { expect, test } from 'vitest';
import { LiveSignals } from '../../../scenarios/live/live-signals.ts';
import type { LiveSignal } from '../../../scenarios/live/live-signals.ts';
import { TruthLedger } from '../../../simulator/index.ts';

test('what is measured of a person is told to everybody who watches, until they end it', () => {
  const signals = new LiveSignals();
  const ledger = new TruthLedger();
  ledger.onReading = (truth) => signals.tell(truth);
  const [first, second]: [LiveSignal[], LiveSignal[]] = [[], []];
  const endFirst = signals.watch(1, (signal) => first.push(signal));
  signals.watch(1, (signal) => second.push(signal));
  const measure = (person: number, atMs: number): void => {
    ledger.addDistance({ person, step: 0, atMs, serialNumber: 's', distance: 250 });
    ledger.addAcceleration({ person, step: 0, atMs, timeStamp: atMs + 9, x: 1, y: 0, z: -1 });
  };
  measure(1, 5);
  measure(2, 6);
  endFirst();
  endFirst();
  measure(1, 7);
  const at = (atMs: number): LiveSignal[] => [
    { kind: 'distance', atMs, distance: 250 },
    { kind: 'sample', atMs, x: 1, y: 0, z: -1 },
  ];
  expect(first).toEqual(at(5));
  expect(second).toEqual([...at(5), ...at(7)]);
});
