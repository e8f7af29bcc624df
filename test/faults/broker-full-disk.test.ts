/** Phones flood a bridge whose disk is full with batches that grow a hundredfold, and the disk gets room again. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { encodeSampleBatch } from '../../firmware-protocol/index.ts';
import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { publishPacket, RawPhone } from '../bridge/broker/raw-phone.ts';
import type { FullDiskContents, FullDiskReport } from './broker-full-disk.child.ts';
import { judgeFault } from './oracle.ts';
import { ReadingSource } from './reading-publisher.ts';

const BRIDGE = fileURLToPath(new URL('broker-full-disk.child.ts', import.meta.url));
const ON_SMALL_DISK = 'mount -t tmpfs -o size=512m none "$1" && shift && exec "$@"';
/** Each seed draws what six phones send: together some 150 MiB of lines. */
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const PHONES = 6;
const STILL = 20;
/** 16 MiB, 4 MiB until sources pause, a mebibyte that is being gathered, and the message that makes it whole. */
const SEGMENT_BYTES_MAX = 22 * (1 << 20);

function inSmallDisk(folder: string, command: readonly string[]): readonly string[] {
  return ['-Urm', 'sh', '-c', ON_SMALL_DISK, 'sh', folder, ...command];
}

const CAN_MOUNT = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-mount-'));
  const { status } = spawnSync('unshare', inSmallDisk(folder, ['true']));
  rmSync(folder, { recursive: true });
  return status === 0;
})();

async function ask<Answer>(child: ChildProcess, order: string): Promise<Answer> {
  const answer = once(child, 'message');
  child.send(order);
  return (await answer)[0] as Answer;
}

/** What one phone sends: batches that become more than they are, from a little to more than they may. */
function draw(seed: number, phone: number): { payloads: string[]; rows: number } {
  const random = seededStreams(seed)(`phone ${phone}`);
  const payloads: string[] = [];
  let rows = 0;
  const messages = drawInteger(random, 1, 3);
  for (let seq = 0; seq < messages; seq++) {
    const user = ['€', 'a', '\u0001'][drawInteger(random, 0, 2)] as string;
    const count = drawInteger(random, 0, 9) === 0 ? 6_000 : drawInteger(random, 300, 1_040);
    const sample = [0, 0, 0, 0] as const;
    const payload = encodeSampleBatch({
      user: user.repeat(320),
      session: 's',
      seq,
      samples: Array.from({ length: count }, () => sample),
    });
    const line = JSON.stringify({ user: user.repeat(320), timeStamp: 0, x: 0, y: 0, z: 0 });
    const isTooLarge = count * (Buffer.byteLength(line) + 1) > 1 << 20;
    rows += isTooLarge ? 1 : count;
    payloads.push(payload);
  }
  return { payloads, rows };
}

test.skipIf(!CAN_MOUNT)(
  'a full disk bounds memory, however much batches grow, and loses nothing of them',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-full-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const command = [process.execPath, '--import', 'tsx', BRIDGE, folder];
    const child = spawn('unshare', inSmallDisk(folder, command), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const { port } = (await once(child, 'message'))[0] as FullDiskReport;
    const phones: { readonly phone: RawPhone; readonly messages: number }[] = [];
    let rows = 0;
    for (const seed of SEEDS) {
      for (let number = 0; number < PHONES; number++) {
        const clientId = `flood-${seed}-${number}`;
        const phone = await RawPhone.connect(port, { clientId });
        onTestFinished(() => phone.kill());
        const drawn = draw(seed, number);
        rows += drawn.rows;
        drawn.payloads.forEach((payload, index) =>
          phone.write(publishPacket(clientId, payload, { id: index + 1 })),
        );
        phones.push({ phone, messages: drawn.payloads.length });
      }
    }
    let report = await ask<FullDiskReport>(child, 'report');
    for (let still = 0; still < STILL;) {
      const next = await ask<FullDiskReport>(child, 'report');
      still = next.isFull && next.taken === report.taken ? still + 1 : 0;
      report = next;
    }
    expect(report.taken).toBeLessThan(rows / 10);

    await ask(child, 'make room');
    for (const { phone, messages } of phones) {
      for (let each = 0; each < messages; each++) {
        expect(await phone.next('puback')).toBeDefined();
      }
    }
    const [reading] = new ReadingSource().next(1, 'phone-1');
    const other = await RawPhone.connect(port, { clientId: 'phone-1' });
    other.publish(reading!.line);
    const acknowledged = (await other.next('puback')) !== undefined;
    other.kill();
    const { peakRssBytes, taken } = await ask<FullDiskReport>(child, 'report');
    expect(taken).toBe(rows + 1);
    const contents = await ask<FullDiskContents>(child, 'contents');
    expect(contents.floodRows).toBe(rows);
    expect(contents.segmentBytesMax).toBeLessThanOrEqual(SEGMENT_BYTES_MAX);
    const verdict = judgeFault({
      sent: [{ line: reading!.line, acknowledged, poison: false }],
      objects: contents.others.map(({ key, text }) => ({ key, body: Buffer.from(text) })),
      duplicatesRecognised: 0,
      // The one reading; the rows of the flood are counted above.
      deliveries: { least: 1, most: 1 },
      fresh: reading!.line,
      peakRssBytes,
    });
    expect(verdict.violations).toEqual([]);
  },
);
