import { expect, test } from 'vitest';
import {
  drawLandingIdentity,
  drawTrainerSerial,
} from '../../../../simulator/landing-zone/core/landing-person.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

test('an identity is invented, plausible and plain', () => {
  const identity = drawLandingIdentity(seededStreams(1)('person:12/identity'), 12);
  expect(identity.email).toMatch(/^[A-Z][a-z]+\.[A-Z][a-z]+\.12@mail\.example$/);
  expect(identity.phone).toMatch(/^80155501\d\d$/);
  expect(identity.birthDay).toMatch(/^(19[3-9]|200)\d-[01]\d-[0-2]\d$/);
  expect(identity.customerName).toBe(identity.email.split('.').slice(0, 2).join(' '));
});

test('a trainer has the same serial number whoever asks, and another one than its neighbour', () => {
  const streams = seededStreams(1);
  expect(drawTrainerSerial(streams, 3)).toBe(drawTrainerSerial(seededStreams(1), 3));
  expect(drawTrainerSerial(streams, 3)).not.toBe(drawTrainerSerial(streams, 4));
  expect(drawTrainerSerial(streams, 3)).not.toBe(drawTrainerSerial(seededStreams(2), 3));
});
