/** The command as it runs in production, and the order in which it asks the system to write, to sync and to send. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { publishPacket, RawPhone } from '../bridge/broker/raw-phone.ts';
import { objectsIn, rowsOf } from '../e2e/bridge-stage.ts';
import { startStedi, temporaryFolder } from '../e2e/stedi.ts';
import { SystemCalls } from './system-calls.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const MESSAGES = 40;
const USER = 'a@stedi.com';
const FIRST_MS = 1_655_564_444_000;
const TRACER = new URL('system-calls.child.ts', import.meta.url);
const SEGMENT = /\/accelerometer_landing\.\d{10}\.segment$/;
const STATE = /\/spool\.json$/;
const OBJECT = /\/accelerometer_landing\/date=[\d-]+\/[^/]+\.json\.gz$/;

/** Packet ids are the numbers of the messages, and so are the times of their samples. */
function payloadOf(id: number): string {
  const samples = [[FIRST_MS + id, 1, 0, -1] as const];
  return Buffer.from(encodeSampleBatch({ user: USER, session: 's', seq: id, samples })).toString();
}

function rowOf(id: number): string {
  return JSON.stringify({ user: USER, timeStamp: FIRST_MS + id, x: 1, y: 0, z: -1 });
}

const IDS = Array.from({ length: MESSAGES }, (_, index) => index + 1);

/** Starts a bridge that writes its calls down. */
async function startTraced(args: readonly string[]) {
  const folder = await temporaryFolder();
  const file = join(folder, 'calls');
  const out = join(folder, 'landing');
  const env = {
    NODE_OPTIONS: `--import tsx --import ${TRACER.href}`,
    STEDI_TEST_CALLS: file,
  };
  const where = ['--out', out, '--spool', join(folder, 'spool'), '--flush', '100ms'];
  const bridge = startStedi(['bridge', ...where, ...args], { env });
  let said = '';
  bridge.process.stderr?.on('data', (text: string) => (said += text));
  await bridge.says(' lands ');
  return {
    port: Number(/mqtt:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]),
    /** Ends it in order. */
    finish: async () => {
      bridge.process.kill('SIGTERM');
      expect((await bridge.ended).code).toBe(0);
      return { calls: new SystemCalls(file), rows: rowsOf(await objectsIn(out)), out };
    },
  };
}

/** What was acknowledged before it was durable, and what was never acknowledged. */
function judgeAcks(calls: SystemCalls): string[] {
  const acks = calls.pubacks();
  return IDS.flatMap((id) => {
    const sent = acks.find((ack) => ack.id === id)?.moment ?? -1;
    const [written = Infinity] = calls.moments('write', SEGMENT, rowOf(id));
    const path = calls.pathAt(written);
    const created = calls.calls.findIndex((each) => each.call === 'open' && each.path === path);
    const steps = {
      written,
      durable: calls.durableAt(path, written),
      named: calls.nameDurableAt(created),
      identified: calls.nameDurableAt(calls.next(-1, 'rename', STATE)),
    };
    return Object.entries(steps).flatMap(([step, moment]) =>
      moment < sent ? [] : [`message ${id} is acknowledged at ${sent}, ${step} at ${moment}`],
    );
  });
}

/** Small files that could be empty or gone after a loss of power. */
function judgeReplaced(calls: SystemCalls): string[] {
  return calls.moments('rename', STATE).flatMap((renamed) => {
    const from = calls.calls[renamed]?.from ?? '';
    const written = calls.moments('write', new RegExp(`^${from}$`)).findLast((at) => at < renamed);
    const synced = calls.durableAt(from, written ?? Infinity);
    const named = calls.nameDurableAt(renamed);
    // Its place is taken for the next one as soon as it is done.
    const over = calls.next(renamed, 'open', /\/spare$/);
    return [
      ...(synced < renamed ? [] : [`renamed at ${renamed}, durable at ${synced}`]),
      ...(named < over ? [] : [`done at ${over}, the name durable at ${named}`]),
    ];
  });
}

