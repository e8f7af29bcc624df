/** `stedi device monitor`, `record` and `replay` as a shell runs them, on real pseudo-terminals and at real time. */
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openSerialPort } from '../../bridge/index.ts';
import { encodeHostCommand } from '../../firmware-protocol/index.ts';
import { openVirtualPort, readRecordingFile } from '../../simulator/index.ts';
import { createRecording } from '../../simulator/live/recording-file.ts';
import { plugInBoard } from '../device-bench/ports/board-on-a-port.ts';
import type { BoardOnAPort } from '../device-bench/ports/board-on-a-port.ts';
import { RECORDED_SERIAL, streamed } from '../simulator/core/recorded-device.ts';
import { runStedi, startStedi, temporaryFolder } from './stedi.ts';
import type { RunningStedi } from './stedi.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const WAIT = { timeout: 60_000, interval: 50 };
const unplugging: (() => void)[] = [];
afterAll(() => unplugging.forEach((unplug) => unplug()));

function plugIn(): BoardOnAPort {
  return plugInBoard({}, (unplug) => unplugging.push(unplug));
}

/** The board was told to stop at last, and sends no more readings. */
function expectStopped(board: BoardOnAPort): void {
  expect(board.received().trimEnd().split('\r\n').at(-1)).toContain(' STOP*');
  const lines = board.sent().split('\r\n');
  const stopped = lines.findLastIndex((line) => /^=OK,\w*,STOP,/.test(line));
  expect(stopped).toBeGreaterThan(-1);
  expect(lines.slice(stopped + 1).filter((line) => line.startsWith('$R'))).toEqual([]);
}

/** Waits until a command has printed something, and sends it Ctrl-C, or takes its terminal away. */
async function interruptAfter(
  running: RunningStedi,
  text: string,
  signal: 'SIGINT' | 'SIGHUP' = 'SIGINT',
): Promise<void> {
  const { process: child } = running;
  let printed = '';
  child.stdout?.on('data', (chunk: string) => (printed += chunk));
  await vi.waitUntil(() => printed.includes(text), WAIT);
  if (signal === 'SIGHUP') for (const name of ['stdout', 'stderr'] as const) child[name]?.destroy();
  child.kill(signal);
}

describe.skipIf(!existsSync('/dev/ptmx')).concurrent('device record', () => {
  test('keeps a device whole, and makes a scenario of it that passes', async () => {
    const folder = await temporaryFolder();
    const [out, scenario] = [join(folder, 'board.stlrec'), join(folder, 'board.yaml')];
    const board = plugIn();
    const args = ['--duration', '5s', '--out', out, '--to-scenario', scenario, '--json'];
    const { code, stdout } = await runStedi(['device', 'record', board.path, ...args]);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { readings: number };
    expect(document).toMatchObject({ reason: 'duration', rejected: 0, file: out, scenario });
    expect(document.readings).toBeGreaterThan(5);
    const recording = await readRecordingFile(out);
    expect(recording).toMatchObject({ complete: true, header: { serial: board.serial } });
    expectStopped(board);
    const text = await readFile(out, 'utf8');
    for (const secret of [board.path, folder, String(Date.now()).slice(0, 5)]) {
      expect(text).not.toContain(secret);
    }
    const run = await runStedi(['run', scenario, '--out', join(folder, 'out')]);
    expect(run.stdout).toContain('The scenario passed.');
    expect(run.code).toBe(0);
  });

  test('says what it cannot do before it begins', async () => {
    const folder = await temporaryFolder();
    const record = (...args: string[]): ReturnType<typeof runStedi> =>
      runStedi(['device', 'record', join(folder, 'ttyNONE'), ...args]);
    const nowhere = await record('--out', join(folder, 'no', 'x.stlrec'));
    expect(nowhere).toMatchObject({ code: 2, stdout: '' });
    expect(nowhere.stderr).toContain('Cannot write the recording');
    expect(await record('--out', join(folder, 'x.stlrec'), '--duration', '5')).toMatchObject({
      code: 2,
    });
    expect(await record('--out', join(folder, 'x.stlrec'))).toMatchObject({ code: 3 });
    expect(existsSync(join(folder, 'x.stlrec'))).toBe(false);
  });
});

