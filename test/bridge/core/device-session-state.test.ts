import { expect, it } from 'vitest';
import { newDeviceSession, RATE_HZ_WANTED } from '../../../bridge/core/device-session-state.ts';
import { RATE_HZ_MAX } from '../../../firmware-protocol/index.ts';

it('a session of a port that is not open yet knows nobody and waits for nothing', () => {
  expect(newDeviceSession(0.5)).toMatchObject({
    phase: 'settling',
    byteMs: 0.5,
    identity: undefined,
    clock: undefined,
    order: undefined,
    started: false,
    held: false,
    hasHeard: false,
    dueMs: Number.POSITIVE_INFINITY,
  });
});

it('devices are asked for a rate that the protocol knows', () => {
  expect(RATE_HZ_WANTED).toBeLessThanOrEqual(RATE_HZ_MAX);
});
