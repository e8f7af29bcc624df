import { describe, expect, it } from 'vitest';
import {
  ANSWER_WAIT_MS,
  HOST_ALLOWANCE_MS,
  KIT_MS_MAX,
  LONE_CR_MS,
  PENDING_BYTES_MAX,
  TRANSCRIPT_BYTES_MAX,
} from '../../../device-bench/core/kit-limits.ts';
import { ANSWER_MS_MAX, MAX_RAW_LINE_BYTES } from '../../../firmware-protocol/index.ts';

describe('the bounds of the kit', () => {
  it('wait for an answer for longer than a host can be late with the latest right one', () => {
    expect(ANSWER_WAIT_MS).toBeGreaterThan(ANSWER_MS_MAX + 2 * HOST_ALLOWANCE_MS);
  });

  it('do not part CR and LF on a loaded host, nor hold a lone CR until an answer would be late', () => {
    expect(LONE_CR_MS).toBeGreaterThan(HOST_ALLOWANCE_MS);
    expect(LONE_CR_MS).toBeLessThan(ANSWER_MS_MAX);
  });

  it('let the longest line of any level be one piece, and a busy device stream for a whole run', () => {
    expect(PENDING_BYTES_MAX).toBeGreaterThan(MAX_RAW_LINE_BYTES);
    const healthyRunS = 90;
    const bytesPerS = 5_760;
    expect(KIT_MS_MAX).toBeGreaterThan(healthyRunS * 1_000);
    expect(TRANSCRIPT_BYTES_MAX).toBeGreaterThan(healthyRunS * bytesPerS);
  });
});