describe.skipIf(!existsSync('/dev/ptmx')).concurrent('device replay', () => {
  test('puts a recorded device on a port, which answers, streams, and goes with Ctrl-C', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'board.stlrec');
    const { header, lines, durationMs } = streamed(20);
    const recording = createRecording(file, header);
    for (const line of lines) recording.write(line);
    recording.finish(durationMs);
    const ports = join(folder, 'ports');
    const running = startStedi(['device', 'replay', file, '--link', `pty:${ports}`]);
    const path = join(ports, 'ttySTEDI0');
    await vi.waitUntil(() => existsSync(path), WAIT);
    const channel = await openSerialPort({ path, baudRate: 57_600 });
    unplugging.push(() => void channel.close());
    let heard = '';
    channel.onData((chunk) => (heard += Buffer.from(chunk).toString('latin1')));
    channel.write(encodeHostCommand('me', { kind: 'identify' }));
    channel.write(encodeHostCommand('go', { kind: 'start', rateHz: 50 }));
    const last = lines.at(-1)?.bytes ?? '';
    await vi.waitUntil(() => heard.includes(last), WAIT);
    expect(heard).toContain(`=ID,me,1,STEDI,REAL-2,${RECORDED_SERIAL},3.1,7F3A*`);
    expect(heard.match(/\$R/g)).toHaveLength(20);
    await channel.close();
    await running.says('The recording is over');
    running.process.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(existsSync(ports)).toBe(false);
  });

  test('names the line of a file that is no recording', async () => {
    const { code, stderr } = await runStedi(['device', 'replay', 'package.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('package.json:1: it must hold "format"');
  });
});

describe.skipIf(!existsSync('/dev/ptmx')).concurrent('device monitor', () => {
  test('stops the device when its terminal goes away', async () => {
    const board = plugIn();
    const running = startStedi(['device', 'monitor', board.path]);
    await interruptAfter(running, '< reading 5 ', 'SIGHUP');
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
    expectStopped(board);
  });

  test('prints decoded lines where there is no terminal, and stops the device on Ctrl-C', async () => {
    const board = plugIn();
    const running = startStedi(['device', 'monitor', board.path]);
    await interruptAfter(running, '< reading 5 ');
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/\* clock offset -?\d+\.\d ms, wrong by \d+\.\d ms at most, drift/);
    expect(stdout).toBe(stripVTControlCharacters(stdout));
    expectStopped(board);
  });

  test('prints one object for each event with --json', async () => {
    const board = plugIn();
    const running = startStedi(['device', 'monitor', board.path, '--json']);
    await interruptAfter(running, '"seq":5,');
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; kind?: string });
    expect(new Set(events.map(({ event }) => event))).toEqual(
      new Set(['line', 'sent', 'phase', 'clock']),
    );
    expect(events.find(({ kind }) => kind === 'id')).toMatchObject({ serialNumber: board.serial });
  });

  test('draws in place on a terminal, and gives the cursor back', async () => {
    const board = plugIn();
    const screen = openVirtualPort();
    unplugging.push(() => screen.close());
    const terminal = openSync(screen.path, 'r+');
    let shown = '';
    screen.onData((chunk) => (shown += Buffer.from(chunk).toString('utf8')));
    const env = { TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', NO_COLOR: '1' };
    const running = startStedi(['device', 'monitor', board.path], { terminal, env });
    await vi.waitUntil(() => /[\u2801-\u28ff]/.test(shown), WAIT);
    running.process.kill('SIGINT');
    const { code } = await running.ended;
    await vi.waitUntil(() => shown.includes('\u001B[?25h'), WAIT);
    closeSync(terminal);
    expect(code).toBe(0);
    expect(shown.indexOf('\u001B[?25l')).toBe(0);
    expect(shown.lastIndexOf('\u001B[?25h')).toBeGreaterThan(shown.lastIndexOf('ticks'));
    expect(shown).not.toContain('\u001B[1m');
    expect(stripVTControlCharacters(shown)).toContain(`ST-1 1.0.0 · ${board.serial}`);
    expectStopped(board);
  });

  test('sends nothing when it only listens, and tells when the device is gone', async () => {
    const board = plugIn();
    const running = startStedi(['device', 'monitor', board.path, '--passive']);
    let printed = '';
    running.process.stdout?.on('data', (chunk: string) => (printed += chunk));
    await vi.waitUntil(() => printed.includes('!HB'), WAIT);
    board.unplug();
    const { code, stderr } = await running.ended;
    expect(code).toBe(3);
    expect(stderr).toContain('was disconnected');
    expect(printed).toContain('* the device is gone');
    expect(board.received()).toBe('');
  });
});
