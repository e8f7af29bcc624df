import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../../device-bench/core/conversation.ts';
import type { Asked } from '../../../device-bench/core/conversation.ts';
import { byteMsOf } from '../../../device-bench/core/line-pace.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';

const BYTE_MS = 10 / 9.6;
const SENT = frameLine('@a PING');
const ANSWER = frameLine('=OK,a,PING,');

/** Commands of which one is sent at 1000 ms and answered after `passedMs`, the first bytes of `sent` being its own. */
function asked(passedMs: number, sent = SENT): readonly Asked[] {
  const atMs = 1000 + passedMs;
  return readTranscript(
    [
      { kind: 'sent', atMs: 0, bytes: '@b PING\r\n' },
      { kind: 'sent', atMs: 1000, bytes: sent },
      { kind: 'received', fromMs: atMs, atMs, bytes: ANSWER },
    ],
    0,
  ).asked;
}

const dueMs = (SENT.length + ANSWER.length) * BYTE_MS;

describe('byteMsOf', () => {
  it('believes a pace that no answer contradicts, the fastest included', () => {
    expect(byteMsOf(asked(dueMs), BYTE_MS)).toBe(BYTE_MS);
    expect(byteMsOf(asked(dueMs - 0.01), BYTE_MS)).toBe(BYTE_MS);
    expect(byteMsOf([], BYTE_MS)).toBe(BYTE_MS);
  });

  it('does not believe it when an answer came before its bytes could', () => {
    expect(byteMsOf(asked(dueMs - 0.5), BYTE_MS)).toBe(0);
  });

  it('lets a device answer one line while the next one is still being sent', () => {
    expect(byteMsOf(asked(dueMs, `${SENT}PING\r\n`), BYTE_MS)).toBe(BYTE_MS);
  });

  it('leaves a line without a pace as it is', () => {
    expect(byteMsOf(asked(0), 0)).toBe(0);
  });
});
