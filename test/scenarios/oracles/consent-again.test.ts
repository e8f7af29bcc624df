import { expect, test } from 'vitest';
import { CONSENT_AGAIN } from '../../../scenarios/oracles/consent-again.ts';
import {
  CEM,
  evidenceOfABadCable,
  evidenceWith,
  FIRST_MS,
  RIGHT_ZONES,
  stepRow,
} from '../small-world.ts';

// Cem consented, took it back, and consented again between his two steps: 5 of his readings landed.
test('finds nothing where readings count from the second consent on', () => {
  expect(CONSENT_AGAIN.measure(evidenceOfABadCable())).toMatchObject({ measured: 0, chances: 5 });
});

test('counts readings from before the second consent that are kept', () => {
  const step_trainer_trusted = [...RIGHT_ZONES.step_trainer_trusted, stepRow(CEM, FIRST_MS, 205)];
  const { measured, offenders } = CONSENT_AGAIN.measure(
    evidenceOfABadCable({ step_trainer_trusted }),
  );
  expect(measured).toBe(1);
  expect(offenders[0]?.truth).toMatch(
    /^Person 2 made it at .*; it is from before that, and in a zone\.$/,
  );
});

test('counts readings from after it that are left out', () => {
  const accelerometer_trusted = RIGHT_ZONES.accelerometer_trusted.slice(0, 3);
  expect(CONSENT_AGAIN.measure(evidenceOfABadCable({ accelerometer_trusted }))).toMatchObject({
    measured: 2,
  });
});

test('has no chance where nobody consented twice', () => {
  expect(CONSENT_AGAIN.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 0 });
});
