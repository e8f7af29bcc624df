import { expect, test } from 'vitest';
import { withMix } from '../../../scenarios/shrink/swarm-mix.ts';

test('what a seed of a swarm drew is listed as faults of the scenario', () => {
  const drop = { kind: 'drop', on: 'trainer[0]', at: '0s', for: '1m', rate: '10%' };
  const down = { kind: 'down', on: 'broker', at: '1m', for: '20s' };
  const cut = { kind: 'cut', table: 'step_trainer_landing', count: 4 };
  const written = {
    run: { duration: '5m', swarm: { faults: [down] } },
    faults: [drop, { ...drop, kind: 'merge' }],
    landing: [cut],
  };
  const mix = [
    { place: 'faults[0]', kind: 'drop', isOn: true, rate: 0.031_234, forMs: 12_345 },
    { place: 'faults[1]', kind: 'merge', isOn: false },
    { place: 'run.swarm.faults[0]', kind: 'down', isOn: true, forMs: 5_000 },
    { place: 'landing[0]', kind: 'cut', isOn: true, count: 2 },
  ];
  expect(withMix(written, mix)).toEqual({
    run: { duration: '5m' },
    faults: [
      { ...drop, rate: '3.1234%', for: '12345ms' },
      { ...down, for: '5000ms' },
    ],
    landing: [{ ...cut, count: 2 }],
  });
  expect(withMix({ ...written, landing: [] }, mix.slice(1, 2))).toEqual({
    run: { duration: '5m' },
  });
});
