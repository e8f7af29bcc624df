/** The spool on the disk of this machine, with real processes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { openSpool } from '../../bridge/spool/open-spool.ts';
import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { judgeFault } from './oracle.ts';

const FULL_DISK = fileURLToPath(new URL('spool-full-disk.child.ts', import.meta.url));
const HOLDER = fileURLToPath(new URL('spool-holder.child.ts', import.meta.url));
const ON_SMALL_DISK = 'mount -t tmpfs -o size=512k none "$1" && shift && exec "$@"';
const TABLE = 'step_trainer_landing';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-spool-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in a mount namespace of its own, where `folder` is a small disk. */
function onSmallDisk(
  disk: string,
  command: readonly string[],
): { status: number | null; stdout: string } {
  const shell = ['sh', '-c', ON_SMALL_DISK, 'sh', disk, ...command];
  return spawnSync('unshare', ['-Urm', ...shell], { encoding: 'utf8', timeout: 25_000 });
}

const CAN_MOUNT = ((): boolean => {
  const disk = mkdtempSync(join(tmpdir(), 'stedi-mount-'));
  const { status } = onSmallDisk(disk, ['true']);
  rmSync(disk, { recursive: true });
  return status === 0;
})();

test.skipIf(!CAN_MOUNT)('a real disk is full at 20 instants, and freed again', () => {
  const { stdout } = onSmallDisk(folder, [
    process.execPath,
    '--import',
    'tsx',
    FULL_DISK,
    folder,
    '7',
  ]);
  const { sent, objects, fresh, full, again, peakRssBytes } = JSON.parse(stdout);
  const landed = objects.map(({ key, text }: { key: string; text: string }) => {
    return { key, body: Buffer.from(text) };
  });
  // The process lives through all of it.
  const deliveries = { least: sent.length + 1, most: sent.length + 1 };
  const rest = { duplicatesRecognised: 0, fresh, deliveries, peakRssBytes };
  expect(judgeFault({ sent, objects: landed, ...rest }).violations).toEqual([]);
  expect(sent.length).toBe(20 * 41);
  expect({ full, again }).toEqual({ full: 20, again: 20 });
});

test('a second bridge is refused at 20 instants while the first one writes, and gets the spool when that was killed', async () => {
  const random = seededStreams(11)('two bridges');
  const timers = new SystemTimers();
  const sent: { line: string; acknowledged: boolean; poison: boolean }[] = [];
  const first = await openSpool({ folder, bridgeId: 'cellar', timers, onNotice: () => {} });
  const second = spawn(process.execPath, ['--import', 'tsx', HOLDER, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: second.stdout })[Symbol.asyncIterator]();
  const ask = async (command: string): Promise<string> => {
    second.stdin.write(`${command}\n`);
    return String((await lines.next()).value);
  };
  let peakRssBytes = Number.NaN;
  try {
    for (let instant = 0; instant < 20; instant++) {
      for (let row = drawInteger(random, 1, 50); row > 0; row--) {
        const line = JSON.stringify({ instant, row });
        const entry = { line, acknowledged: false, poison: false };
        sent.push(entry);
        first.append(TABLE, Buffer.from(`${line}\n`), 1, () => {
          entry.acknowledged = true;
        });
      }
      const answer = await ask('open');
      expect(answer).toMatch(/^SPOOL_LOCKED Another bridge works on the spool .*--spool DIR/);
    }
    await first.close();
    expect(await ask('open')).toBe('opened');
    sent.push({ line: '{"second":true}', acknowledged: true, poison: false });
    expect(await ask('{"second":true}')).toBe('durable');
    peakRssBytes = Number(await ask('memory'));
  } finally {
    second.kill('SIGKILL');
    await once(second, 'exit');
  }
  // Nobody has to remove a lock that a dead process left.
  const third = await openSpool({ folder, timers, onNotice: () => {} });
  third.append(TABLE, Buffer.from('{"fresh":true}\n'), 1);
  await third.seal();
  const objects = [];
  for (let next = third.oldestSealed(TABLE); next !== undefined; next = third.oldestSealed(TABLE)) {
    const { lines: landed } = await third.read(next);
    const number = String(next.number).padStart(10, '0');
    objects.push({
      key: `${TABLE}/date=2026-03-01/${third.bridgeId}-${third.spoolId}-${number}.json.gz`,
      body: Buffer.concat(landed),
    });
    await third.markLanded(next);
  }
  await third.close();
  timers.stop();
  // What the second one took was durable before it was killed.
  const deliveries = { least: sent.length + 1, most: sent.length + 1 };
  const fresh = '{"fresh":true}';
  const outcome = { sent, objects, duplicatesRecognised: 0, fresh, deliveries, peakRssBytes };
  expect(judgeFault(outcome).violations).toEqual([]);
});
