import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Body } from '../../../../cli/commands/device/body.ts';
import { runCheck } from '../../../../cli/commands/device/run-check.ts';
import { EXIT } from '../../../../cli/exit-codes.ts';
import type { CheckDocument, KitParts } from '../../../../device-bench/index.ts';
import { JUDGES } from '../../../../device-bench/index.ts';
import { encodeHostCommand } from '../../../../firmware-protocol/index.ts';
import { seededStreams, VirtualBoard, VirtualTime } from '../../../../simulator/index.ts';

const SLICE_MS = 50;
const printed = { stdout: '', stderr: '' };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-check-'));
  for (const name of ['stdout', 'stderr'] as const) {
    printed[name] = '';
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += text.toString();
      return true;
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

function fail(): never {
  throw new TypeError('a defect');
}

/** Starts a stream, and fails in it. */
const failInStream: KitParts = {
  *play() {
    yield { kind: 'act', name: 'stream' };
    yield { kind: 'send', bytes: encodeHostCommand('x', { kind: 'start', rateHz: 50 }) };
    yield { kind: 'wait', ms: 500 };
    fail();
  },
};
/** Only starts, so that there is something to judge. */
const judgeFails: KitParts = {
  *play() {
    yield { kind: 'act', name: 'identify' };
    yield { kind: 'send', bytes: encodeHostCommand('x', { kind: 'identify' }) };
    yield { kind: 'wait', ms: 500 };
    return undefined;
  },
  judges: { ...JUDGES, 'STL-FRAME-001': fail },
};

/** A board on a clock that runs until it is closed. */
function openBoard(): Body {
  const timers = new VirtualTime(0);
  let isOpen = true;
  let untilMs = 0;
  const pass = (): void => {
    if (!isOpen) return;
    timers.run((untilMs += SLICE_MS), Number.POSITIVE_INFINITY);
    setImmediate(pass);
  };
  setImmediate(pass);
  const board = new VirtualBoard({ timers, streams: seededStreams(7) });
  const device: Body['device'] = {
    path: 'bench',
    failure: undefined,
    timers,
    byteMs: board.byteMs,
    write: (bytes) => board.write(bytes),
    onData: (listener) => board.onData(listener),
    onClose: (listener) => board.onClose(listener),
    close: () => {
      isOpen = false;
      return Promise.resolve();
    },
  };
  const target = { port: 'bench', baudRate: 57_600, level: 'L3', isLevelDemanded: false } as const;
  return { device, target };
}

const NEVER = new AbortController().signal;

test.each([
  ['act', failInStream, 'The kit failed in act "stream" (TypeError: a defect).'],
  ['judge', judgeFails, 'The judge of STL-FRAME-001 failed (TypeError: a defect).'],
])(
  'a %s that fails is told as a crash, behind the byte log with its STOP',
  async (_, parts, sentence) => {
    const task = { kinds: ['junit'], folder, json: true, signal: NEVER, parts } as const;
    expect(await runCheck(openBoard(), task)).toBe(EXIT.CRASH);
    expect(printed.stderr).toMatch(/please report it with .*transcript\.txt: The/);
    expect(printed.stderr).toContain(sentence);
    expect(printed.stderr).not.toMatch(/\n\s+at /);
    const document = JSON.parse(printed.stdout) as CheckDocument;
    expect(document).toMatchObject({ crashed: sentence, level: null, stopped: null });
    expect(document.counts.failed).toBe(0);
    const transcript = await readFile(join(folder, 'transcript.txt'), 'utf8');
    expect(transcript).toMatch(/-- farewell\n[^]*> {2}@\w+ STOP\*[^]*< {2}=OK,\w+,STOP,/);
    expect(transcript).toContain(`# crashed: ${sentence}`);
    const junit = await readFile(join(folder, 'junit.xml'), 'utf8');
    expect(junit).toMatch(/failures="0" errors="1"/);
  },
);

test('a crash is no verdict on the device, in the words for people either', async () => {
  const task = { kinds: [], folder, json: false, signal: NEVER, parts: judgeFails } as const;
  expect(await runCheck(openBoard(), task)).toBe(EXIT.CRASH);
  expect(printed.stdout).not.toContain('FAILED');
  expect(printed.stdout).toMatch(/Crashed +The judge of STL-FRAME-001 failed/);
  expect(printed.stdout).toMatch(/its judge failed \(TypeError: a defect\)/);
  expect(printed.stdout).toMatch(/a defect of STEDI and not of the\s+device\.\n$/);
});

test('a check that was stopped is no crash', async () => {
  const signal = AbortSignal.abort();
  const task = { kinds: [], folder, json: false, signal, parts: judgeFails } as const;
  const whole = { ...task, parts: { play: failInStream.play as NonNullable<KitParts['play']> } };
  expect(await runCheck(openBoard(), whole)).toBe(EXIT.INTERRUPTED);
});
