import { expect, test } from 'vitest';
import { tellLiveWay } from '../../../scenarios/explain/live-stages.ts';
import { NOBODY } from '../../../simulator/index.ts';
import type { Truth, TruthAcceleration, TruthDistance } from '../../../simulator/index.ts';

const READING = { id: 7, person: 1, step: 3, atMs: 100_000, fate: 'sent' } as const;
const DISTANCE: TruthDistance = {
  ...READING,
  kind: 'distance',
  serialNumber: 'serial-1',
  distance: 211,
  boot: 'DE41',
  seq: 3,
};
const SAMPLE: TruthAcceleration = {
  ...READING,
  kind: 'acceleration',
  timeStamp: 99_000,
  x: 1,
  y: 0,
  z: -1,
};

const MEASURED = 'The box serial-1 measures the distance 211.';
const TAKEN =
  'The phone takes x 1, y 0, z -1, and stamps it 1970-01-01T00:01:39.000Z: its clock is 1000 ms slow.';
const LEFT = 'It leaves the device. The bytes of live runs are not kept; the simulator knows that';

test.each<readonly [what: string, truth: Truth, texts: readonly string[]]>([
  [
    'a trainer reading that was sent',
    DISTANCE,
    [
      MEASURED,
      'It sends reading 3 of its start DE41.',
      `${LEFT} nothing happened to them on the way.`,
    ],
  ],
  [
    'one that was damaged',
    { ...DISTANCE, fate: 'garbled' },
    [MEASURED, 'It sends reading 3 of its start DE41.', `${LEFT} a fault damaged them on the way.`],
  ],
  [
    'one that was never sent',
    { ...DISTANCE, fate: 'never-sent' },
    [MEASURED, 'It does not send it: nobody had started it, or it could not get rid of the line.'],
  ],
  [
    'one that no box measured',
    { ...DISTANCE, serialNumber: undefined, fate: 'never-sent' },
    ['No box measured it: none stood there, or it had no power.'],
  ],
  [
    'a sample that was lost',
    { ...SAMPLE, fate: 'lost' },
    [TAKEN, `${LEFT} a fault took them on the way.`],
  ],
  [
    'a sample that was never sent',
    { ...SAMPLE, fate: 'never-sent' },
    [TAKEN, 'It publishes no message with it: the app was not open, or had no network.'],
  ],
  [
    'a reading of a recorded device',
    { ...DISTANCE, person: NOBODY },
    [`${LEFT} nothing happened to them on the way.`],
  ],
])('of %s is told what the ledger knows', (_what, truth, texts) => {
  expect(tellLiveWay(truth).map(({ text }) => text)).toEqual(texts);
});
