/** `stedi device check` as a shell runs it, on real pseudo-terminals and at real time. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CheckDocument } from '../../device-bench/index.ts';
import { openSerialPort } from '../../bridge/index.ts';
import { encodeHostCommand, RULE_IDS } from '../../firmware-protocol/index.ts';
import { openVirtualPort } from '../../simulator/index.ts';
import type { VirtualBoardOptions, VirtualPort } from '../../simulator/index.ts';
import { plugInBoard } from '../device-bench/ports/board-on-a-port.ts';
import type { BoardOnAPort } from '../device-bench/ports/board-on-a-port.ts';
import { rawTrainer } from '../device-bench/faulty-devices/raw-faults.ts';
import { runStedi, startStedi, temporaryFolder } from './stedi.ts';
import type { Outcome } from './stedi.ts';

// A check takes real time, and each is a process of its own.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const unplugging: (() => void)[] = [];
afterAll(() => unplugging.forEach((unplug) => unplug()));

/** What a check left behind. */
interface Checked extends Outcome {
  readonly out: string;
  readonly transcript: string;
}

async function check(args: readonly string[]): Promise<Checked> {
  const out = join(await temporaryFolder(), 'out');
  const outcome = await runStedi(['device', 'check', ...args, '--out', out]);
  const transcript = await readFile(join(out, 'transcript.txt'), 'utf8').catch(() => '');
  return { ...outcome, out, transcript };
}

/** An open port with nobody behind it, or somebody who only says `words`, again and again. */
function plugIn(words = '', everyMs = 1): VirtualPort {
  const port = openVirtualPort();
  const babbling = words === '' ? undefined : setInterval(() => port.write(words), everyMs);
  unplugging.push(() => {
    clearInterval(babbling);
    port.close();
  });
  return port;
}

/** The fault of a board that prints its CRC with "%04x". */
const writesSmallDigits: NonNullable<VirtualBoardOptions['rework']> = ({ encode }) => ({
  encode: (line) => encode(line).replace(/\*[\dA-F]{4}\r\n$/, (crc) => crc.toLowerCase()),
});

/** The last command was STOP, and the device has said that it obeys. */
function expectQuiet(board: BoardOnAPort): void {
  const commands = board
    .received()
    .split('\r\n')
    .filter((line) => line !== '');
  expect(commands.at(-1)).toMatch(/STOP/);
  const lines = board.sent().split('\r\n');
  const stopped = lines.findLastIndex((line) => /^=OK,\w*,STOP,/.test(line));
  expect(stopped).toBeGreaterThan(-1);
  expect(lines.slice(stopped + 1).filter((line) => line.startsWith('$R'))).toEqual([]);
}

