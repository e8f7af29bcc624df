/**
 * Thousands of broken sessions before the intake of a bridge: mutations of what a phone sends, in chunks of any size, and
 * sessions without a mistake among them, whose readings and poison the oracle judges.
 */
import type { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { generate, parser } from 'mqtt-packet';
import { expect, it, onTestFinished } from 'vitest';

import { DEFAULT_BROKER_LIMITS } from '../../bridge/broker/broker-limits.ts';
import { PhoneIngest } from '../../bridge/broker/phone-ingest.ts';
import { Bridge } from '../../bridge/index.ts';
import { parsePhoneTopic } from '../../firmware-protocol/index.ts';
import { drawChance, drawInteger, drawOne } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import type { Random } from '../../simulator/index.ts';
import { connectPacket, publishPacket } from '../bridge/broker/raw-phone.ts';
import { socketPair } from '../bridge/broker/socket-pair.ts';
import { objectsOf, TurnStore } from './broker-stage.ts';
import { readLanded } from './landed-lines.ts';
import { judgeFault } from './oracle.ts';
import type { SentRow } from './oracle.ts';

const SESSIONS = 20_000;
const AT_A_TIME = 250;
/** A phone that sends nothing wrong is one of so many. */
const SOUND_EVERY = 100;
const POISON_RATE = 0.2;

/** What a phone publishes: a reading, or what must end in quarantine. */
function payloadOf(random: Random, clientId: string, id: number): Omit<SentRow, 'acknowledged'> {
  if (id > 1 && drawChance(random, POISON_RATE))
    return { line: `reading ${id} of ${clientId}`, poison: true };
  const user = `${clientId}@mail.example`;
  const line = JSON.stringify({ user, timeStamp: 1_655_564_444_103 + id, x: 1, y: 0, z: -1 });
  return { line, poison: false };
}

/** What a phone sends, whole and right. */
function phoneSession(
  random: Random,
  clientId: string,
  {
    hasGoodbye,
    rows,
  }: { readonly hasGoodbye: boolean; readonly rows: Omit<SentRow, 'acknowledged'>[] },
): Buffer[] {
  const will = { topic: `stedi/v1/phones/${clientId}/status`, payload: Buffer.from('bye') };
  const packets = [
    connectPacket({
      clientId,
      ...(drawChance(random, 0.5) ? { will: { ...will, qos: 1, retain: true } } : {}),
      ...(drawChance(random, 0.2) ? { username: 'ann', password: Buffer.from('secret') } : {}),
    }),
  ];
  const count = drawInteger(random, 1, 4);
  for (let id = 1; id <= count; id++) {
    const qos = drawOne(random, [0, 1, 2] as const);
    const row = payloadOf(random, clientId, id);
    rows.push(row);
    packets.push(publishPacket(clientId, row.line, { id, qos }));
    if (qos === 2) packets.push(generate({ cmd: 'pubrel', messageId: id }));
  }
  const subscriptions = [{ topic: '#', qos: 1 as const }];
  if (drawChance(random, 0.3)) packets.push(generate({ cmd: 'pingreq' }));
  if (drawChance(random, 0.2)) {
    packets.push(generate({ cmd: 'subscribe', messageId: 9, subscriptions }));
  }
  if (hasGoodbye) packets.push(generate({ cmd: 'disconnect' }));
  return packets;
}

const MUTATIONS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let count = drawInteger(random, 1, 4); count > 0; count--) {
      changed[drawInteger(random, 0, bytes.length - 1)] = drawInteger(random, 0, 255);
    }
    return changed;
  },
  (bytes, random) => bytes.subarray(0, drawInteger(random, 0, bytes.length)),
  (bytes, random) => bytes.subarray(drawInteger(random, 0, bytes.length)),
  (bytes, random) => {
    const at = drawInteger(random, 0, bytes.length);
    const noise = Buffer.from(
      Array.from({ length: drawInteger(random, 1, 20) }, () => drawInteger(random, 0, 255)),
    );
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  (bytes, random) => {
    const from = drawInteger(random, 0, bytes.length);
    return Buffer.concat([bytes, bytes.subarray(from), bytes]);
  },
];

interface Session {
  readonly clientId: string;
  readonly sound: boolean;
  durable: number;
  acknowledged: number;
}