/** Objects that were not durable, with all folders above them, when their segment was marked as landed and removed. */
function judgeLanded(calls: SystemCalls): string[] {
  const removals = calls.moments('remove', SEGMENT);
  const violations = removals.flatMap((removed) => {
    const number = /\d{10}/.exec(calls.pathAt(removed))?.[0] ?? '';
    const stored = calls
      .moments('rename', OBJECT)
      .find((moment) => calls.pathAt(moment).endsWith(`-${number}.json.gz`));
    const placed = stored ?? Infinity;
    const aside = calls.calls[placed]?.from ?? '';
    const mark = `"accelerometer_landing":${Number(number)},`;
    const [marked = -1] = calls.moments('write', /\/spare$/, mark);
    const inPlace = calls.next(marked, 'rename', STATE);
    const order = {
      opened: calls.calls.findIndex((each) => each.call === 'open' && each.path === aside),
      written: calls.calls.findIndex((each) => each.call === 'write' && each.path === aside),
      synced: calls.durableAt(aside, calls.calls.findIndex((each) => each.path === aside) + 1),
      placed,
      named: calls.nameDurableAt(placed),
      marked,
      inPlace,
      markNamed: calls.nameDurableAt(inPlace),
      removed,
    };
    const moments = Object.values(order);
    const isOrdered = moments.every((moment, index) => moment > (moments[index - 1] ?? -1));
    return isOrdered ? [] : [`segment ${number}: ${JSON.stringify(order)}`];
  });
  const [firstMark = -1] = calls.moments('write', /\/spare$/, '"accelerometer_landing":1,');
  const loose = calls
    .moments('make-folder', /\/(landing|accelerometer_landing|date=[\d-]+)$/)
    .filter((made) => calls.nameDurableAt(made) > firstMark && made < firstMark);
  return [...violations, ...loose.map((made) => `the folder ${calls.pathAt(made)} is not durable`)];
}

describe('what is acknowledged would survive the loss of power', () => {
  test('by phones at the embedded broker, from the first write to the removal of the segment', async () => {
    const bridge = await startTraced(['--listen', '0']);
    const phone = await RawPhone.connect(bridge.port);
    onTestFinished(() => phone.kill());
    // Some at once, some one after the other: several share a sync, and several segments come to be.
    for (const id of IDS) {
      phone.write(publishPacket('phone-1', payloadOf(id), { id }));
      if (id % 4 === 0) for (let ack = 0; ack < 4; ack++) await phone.next('puback');
    }
    const { calls, rows } = await bridge.finish();
    expect(rows).toEqual(IDS.map(rowOf));
    expect(judgeAcks(calls)).toEqual([]);
    expect(judgeReplaced(calls)).toEqual([]);
    expect(judgeLanded(calls)).toEqual([]);
    expect(calls.moments('remove', SEGMENT)).not.toEqual([]);
    expect(calls.moments('rename', STATE).length).toBeGreaterThan(1);
  });

  test('to an external broker', async () => {
    const broker = await startDeliverer();
    const bridge = await startTraced(['--broker', broker.url]);
    await broker.acknowledged;
    const { calls, rows } = await bridge.finish();
    expect(rows).toEqual(IDS.map(rowOf));
    expect(judgeAcks(calls)).toEqual([]);
    expect(judgeReplaced(calls)).toEqual([]);
    expect(judgeLanded(calls)).toEqual([]);
  });
});

/** A broker that delivers all messages to whoever subscribes, and counts what comes back. */
async function startDeliverer() {
  let resolveAll = (): void => undefined;
  const acknowledged = new Promise<void>((resolve) => (resolveAll = resolve));
  const server = createServer((socket) => {
    const peer = new RawPhone(socket, 'broker');
    onTestFinished(() => peer.kill());
    void serve(peer).then(resolveAll);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, acknowledged };
}

async function serve(peer: RawPhone): Promise<void> {
  await peer.next('connect');
  peer.send({ cmd: 'connack', returnCode: 0, sessionPresent: false });
  const subscribe = await peer.next('subscribe');
  const granted = subscribe?.subscriptions.map(() => 1) ?? [];
  peer.send({ cmd: 'suback', messageId: subscribe?.messageId ?? 0, granted });
  const topic = phoneTopic('phone-1', 'accelerometer');
  for (const id of IDS) {
    peer.write(publishPacket('phone-1', payloadOf(id), { id, topic }));
    if (id % 4 === 0) for (let ack = 0; ack < 4; ack++) await peer.next('puback');
  }
}
