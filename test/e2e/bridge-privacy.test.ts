/** Nothing that the bridge says or names holds personal data or a secret, whatever it is sent. */
import { join } from 'node:path';
import { connect } from 'mqtt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parsePhoneTopic, phoneTopic } from '../../firmware-protocol/index.ts';
import {
  connectPhone,
  MemoryBroker,
  MemorySerial,
  openVirtualPort,
  scheduleFleet,
  seededStreams,
  TruthLedger,
  VirtualTime,
} from '../../simulator/index.ts';
import type { Identity, World } from '../../simulator/index.ts';
import { readLanded } from '../faults/landed-lines.ts';
import { sampleWorld } from '../simulator/core/sample-world.ts';
import { startService, Storage, STORAGE_ENV } from './bridge-stage.ts';
import { temporaryFolder } from './stedi.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 50 };

/** Lines that a serial port says about somebody. */
const LINES = 30;
const PASSWORD = 'hush-hush-7';
const SECRET = STORAGE_ENV['AWS_SECRET_ACCESS_KEY'] ?? '';

interface Message {
  readonly topic: string;
  readonly text: string;
}

/** What the phones of everybody in a world publish in the course of it. */
function messagesOf(world: World): Message[] {
  const messages: Message[] = [];
  const timers = new VirtualTime(world.spec.startMs);
  const streams = seededStreams(1);
  const broker = new MemoryBroker({
    timers,
    onMessage: ({ topic, payload }, onTaken) => {
      messages.push({ topic, text: Buffer.from(payload).toString('utf8') });
      onTaken();
    },
  });
  const cables = new MemorySerial({
    timers,
    streams,
    baudRate: 57_600,
    onPlugged: () => undefined,
  });
  const ledger = new TruthLedger();
  scheduleFleet({ world, faults: [], timers, streams, ledger, cables, network: broker, broker });
  timers.run(world.endMs, 1_000_000);
  return messages;
}

/** Everything by which a text could give a person away, or let somebody in, in lower case. */
function needlesOf(people: readonly Identity[]): string[] {
  const plain = people.flatMap(({ customerName, email, phone }) => [customerName, email, phone]);
  return [...plain, PASSWORD, SECRET].flatMap((text) => [
    text.toLowerCase(),
    encodeURIComponent(text).toLowerCase(),
    Buffer.from(text).toString('base64').replace(/=+$/, '').toLowerCase(),
    Buffer.from(text).toString('hex'),
  ]);
}

/** The needles that a text holds. */
function found(needles: readonly string[], text: string): string[] {
  const haystack = text.toLowerCase();
  return needles.filter((needle) => haystack.includes(needle));
}

/** Connects as anybody may, and publishes what nobody should, until all is said or the broker has enough. */
async function misbehave(url: string, clientId: string, messages: readonly Message[] = []) {
  const client = connect(url, {
    clientId,
    username: clientId,
    password: PASSWORD,
    reconnectPeriod: 0,
  });
  client.on('error', () => undefined);
  const cut = new Promise<void>((resolve) => void client.on('close', () => resolve()));
  const connected = new Promise<void>((resolve) => void client.on('connect', () => resolve()));
  await Promise.race([connected, cut]);
  for (const { topic, text } of client.connected ? messages : []) {
    const taken = client.publishAsync(topic, text, { qos: 1 }).catch(() => undefined);
    await Promise.race([taken, cut]);
  }
  client.end(true);
}

test('no name, e-mail or phone number and no secret is in logs, metrics, topics, keys or metadata', async () => {
  const world = sampleWorld({ customers: 8 }, 1);
  const people = world.people.map(({ identity }) => identity);
  const needles = needlesOf(people);
  const messages = messagesOf(world);
  const somebody = people[0] as Identity;
  const storage = await Storage.open();
  const port = openVirtualPort();
  onTestFinished(async () => {
    port.close();
    await storage.close();
  });
  const spool = join(await temporaryFolder(), 'spool');
  const bridge = await startService(
    ['--bucket', 'lake', '--s3', storage.url, '--spool', spool, '--flush', '200ms'].concat(
      // Nobody listens at this port: the bridge says so again and again.
      ['--broker', 'mqtt://127.0.0.1:1', '--serial', port.path],
    ),
    { ...STORAGE_ENV, STEDI_BROKER_USER: 'somebody', STEDI_BROKER_PASSWORD: PASSWORD },
  );
  const clientIds = new Set(messages.map(({ topic }) => parsePhoneTopic(topic)?.clientId ?? ''));
  await Promise.all(
    [...clientIds].map(async (clientId) => {
      const phone = await connectPhone({ url: bridge.broker, clientId });
      const own = messages.filter(({ topic }) => parsePhoneTopic(topic)?.clientId === clientId);
      for (const { topic, text } of own) await phone.publish(topic, text);
      await phone.close();
    }),
  );
  const poison = JSON.stringify({ user: somebody.email, name: somebody.customerName }).slice(0, -2);
  await misbehave(bridge.broker, 'phone-odd', [
    { topic: phoneTopic('phone-odd', 'accelerometer'), text: poison },
    { topic: phoneTopic(somebody.phone.replaceAll(/\D/g, ''), 'accelerometer'), text: '{}' },
  ]);
  for (const { email, customerName } of people.slice(0, 2)) {
    await misbehave(bridge.broker, email);
    await misbehave(bridge.broker, customerName);
    await misbehave(bridge.broker, 'phone-odd', [
      { topic: `stedi/v1/phones/${email}/x`, text: '' },
    ]);
  }
  port.write(`${JSON.stringify(somebody)}\n`.repeat(LINES));
  await vi.waitUntil(async () => (await bridge.metric('spool_unlanded_records')) === 0, PATIENCE);
  const pages = await Promise.all(
    ['/metrics', '/readyz', '/healthz'].map(async (path) => (await bridge.ask(path)).text),
  );
  const { stderr, stdout, code } = await bridge.end('SIGTERM');
  const objects = await storage.objects();
  const landed = readLanded(objects);
  // The run was no quiet one: people landed, poison is in quarantine, and strangers were refused.
  expect(code).toBe(0);
  expect(landed.rows.size).toBeGreaterThan(8 * 80);
  expect([...landed.quarantined.keys()]).toEqual(
    expect.arrayContaining([poison, JSON.stringify(somebody)]),
  );
  expect(pages[0]).toMatch(/stedi_bridge_refused_total\{reason="bad-client-id"\} 4\n/);
  const said = {
    log: stderr,
    stdout,
    pages: pages.join('\n'),
    topics: messages.map(({ topic }) => topic).join('\n'),
    keys: objects.map(({ key }) => key).join('\n'),
    metadata: JSON.stringify(objects.map(({ metadata }) => metadata)),
  };
  for (const [place, text] of Object.entries(said)) {
    expect({ place, found: found(needles, text) }).toEqual({ place, found: [] });
    // The search itself works: one that is planted is found, however it is written.
    for (const needle of needles) expect(found(needles, `${text}\n${needle}`)).toContain(needle);
  }
});
