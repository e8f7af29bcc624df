/** `stedi simulate` through the real command: ports that serial programs open, orders on stdin, and what stays behind. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DecodedDeviceLine } from '../../firmware-protocol/index.ts';
import { runStedi, startStedi, temporaryFolder } from './stedi.ts';
import type { RunningStedi } from './stedi.ts';

/** How long a step may take on a slow machine, in ms. */
const PATIENCE_MS = 60_000;

interface Ports {
  readonly folder: string;
  readonly baud: number;
  readonly seed: number;
  readonly trainers: readonly {
    readonly link: string;
    readonly path: string;
    readonly serialNumber: string;
    readonly model: string;
    readonly profile: string;
    readonly driftPpm: number;
  }[];
}

/** Starts a simulation as a script does: it reads one line of stdout, and types. */
async function simulate(cwd: string, ...args: string[]): Promise<RunningStedi & { ports: Ports }> {
  const running = startStedi(['simulate', '--json', ...args], { cwd, typed: true });
  let text = '';
  running.process.stdout?.on('data', (chunk: string) => (text += chunk));
  await vi.waitFor(() => expect(text).toContain('\n'), { timeout: PATIENCE_MS, interval: 20 });
  return { ...running, ports: JSON.parse(text.slice(0, text.indexOf('\n'))) as Ports };
}

function type(running: RunningStedi, line: string): void {
  running.process.stdin?.write(`${line}\n`);
}

/** A program that has a port open and reads lines. */
async function openPort(path: string): Promise<{
  readonly lines: DecodedDeviceLine[];
  send(line: string): void;
  /** The lines of a kind, once there are as many as wanted. */
  until(kind: DecodedDeviceLine['kind'], count?: number): Promise<DecodedDeviceLine[]>;
}> {
  const port = new SerialPort({ path, baudRate: 57_600, autoOpen: false });
  port.on('error', () => undefined);
  const opened = once(port, 'open');
  port.open();
  await opened;
  onTestFinished(async () => {
    await new Promise<void>((resolve) => port.close(() => resolve()));
  });
  const lines: DecodedDeviceLine[] = [];
  let text = '';
  port.on('data', (chunk: Buffer) => {
    const whole = (text + chunk.toString('latin1')).split('\n');
    text = whole.pop() ?? '';
    lines.push(...whole.map((line) => decodeDeviceLine(line)));
  });
  return {
    lines,
    send: (line) => port.write(`${line}\n`),
    until: (kind, count = 1) =>
      vi.waitFor(
        () => {
          const found = lines.filter((line) => line.kind === kind);
          expect(found.length).toBeGreaterThanOrEqual(count);
          return found;
        },
        { timeout: PATIENCE_MS, interval: 10 },
      ),
  };
}

