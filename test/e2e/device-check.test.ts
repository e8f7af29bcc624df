/** `stedi device check` as a shell runs it, on real pseudo-terminals and at real time. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { CheckDocument } from '../../device-bench/index.ts';
import { openSerialPort } from '../../bridge/index.ts';
import { encodeHostCommand } from '../../firmware-protocol/index.ts';
import { check, expectQuiet, plugIn, plugInBabbler } from './check-stage.ts';
import { runStedi, startStedi, temporaryFolder } from './stedi.ts';

// A check takes real time, and each is a process of its own.
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(!existsSync('/dev/ptmx')).concurrent('device check', () => {
  test('ends soon when nobody is there, and says what to look for', async () => {
    const { code, stdout, transcript } = await check([plugInBabbler().path]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/sends nothing/);
    expect(stdout).toMatch(/could not be finished/);
    expect(transcript).toContain('ID?');
  });

  test.each([
    ['endless bytes without a line end', '\u0080~x\u0000'.repeat(400)],
    ['endless lines of something else', 'ok T:21.4 /0.0\r\n'.repeat(40)],
  ])('ends in bounded time on %s', async (_, words) => {
    const { code, stdout, transcript } = await check([plugInBabbler(words).path]);
    expect([1, 3]).toContain(code);
    expect(stdout).toMatch(/Stopped/);
    expect(transcript.length).toBeLessThan(12_000_000);
  });

  test('ends when the device is unplugged, and keeps what it knows', async () => {
    const board = plugIn();
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
      const board = plugIn();
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
    const board = plugIn();
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
    const port = plugInBabbler();
    const channel = await openSerialPort({ path: port.path, baudRate: 57_600 });
    const { code, stderr } = await check([port.path]);
    await channel.close();
    expect(code).toBe(3);
    expect(stderr).toMatch(/in use by another program/);
  });

  test('finds its device by what it says, and never guesses', async () => {
    const folder = await temporaryFolder();
    const boards = [0, 1].map((n) => plugIn({ link: join(folder, `ttySTEDI${n}`) }));
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
});