it('20,000 of them neither end the broker, nor get a wrong acknowledgement, nor leave anything behind', async () => {
  const random = seededStreams(7)('fuzz');
  const sessions = new Map<string, Session>();
  const foreign: string[] = [];
  /** Sound sessions with an acknowledgement too early, or without one. */
  const early: string[] = [];
  const unanswered: string[] = [];
  const sent: SentRow[] = [];
  /** What came to the door, as text, or as base64 where it is none. */
  const taken = new Set<string>();
  const store = new TurnStore();
  const timers = { now: () => 1_655_564_444_103, at: () => undefined };
  const bridge = new Bridge({ store, timers });
  let delivered = 0;
  const refusals = new Map<string, number>();
  let open = 0;
  let waiting = 0;
  const ingest = await PhoneIngest.create({
    limits: { ...DEFAULT_BROKER_LIMITS, closeMs: 0 },
    directory: undefined,
    asksCertificate: false,
    store,
    onNotice: () => undefined,
    onEvent: (event) => {
      if (event.kind === 'connected') open++;
      else if (event.kind === 'disconnected') open--;
      else refusals.set(event.reason, (refusals.get(event.reason) ?? 0) + 1);
    },
    take: (message, onDurable) => {
      const topic = parsePhoneTopic(message.topic);
      const session = sessions.get(topic?.clientId ?? '');
      if (topic === undefined) foreign.push(message.topic);
      if (topic?.channel === 'accelerometer') {
        delivered++;
        taken.add(textOf(message.payload));
      }
      waiting++;
      bridge.take(message, () => {
        waiting--;
        if (session !== undefined) session.durable++;
        onDurable();
      });
    },
  });
  onTestFinished(() => ingest.close());

  /** Sends a session; ends it from the client's side when the broker does not. */
  async function run(number: number): Promise<void> {
    const clientId = `fuzz-${number}`;
    const sound = number % SOUND_EVERY === 0;
    const session: Session = { clientId, sound, durable: 0, acknowledged: 0 };
    // A mutation may hit the id itself; digits of others make it theirs.
    sessions.set(clientId, session);
    const rows: Omit<SentRow, 'acknowledged'>[] = [];
    const hasGoodbye = !sound && drawChance(random, 0.3);
    const packets = phoneSession(random, clientId, { hasGoodbye, rows });
    let bytes: Buffer = Buffer.concat(packets);
    if (!sound) {
      for (let count = drawInteger(random, 1, 2); count > 0 && bytes.length > 0; count--) {
        bytes = drawOne(random, MUTATIONS)(bytes, random);
      }
    }
    const [client, socket] = socketPair();
    const answers = parser();
    answers.on('packet', ({ cmd }) => {
      if (cmd !== 'puback' && cmd !== 'pubrec') return;
      session.acknowledged++;
      if (sound && session.acknowledged > session.durable) early.push(clientId);
    });
    client.on('data', (chunk: Buffer) => answers.parse(chunk));
    ingest.accept(socket);
    await send(client, bytes);
    const expected = sound ? packets.filter(isAcknowledged).length : 0;
    for (let turns = 0; turns < 12 || session.acknowledged < expected; turns++) {
      if (client.destroyed) break;
      await turn();
    }
    client.destroy();
    if (session.acknowledged < expected) unanswered.push(clientId);
    // One at QoS 0 is not acknowledged, but came.
    if (sound) sent.push(...rows.map((row) => ({ ...row, acknowledged: true })));
  }

  async function send(client: Duplex, bytes: Buffer): Promise<void> {
    let at = 0;
    while (at < bytes.length && !client.destroyed) {
      const length = drawInteger(random, 1, drawOne(random, [3, 40, 400, 400]));
      client.write(bytes.subarray(at, at + length));
      at += length;
      if (drawChance(random, 0.1)) await turn();
    }
  }

  for (let first = 0; first < SESSIONS; first += AT_A_TIME) {
    await Promise.all(Array.from({ length: AT_A_TIME }, (_, index) => run(first + index)));
    for (const [id, { sound }] of sessions) if (!sound && first % 2_500 === 0) sessions.delete(id);
  }
  await run(SESSIONS);
  const fresh = sent.findLast(({ poison }) => !poison)?.line ?? '';
  while (open > 0 || waiting > 0) await turn();
  expect(ingest.connections).toBe(0);
  expect(ingest.inFlight).toBe(0);
  expect({ foreign, early, unanswered }).toEqual({ foreign: [], early: [], unanswered: [] });
  const objects = objectsOf(store);
  const known = new Set(sent.map(({ line }) => line));
  const { quarantined } = readLanded(objects);
  for (const payload of taken) {
    // A reading that was damaged may still be one: then it is in landing as it is, or else in quarantine as it came.
    if (known.has(payload)) continue;
    const poison = quarantined.has(payload);
    sent.push({ line: poison ? payload : rewritten(payload), poison, acknowledged: true });
  }
  const { redelivered, repeated } = bridge.counts.duplicates;
  const duplicatesRecognised = redelivered + repeated;
  const deliveries = { least: delivered, most: delivered };
  const verdict = judgeFault({ sent, objects, duplicatesRecognised, fresh, deliveries });
  expect(verdict.violations).toEqual([]);
  expect(verdict.trusted).toBeGreaterThan(SESSIONS / SOUND_EVERY);
  expect(verdict.quarantined).toBeGreaterThan(SESSIONS / SOUND_EVERY);
  // Chances: each way to refuse was met.
  expect([...refusals.keys()].sort()).toEqual(
    expect.arrayContaining([
      'bad-client-id',
      'bad-will',
      'connect-expected',
      'connect-repeated',
      'foreign-topic',
      'header-malformed',
      'length-malformed',
      'packet-malformed',
      'packet-too-large',
      'subscribe',
    ]),
  );
}, 90_000);

function textOf(payload: Uint8Array): string {
  const bytes = Buffer.from(payload);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes.toString('base64');
}

/** The landing line of a record, whatever stands between its parts; what is none stays as it is. */
function rewritten(payload: string): string {
  try {
    const { user, timeStamp, x, y, z } = JSON.parse(payload) as Record<string, unknown>;
    return JSON.stringify({ user, timeStamp, x, y, z });
  } catch {
    return payload;
  }
}

/** A PUBLISH at QoS 1 or 2. */
function isAcknowledged(packet: Buffer): boolean {
  return packet[0]! >> 4 === 3 && (packet[0]! & 0b0110) !== 0;
}
