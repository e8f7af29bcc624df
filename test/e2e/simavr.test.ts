/** The committed firmware on simavr, in real time, on a pseudo-terminal that `serialport` opens like any port. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { KIT_MS_MAX, openSerialDevice, runKit } from '../../device-bench/index.ts';

const REFERENCE = fileURLToPath(new URL('../../firmware-protocol/reference/', import.meta.url));
const BAUD_RATE = 57_600;
const COMPILER = 'cc';
const BUILD_MS_MAX = 60_000;

/** What this machine lacks, with the way to get it; `undefined` if the test can run. */
function findLack(): string | undefined {
  if (!existsSync('/dev/ptmx')) return 'there are no pseudo-terminals here';
  if (!existsSync('/usr/include/simavr/sim_avr.h')) {
    return 'simavr is not installed: on Debian, .ci/install-avr does it';
  }
  try {
    execFileSync(COMPILER, ['--version'], { stdio: 'ignore' });
  } catch {
    return `there is no C compiler called ${COMPILER}`;
  }
  return undefined;
}

const LACK = findLack();
/** On a machine that checks changes nothing may be left out. */
const isOptional = process.env['CI'] !== 'true';
if (LACK !== undefined) process.stderr.write(`The firmware is not tested on simavr: ${LACK}.\n`);
const REASON = LACK === undefined ? '' : ` (${LACK})`;

let folder: string | undefined;
let simavr: ChildProcess | undefined;

afterEach(async () => {
  if (simavr?.exitCode === null) {
    simavr.kill();
    await once(simavr, 'exit');
  }
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** Powers the board and gives the path of its port. */
async function power(): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'stedi-simavr-'));
  const host = join(folder, 'simavr-host');
  const source = join(REFERENCE, 'simavr-host.c');
  execFileSync(COMPILER, ['-O2', source, '-o', host, '-lsimavr', '-lelf']);
  // It ends with its standard input, which is ours to hold, even if this process is killed.
  const child = spawn(host, [join(REFERENCE, 'stl-reference.hex'), String(BAUD_RATE)]);
  simavr = child;
  const [path] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return path;
}

describe.skipIf(LACK !== undefined && isOptional)(`the firmware on simavr${REASON}`, () => {
  test(
    'passes the kit at level 3, on a port of the operating system',
    async () => {
      expect(LACK).toBeUndefined();
      const device = await openSerialDevice({ path: await power(), baudRate: BAUD_RATE });
      try {
        const { signal } = new AbortController();
        const report = await runKit(device, { level: 'L3', signal, onProgress: () => undefined });
        const failed = report.rules.filter(({ verdict }) => verdict === 'failed');
        const breaches = failed.map(({ id, violations }) => `${id}: ${violations[0]?.message}`);
        expect(breaches).toEqual([]);
        expect(report.stopped).toBeUndefined();
        expect(report).toMatchObject({ verdict: 'passed', level: 'L3' });
      } finally {
        await device.close();
      }
      expect(device.failure).toBeUndefined();
    },
    BUILD_MS_MAX + KIT_MS_MAX,
  );
});
