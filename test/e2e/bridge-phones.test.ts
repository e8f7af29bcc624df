/** The bridge as its users start it: phones by MQTT, a bucket over HTTP, metrics and health beside it. */
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { connectPhone } from '../../simulator/index.ts';
import type { PhoneConnection } from '../../simulator/index.ts';
import { rowsOf, startService, Storage, STORAGE_ENV } from './bridge-stage.ts';
import { runStedi, temporaryFolder } from './stedi.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 50 };

const START_MS = 1_655_564_444_103;

/** Sends batches of three samples and gives the rows that they must become, once all are acknowledged. */
async function send(phone: PhoneConnection, clientId: string, seqs: readonly number[]) {
  const topic = phoneTopic(clientId, 'accelerometer');
  const rows = await Promise.all(
    seqs.map(async (seq) => {
      const times = [0, 1, 2].map((index) => START_MS + seq * 60 + index * 20);
      const samples = times.map((time) => [time, 1, 0, -1] as const);
      await phone.publish(
        topic,
        encodeSampleBatch({ user: 'a@stedi.com', session: clientId, seq, samples }),
      );
      return times.map((timeStamp) =>
        JSON.stringify({ user: 'a@stedi.com', timeStamp, x: 1, y: 0, z: -1 }),
      );
    }),
  );
  return rows.flat();
}

async function prepare() {
  const storage = await Storage.open();
  onTestFinished(() => storage.close());
  const spool = join(await temporaryFolder(), 'spool');
  const args = ['--bucket', 'lake', '--s3', storage.url, '--spool', spool, '--flush', '200ms'];
  return { storage, spool, args };
}

test('what phones were acknowledged lands, though the storage goes away and the bridge is told to stop meanwhile', async () => {
  const { storage, args, spool } = await prepare();
  const bridge = await startService(args, STORAGE_ENV);
  const phone = await connectPhone({ url: bridge.broker, clientId: 'phone-1' });
  onTestFinished(() => phone.kill());
  const first = await send(phone, 'phone-1', [0, 1, 2]);
  // An object is there before the bridge has read back what the storage keeps, and counts it.
  await vi.waitUntil(async () => (await bridge.metric('spool_unlanded_records')) === 0, PATIENCE);
  expect(rowsOf(await storage.objects())).toEqual(first.toSorted());
  expect(await bridge.metric('readings_landed_total{table="accelerometer_landing"}')).toBe(9);
  expect((await bridge.ask('/healthz')).status).toBe(200);

  // A spool has one bridge: a second is refused, and the first goes on.
  const intruder = await runStedi(['bridge', '--listen', '0', ...args], { env: STORAGE_ENV });
  expect(intruder).toMatchObject({ code: 3, stdout: '' });
  const [refusal = '', ...more] = intruder.stderr.trimEnd().split('\n');
  expect(more).toEqual([]);
  expect(JSON.parse(refusal)).toMatchObject({
    level: 'error',
    part: 'bridge',
    msg: expect.stringContaining(`Another bridge works on the spool ${spool}.`),
  });

  await storage.close();
  const second = await send(phone, 'phone-1', [3, 4]);
  await vi.waitUntil(async () => (await bridge.metric('storage_up')) === 0, PATIENCE);
  const ready = await bridge.ask('/readyz');
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.text)).toMatchObject({
    ready: true,
    parts: {
      storage: { ready: false, why: expect.stringContaining('Cannot reach the S3 endpoint') },
    },
  });
  expect(await bridge.metric('spool_unlanded_records')).toBe(6);
  await phone.close();
  const ended = await bridge.end('SIGTERM');
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.stdout)).toMatchObject({ landed: 9, taken: 15, unlanded: 6 });
  expect(ended.stderr).toMatch(/Records left in the spool .* for the next start: 6\./);

  await storage.comeBack();
  const next = await startService(args, STORAGE_ENV);
  await vi.waitUntil(async () => (await next.metric('spool_unlanded_records')) === 0, PATIENCE);
  const other = await connectPhone({ url: next.broker, clientId: 'phone-2' });
  const third = await send(other, 'phone-2', [0]);
  await other.close();
  // A record that has just come lands although the bridge is told to stop.
  const { code, stdout } = await next.end('SIGINT');
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { landed: 9, taken: 3, unlanded: 0 }]);
  expect(rowsOf(await storage.objects())).toEqual([...first, ...second, ...third].toSorted());
});
