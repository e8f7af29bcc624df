import { describe, expect, it } from 'vitest';
import { ANSWER_MS_MAX, COMMAND_RETRIES, FLAGS_DEFINED } from '../../firmware-protocol/limits.ts';
import * as limits from '../../firmware-protocol/limits.ts';
import {
  FLAG_DROPPED_BEFORE,
  FLAG_LATE,
  FLAG_OUT_OF_RANGE,
} from '../../firmware-protocol/device-lines.ts';

describe('the limits', () => {
  it('are these', () => {
    expect({ ...limits }).toEqual({
      ANSWER_MS_MAX: 250,
      BOOT_MS_MAX: 2_500,
      COMMAND_RETRIES: 2,
      DRIFT_PPM_MAX: 200,
      FLAGS_DEFINED: 7,
      HEARTBEAT_MS_MAX: 5_000,
      RATE_TOLERANCE: 0.05,
      READING_AGE_MS_MAX: 500,
      TICK_RATE_TOLERANCE: 0.02,
    });
  });

  it('let a host find out within a second that a device does not answer', () => {
    expect(ANSWER_MS_MAX * (1 + COMMAND_RETRIES)).toBeLessThan(1_000);
  });

  it('know every flag', () => {
    expect(FLAGS_DEFINED).toBe(FLAG_LATE | FLAG_OUT_OF_RANGE | FLAG_DROPPED_BEFORE);
  });
});
