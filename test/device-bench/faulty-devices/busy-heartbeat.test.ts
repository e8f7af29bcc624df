import { expect, it } from 'vitest';
import { runOnBoard } from '../../../device-bench/twin/run-on-board.ts';
import { seededStreams } from '../../../simulator/index.ts';
import { brokenRules } from './check-device.ts';
import type { Rework } from './rework.ts';

/** Says a heartbeat behind every tenth reading, as a device may whose heartbeat is a timer of its own. */
const beatsWhileStreaming: Rework = ({ encode }) => ({
  encode: (line) => {
    if (line.kind !== 'reading' || line.seq % 10 !== 0) return encode(line);
    const { boot, ticks } = line;
    return encode(line) + encode({ kind: 'heartbeat', boot, ticks });
  },
});

it('heartbeats between readings break no rule', () => {
  const board = { streams: seededStreams(3), rework: beatsWhileStreaming };
  const report = runOnBoard(board, { level: 'L3' });
  const sent = report.transcript.map((entry) => (entry.kind === 'received' ? entry.bytes[1] : ''));
  expect(sent.join('')).toMatch(/RHR/);
  expect([brokenRules(report), report.level]).toEqual([[], 'L3']);
});