describe.skipIf(!existsSync('/dev/ptmx'))('device check', () => {
  let healthy: BoardOnAPort;
  let healthyEnds: Promise<Checked>;
  let faulty: BoardOnAPort;
  let faultyEnds: Promise<Checked>;

  // The whole kit takes about a minute: it runs beside the other tests.
  beforeAll(() => {
    const untilTheEnd = (unplug: () => void): number => unplugging.push(unplug);
    healthy = plugInBoard({}, untilTheEnd);
    healthyEnds = check([healthy.path, '--json', '--report', 'junit,html']);
    faulty = plugInBoard({ rework: writesSmallDigits }, untilTheEnd);
    faultyEnds = check([faulty.path, '--level', 'L1']);
  });

  test('ends soon when nobody is there, and says what to look for', async () => {
    const { code, stdout, transcript } = await check([plugIn().path]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/sends nothing/);
    expect(stdout).toMatch(/could not be finished/);
    expect(transcript).toContain('ID?');
  });

  test.each([
    ['endless bytes without a line end', '\u0080~x\u0000'.repeat(400)],
    ['endless lines of something else', 'ok T:21.4 /0.0\r\n'.repeat(40)],
  ])('ends in bounded time on %s', async (_, words) => {
    const { code, stdout, transcript } = await check([plugIn(words).path]);
    expect([1, 3]).toContain(code);
    expect(stdout).toMatch(/Stopped/);
    expect(transcript.length).toBeLessThan(12_000_000);
  });

  test('ends when the device is unplugged, and keeps what it knows', async () => {
    const board = plugInBoard();
    const running = check([board.path]);
    await vi.waitUntil(() => board.received().includes('CAPS?'), { timeout: 60_000 });
    board.unplug();
    const { code, stdout, transcript } = await running;
    expect([1, 3]).toContain(code);
    expect(stdout).toContain(board.serial);
    expect(stdout).toMatch(/gone away/);
    expect(transcript).toMatch(/!HB|=ID/);
    expect(transcript).toContain('!  the port went away');
  });

  test.each([
    ['by Ctrl-C', 'SIGINT', true],
    ['while it streams and its terminal goes away', 'SIGHUP', false],
  ] as const)(
    'quietens a device that was streaming when it began, also when it is interrupted %s',
    async (_, signal, isRead) => {
      const board = plugInBoard();
      board.write(encodeHostCommand('', { kind: 'start', rateHz: 50 }));
      const out = join(await temporaryFolder(), 'out');
      // At this level the first act with a stream comes at once.
      const stedi = startStedi(['device', 'check', board.path, '--level', 'L1', '--out', out]);
      const isStarted = (): boolean => /=OK,\w+,START,[^$]*\$R,/.test(board.sent());
      await vi.waitUntil(isStarted, { timeout: 60_000 });
      if (!isRead) for (const name of ['stdout', 'stderr'] as const) stedi.process[name]?.destroy();
      stedi.process.kill(signal);
      if (isRead) {
        await stedi.says('Stopping the device; press Ctrl-C again to leave at once.');
        // npx passes on what the terminal has sent already.
        stedi.process.kill(signal);
      }
      const { code, stdout } = await stedi.ended;
      expect(code).toBe(130);
      expect(stdout.includes(board.serial)).toBe(isRead);
      expectQuiet(board);
      expect(await readFile(join(out, 'transcript.txt'), 'utf8')).toContain('STOP');
    },
  );

  test('demands the level that it was asked for, and is content with the one that is claimed', async () => {
    const rework = rawTrainer((record) => JSON.stringify(record));
    const { path } = plugInBoard({ rework });
    const claimed = await check([path]);
    expect(claimed.stdout).toMatch(/L0 reached: the device claims no more/);
    expect(claimed.code).toBe(0);
    const demanded = await check([path, '--level', 'l1', '--report', 'junit']);
    expect(demanded.stdout).toMatch(/Level L1 was asked for and L0 reached: the device sends/);
    expect(demanded.code).toBe(1);
  });

  test('runs the same rules on firmware in the emulator', async () => {
    const { code, stdout } = await check([
      'emulator:firmware-protocol/reference/stl-reference.hex',
      '--json',
    ]);
    const document = JSON.parse(stdout) as CheckDocument;
    expect(document.rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    expect(document).toMatchObject({ verdict: 'passed', level: 'L3', device: { model: 'ST-REF' } });
    expect(code).toBe(0);
  });

  test.each([
    [['/dev/no-such-port'], 3, /no serial port at/],
    [['emulator:no-such.hex'], 2, /no-such\.hex/],
    [['emulator:'], 2, /emulator: takes a hex file/],
    [['emulator:test'], 2, /test is a folder/],
    [['--report', 'pdf'], 2, /--report takes html and junit/],
  ])('refuses %j', async (args, exit, words) => {
    const { code, stderr, stdout } = await check(args);
    expect(code).toBe(exit);
    expect(stderr).toMatch(words);
    expect(stdout).toBe('');
  });

  test('finds out that it cannot write before it sends anything', async () => {
    const board = plugInBoard();
    const { code, stderr } = await runStedi([
      'device',
      'check',
      board.path,
      '--out',
      '/dev/null/x',
    ]);
    expect(stderr).toContain('Cannot write to /dev/null/x. Choose a folder that can be written');
    expect([code, board.received()]).toEqual([3, '']);
  });

  test('lists ports that are named and cannot be opened, and says so to a script, too', async () => {
    const { code, stdout } = await runStedi(['device', 'list', '/dev/no-such-port', '/dev/null']);
    expect(stdout).toMatch(/^\/dev\/no-such-port {2}there is no such port\n\/dev\/null {2}/);
    expect(code).toBe(3);
  });

  test('refuses a port that somebody else has open', async () => {
    const port = plugIn();
    const channel = await openSerialPort({ path: port.path, baudRate: 57_600 });
    const { code, stderr } = await check([port.path]);
    await channel.close();
    expect(code).toBe(3);
    expect(stderr).toMatch(/in use by another program/);
  });

  test('finds its device by what it says, and never guesses', async () => {
    const folder = await temporaryFolder();
    const boards = [0, 1].map((n) => plugInBoard({ link: join(folder, `ttySTEDI${n}`) }));
    const several = await check([folder]);
    expect(several.code).toBe(2);
    const listed = await runStedi(['device', 'list', folder, '--json']);
    expect(listed.code).toBe(0);
    const { ports } = JSON.parse(listed.stdout) as { ports: { path: string; serial: string }[] };
    expect(ports.map(({ serial }) => serial)).toEqual(boards.map(({ serial }) => serial));
    for (const { serial, path } of boards) {
      expect(several.stderr).toContain(`${path}  ${serial}`);
    }
    const missing = await check([folder, '--serial', 'ffffffff']);
    expect(missing.code).toBe(3);
    expect(missing.stderr).toMatch(/No device answers whose serial number begins with ffffffff/);
  });

  test('tells a broken rule with the bytes, the times, the twin and a hint', async () => {
    const { code, stdout, transcript } = await faultyEnds;
    expect(code).toBe(1);
    expect(stdout).toContain('FAILED STL-FRAME-004');
    expect(stdout).toMatch(/\n {2}> +0 ms received .*\*[\da-f]{4}\\r\\n\n/);
    // A heartbeat comes when it comes: the twin may have had none in this place.
    expect(stdout).toMatch(/\n {4}twin +(\(nothing\)|.*\*[\dA-F]{4}\\r\\n)\n/);
    expect(stdout).toMatch(/Hint: Use "%04X"/);
    expect(transcript).toMatch(/ <\s+=ID,\w+,1,STEDI,ST-1,/);
    expectQuiet(faulty);
  });

  test('passes a healthy device at level 3, with all its reports, and leaves it quiet', async () => {
    const { code, stdout, out, transcript } = await healthyEnds;
    const document = JSON.parse(stdout) as CheckDocument & { artifacts: string[] };
    expect(document.rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    expect(document).toMatchObject({
      verdict: 'passed',
      level: 'L3',
      device: { serial: healthy.serial, model: 'ST-1' },
      stopped: null,
      port: healthy.path,
    });
    expect(code).toBe(0);
    expect(document.rules.map(({ id }) => id)).toEqual(RULE_IDS);
    expectQuiet(healthy);
    expect(transcript).toContain('-- farewell');
    expect(document.artifacts).toHaveLength(3);
    expect(await readFile(join(out, 'junit.xml'), 'utf8')).toContain('failures="0"');
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('keeps STL/1 at level L3');
  });
});
