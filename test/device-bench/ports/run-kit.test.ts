import { expect, it } from 'vitest';
import { runKit } from '../../../device-bench/ports/run-kit.ts';
import type { KitReport } from '../../../device-bench/index.ts';
import { KIT_MS_MAX } from '../../../device-bench/index.ts';
import { seededStreams, VirtualBoard, VirtualTime } from '../../../simulator/index.ts';

const STEPS_MAX = 10_000_000;

/** Runs the kit on a healthy board and stops it at a time, or at once. */
async function runStopped(stopMs: number | undefined): Promise<KitReport> {
  const timers = new VirtualTime(0);
  const board = new VirtualBoard({ timers, streams: seededStreams(7) });
  const controller = new AbortController();
  if (stopMs === undefined) controller.abort();
  else timers.at(stopMs, () => controller.abort());
  const report = runKit(board, { level: 'L3', signal: controller.signal });
  timers.run(KIT_MS_MAX, STEPS_MAX);
  return report;
}

it.each([[undefined], [1_000]])(
  'stopped at %s ms, the kit says so, and its last word is a STOP that is answered',
  async (stopMs) => {
    const { transcript, stopped } = await runStopped(stopMs);
    expect(stopped).toBeDefined();
    const words = transcript.flatMap((entry) => ('bytes' in entry ? [entry] : []));
    expect(words.findLast(({ kind }) => kind === 'sent')?.bytes).toContain('STOP');
    const answers = words.filter(({ bytes }) => bytes.startsWith('='));
    expect(answers.at(-1)?.bytes).toMatch(/^=OK,\w*,STOP,/);
    expect(transcript.at(-1)?.atMs).toBeLessThan((stopMs ?? 0) + 5_000);
  },
);

it('runs to its end when nobody stops it', async () => {
  const { stopped } = await runStopped(KIT_MS_MAX + 1);
  expect(stopped).toBeUndefined();
});