describe.skipIf(!existsSync('/dev/ptmx'))('stedi simulate', () => {
  test(
    'prints its ports for a script, answers and streams on them, and leaves nothing behind at Ctrl-C',
    async () => {
      const cwd = await temporaryFolder();
      const running = await simulate(
        cwd,
        '--trainers',
        '3',
        '--link',
        'pty:./made/ports',
        '--seed',
        '7',
      );
      const { ports } = running;
      expect(ports).toMatchObject({ folder: './made/ports', baud: 57_600, seed: 7 });
      expect(ports.trainers.map(({ link }) => link)).toEqual(
        [0, 1, 2].map((port) => `made/ports/ttySTEDI${port}`),
      );
      const [first] = ports.trainers as [Ports['trainers'][number]];
      expect(first).toMatchObject({ model: 'ST-1', profile: 'continuous' });
      expect(await readlink(join(cwd, first.link))).toBe(first.path);
      const port = await openPort(join(cwd, first.link));
      port.send('@1 ID?');
      expect(await port.until('id')).toMatchObject([
        { tag: '1', serialNumber: first.serialNumber },
      ]);
      port.send('@2 START 50');
      const readings = await port.until('reading', 20);
      expect(readings.slice(0, 20)).toMatchObject(
        Array.from({ length: 20 }, (_, seq) => ({ seq })),
      );
      running.process.kill('SIGINT');
      expect(await running.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
      expect(await readdir(cwd)).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'obeys what is typed, answers on stderr, and goes on when nobody types any more',
    async () => {
      const cwd = await temporaryFolder();
      const running = await simulate(cwd, '--trainers', '2');
      const [here, there] = running.ports.trainers as [
        Ports['trainers'][number],
        Ports['trainers'][number],
      ];
      const port = await openPort(join(cwd, here.link));
      type(running, 'swap 0 1');
      await running.says(`${there.serialNumber} is at ports/ttySTEDI0 now`);
      await port.until('boot');
      port.send('@5 ID?');
      expect(await port.until('id')).toMatchObject([{ serialNumber: there.serialNumber }]);
      type(running, 'reboot 0');
      await running.says('ports/ttySTEDI0 reboots.');
      const [swapped, rebooted] = await port.until('boot', 2);
      expect(rebooted).not.toEqual(swapped);
      type(running, 'unplug 1');
      await running.says('ports/ttySTEDI1 is unplugged.');
      expect(await readdir(join(cwd, 'ports'))).toEqual(['.stedi-simulate', 'ttySTEDI0']);
      type(running, 'plgu 1');
      await running.says('Did you mean "plug"?');
      running.process.stdin?.end('plug 1\n');
      await running.says('ports/ttySTEDI1 is plugged in: /dev/pts/');
      const again = await openPort(join(cwd, there.link));
      again.send('ID?');
      expect(await again.until('id')).toMatchObject([{ serialNumber: here.serialNumber }]);
      // What the terminal would have been told is lost.
      running.process.stdout?.destroy();
      running.process.stderr?.destroy();
      running.process.kill('SIGHUP');
      expect(await running.ended).toMatchObject({ code: 0, signal: null });
      expect(await readdir(cwd)).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'shows people a table and what to try, and stops when they quit',
    async () => {
      const cwd = await temporaryFolder();
      const running = startStedi(['simulate', '--profile', 'step-test', '--baud', '9600'], {
        cwd,
        typed: true,
      });
      running.process.stdin?.end('quit\n');
      const { code, stdout, stderr } = await running.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: 'Stopping.\n' });
      expect(stdout.split('\n')).toEqual([
        expect.stringMatching(/^PORT +DEVICE +SERIAL NUMBER +MODEL +PROFILE$/),
        expect.stringMatching(
          /^ports\/ttySTEDI0 {2}\/dev\/pts\/\d+ +[0-9a-f-]{36} {2}ST-1 {3}step-test$/,
        ),
        '',
        'Try:  screen ports/ttySTEDI0 9600',
        '      npx stedi device check ports/ttySTEDI0 --baud 9600',
        'Type "help" for what can happen to them, Ctrl-C to stop.',
        '',
      ]);
      expect(await readdir(cwd)).toEqual([]);
    },
    PATIENCE_MS,
  );

  test(
    'replaces the links of a run that was killed, and refuses those of one that runs',
    async () => {
      const cwd = await temporaryFolder();
      const killed = await simulate(cwd, '--trainers', '3');
      killed.process.kill('SIGKILL');
      await killed.ended;
      expect(await readdir(join(cwd, 'ports'))).toHaveLength(4);
      const running = await simulate(cwd);
      expect(await readdir(join(cwd, 'ports'))).toEqual(['.stedi-simulate', 'ttySTEDI0']);
      expect(await runStedi(['simulate'], { cwd })).toEqual({
        code: 3,
        signal: null,
        stdout: '',
        stderr: `The ports in ./ports belong to a simulation that is running (process ${running.process.pid}). Stop it, or choose another folder with --link pty:FOLDER.\n`,
      });
      const port = await openPort(join(cwd, 'ports', 'ttySTEDI0'));
      port.send('PING');
      expect(await port.until('pong')).toHaveLength(1);
      running.process.kill('SIGINT');
      await running.ended;
      // The folder was there before.
      expect(await readdir(cwd)).toEqual(['ports']);
    },
    PATIENCE_MS,
  );

  test(
    'touches nothing of anybody else’s',
    async () => {
      const cwd = await temporaryFolder();
      await mkdir(join(cwd, 'ports'));
      await writeFile(join(cwd, 'ports', 'notes.txt'), 'mine');
      await symlink('/dev/null', join(cwd, 'ports', 'ttySTEDI1'));
      const { code, stderr } = await runStedi(['simulate', '--trainers', '2'], { cwd });
      expect(code).toBe(3);
      expect(stderr).toContain('ports/ttySTEDI1 already exists and is in use.');
      expect(await readdir(join(cwd, 'ports'))).toEqual(['notes.txt', 'ttySTEDI1']);
    },
    PATIENCE_MS,
  );

  test.each([
    [['--link', './ports'], '--link takes pty: and a folder, such as pty:./ports.'],
    [['--trainers', '0'], '--trainers takes a whole number from 1 to 100.'],
    [['--baud', 'fast'], '--baud takes a whole number'],
    [['--seed', '1.5'], '--seed takes a whole number'],
    [['--profile', 'running'], 'continuous'],
  ])('refuses %j', async (args, message) => {
    const cwd = await temporaryFolder();
    const { code, stdout, stderr } = await runStedi(['simulate', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(await readdir(cwd)).toEqual([]);
  });
});
