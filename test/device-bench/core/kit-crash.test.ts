/** Defects of the kit itself: they leave no device streaming, lose nothing, and are told as what they are. */
import { describe, expect, it } from 'vitest';
import type { Act } from '../../../device-bench/core/acts/act.ts';
import { wait } from '../../../device-bench/core/acts/act.ts';
import type { KitParts, KitReport } from '../../../device-bench/index.ts';
import { JUDGES } from '../../../device-bench/index.ts';
import { encodeHostCommand } from '../../../firmware-protocol/index.ts';
import { board, runKit } from './scripted-link.ts';

const STREAM_MS = 1_000;

function fail(): never {
  throw new TypeError('a defect');
}

/** Starts the stream of a device, and fails in one of several places. */
function* streamAnd(failIn: 'act' | 'until' | 'later until'): Act<undefined> {
  yield { kind: 'act', name: 'stream' };
  yield { kind: 'send', bytes: encodeHostCommand('x', { kind: 'start', rateHz: 50 }) };
  const { lines } = yield* wait(STREAM_MS);
  if (failIn === 'act') fail();
  if (failIn === 'until') yield* wait(STREAM_MS, lines.length > 0 ? fail : undefined);
  yield* wait(STREAM_MS, ({ meant }) => meant?.kind === 'reading' && fail());
}

/** The device streamed, its last word on that is the response to the last STOP, and all of it is in the transcript. */
function expectQuiet({ transcript, keptStreaming }: KitReport): void {
  const words = transcript.flatMap((entry) => ('bytes' in entry ? [entry.bytes] : []));
  const stopped = words.findLastIndex((bytes) => /^=OK,\w+,STOP,/.test(bytes));
  const before = words.slice(0, stopped);
  expect(before.some((bytes) => bytes.startsWith('$R'))).toBe(true);
  expect(words.slice(stopped + 1).filter((bytes) => bytes.startsWith('$R'))).toEqual([]);
  expect(before.some((bytes) => /^@\w+ STOP\*/.test(bytes))).toBe(true);
  expect(keptStreaming).toBeUndefined();
}

describe('an act that fails', () => {
  it.each([['act'], ['until'], ['later until']] as const)(
    'in its %s ends the run with a STOP, and is told as a crash',
    (failIn) => {
      const { report, endMs } = runKit(board(), { parts: { play: () => streamAnd(failIn) } });
      expectQuiet(report);
      expect(report.crashed).toBe('The kit failed in act "stream" (TypeError: a defect).');
      expect([report.verdict, report.level, report.stopped]).toEqual([
        'failed',
        undefined,
        undefined,
      ]);
      expect(report.rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
      expect(endMs).toBeLessThan(STREAM_MS * 4);
    },
  );

  it('does not hide that the device goes on streaming', () => {
    const deaf = board({
      rework: ({ step }) => ({
        step: (state, event) =>
          event.kind === 'received' && event.bytes.includes('STOP')
            ? { state, effects: [] }
            : step(state, event),
      }),
    });
    const { report } = runKit(deaf, { parts: { play: () => streamAnd('act') } });
    expect(report.crashed).toMatch(/a defect/);
    expect(report.keptStreaming).toMatch(/after the last STOP/);
  });
});

it('a listener that fails, even in the farewell, does not keep the kit from its STOP', () => {
  const { report } = runKit(board(), { onProgress: fail });
  expect(report.crashed).toBe('The kit failed in act "greet" (TypeError: a defect).');
  const sent = report.transcript.filter(({ kind }) => kind === 'sent');
  expect(sent).toMatchObject([{ bytes: expect.stringMatching(/STOP/) as string }]);
});

describe('a judge that fails', () => {
  const judges: KitParts['judges'] = { ...JUDGES, 'STL-CMD-001': fail, 'STL-SEQ-001': fail };
  const { report } = runKit(board(), { level: 'L2', parts: { judges } });
  const whole = runKit(board(), { level: 'L2' }).report;

  it('leaves its rule untested, says why, and changes no other', () => {
    const reason = 'its judge failed (TypeError: a defect), which is a defect of STEDI';
    const expected = whole.rules.map((result) =>
      result.id === 'STL-CMD-001' || result.id === 'STL-SEQ-001'
        ? { ...result, verdict: 'not-tested', chances: 0, reason }
        : result,
    );
    expect(report.rules).toEqual(expected);
  });

  it('ends the run as crashed, with no level and all that passed', () => {
    expect(report.crashed).toBe('The judge of STL-CMD-001 failed (TypeError: a defect).');
    expect([report.verdict, report.level, whole.level]).toEqual(['failed', undefined, 'L2']);
    expect(report.transcript).toEqual(whole.transcript);
    expect(report.device).toEqual(whole.device);
  });
});
