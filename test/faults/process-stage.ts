/** Phones, a bridge that dies, and a storage: from the first message to the verdict on everything that landed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { runPipeline } from '../../pipeline/index.ts';
import { seededStreams } from '../../simulator/index.ts';
import type { Random } from '../../simulator/index.ts';
import { Storage } from '../e2e/bridge-stage.ts';
import { temporaryFolder } from '../e2e/stedi.ts';
import { BridgeProcess } from './bridge-process.ts';
import { readLanded } from './landed-lines.ts';
import { INSTANTS } from './measure.ts';
import { judgeFault } from './oracle.ts';
import type { FaultVerdict, Landed } from './oracle.ts';
import { UnrulyProxy } from './unruly-proxy.ts';
import type { Weather } from './unruly-proxy.ts';
import { StubbornPhone, userOf } from './publishers.ts';

const NAMES = ['phone-1', 'phone-2', 'phone-3'] as const;
const LONG_AGO_MS = 1_600_000_000_000;

/** What a run of a test came to. */
export interface ProcessVerdict {
  readonly verdict: FaultVerdict;
  /** Rows of the strict policy's trusted zone, where everybody has consented. */
  readonly trustedRows: number;
  /** Different rows that landed. */
  readonly distinctRows: number;
}

/** One bridge with three phones. */
export class ProcessStage {
  readonly storage: Storage;
  readonly bridge: BridgeProcess;
  readonly phones: readonly StubbornPhone[];
  readonly random: Random;

  /** Between phones and bridge, where one was asked for. */
  readonly proxy: UnrulyProxy | undefined;

  private constructor(
    { storage, bridge, proxy }: Pick<ProcessStage, 'storage' | 'bridge' | 'proxy'>,
    seed: number,
  ) {
    const streams = seededStreams(seed);
    this.proxy = proxy;
    const port = proxy?.port ?? bridge.port;
    this.storage = storage;
    this.bridge = bridge;
    this.random = streams('instants');
    this.phones = NAMES.map((name) => new StubbornPhone({ name, port, random: streams(name) }));
  }

  /** Starts everything; the end of the test ends it. `frontOf` gives an address to use in place of the storage's. */
  static async open(
    seed: number,
    options: {
      readonly frontOf?: (url: string) => Promise<string>;
      readonly proxied?: boolean;
    } = {},
  ): Promise<ProcessStage> {
    const storage = await Storage.open();
    onTestFinished(() => storage.close());
    const url = (await options.frontOf?.(storage.url)) ?? storage.url;
    const spool = join(await temporaryFolder(), 'spool');
    const where = ['--bucket', 'lake', '--s3', url, '--spool', spool, '--flush', '100ms'];
    const bridge = await BridgeProcess.prepare(where);
    const proxy =
      options.proxied === true
        ? await UnrulyProxy.start(bridge.port, seededStreams(seed)('network'))
        : undefined;
    onTestFinished(() => proxy?.close());
    const stage = new ProcessStage({ storage, bridge, proxy }, seed);
    onTestFinished(async () => {
      for (const phone of stage.phones) phone.close();
      await bridge.kill();
    });
    await bridge.start();
    return stage;
  }

  /** How far it has come, in one line. */
  get progress(): string {
    const acknowledged = this.phones.reduce((sum, phone) => sum + phone.acknowledged, 0);
    const memory = Math.round(this.bridge.peakRssBytes / 1e6);
    return `${acknowledged} messages acknowledged, ${this.bridge.starts} starts, ${memory} MB at the peak`;
  }

  /** The weather of connections that come from now on, and an end to those that are there. */
  weather(weather: Weather): void {
    if (this.proxy === undefined) return;
    this.proxy.weather = weather;
    this.proxy.reset();
  }

  /** No more trouble with the network. */
  calm(): void {
    this.weather({});
  }

  /** Resolves when so many more messages are acknowledged, to all phones together. */
  async acknowledgedMore(messages: number): Promise<void> {
    const each = Math.ceil(messages / this.phones.length);
    await Promise.race(this.phones.map((phone) => phone.reached(phone.acknowledged + each)));
  }

  /** Lets the phones come to an end and everything land, and judges it. */
  async finish(): Promise<ProcessVerdict> {
    await Promise.all(this.phones.map((phone) => phone.finish()));
    const fresh = (await this.phones[0]?.publishFresh()) ?? '';
    // Only a bridge that ends in order has landed what it could; after a long outage that takes more than one grace time.
    await this.bridge.stop();
    while (this.bridge.said.includes('left in the spool')) {
      await this.bridge.start();
      await this.bridge.stop();
    }
    const objects = await this.storage.objects();
    const sent = this.phones.flatMap((phone) => phone.sent);
    const verdict = judgeFault({
      sent,
      objects,
      // Those that died with a process are not among them, and a message is a row at least.
      duplicatesRecognised: this.bridge.duplicates,
      fresh,
      // A message is acknowledged once: then its phone forgets it. What was on its way to a process that died is unsure.
      deliveries: {
        least: sent.filter(({ acknowledged }) => acknowledged).length,
        most: this.phones.reduce((sum, { delivered }) => sum + delivered, 0),
      },
      peakRssBytes: this.bridge.peakRssBytes,
    });
    const distinctRows = readLanded(objects).rows.size;
    return { verdict, trustedRows: await trustedRows(objects), distinctRows };
  }
}

/** How many rows the trusted zone keeps when everybody has consented long ago. */
async function trustedRows(objects: readonly Landed[]): Promise<number> {
  const folder = await temporaryFolder();
  const landing = join(folder, 'landing');
  const customers = NAMES.map((name) => JSON.stringify(customer(userOf(name))));
  const feed = { key: 'customer_landing/all.json', body: Buffer.from(`${customers.join('\n')}\n`) };
  for (const { key, body } of [...objects, feed]) {
    const path = join(landing, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
  }
  const { tables } = await runPipeline({
    landing: { kind: 'folder', path: landing },
    out: { kind: 'folder', path: join(folder, 'zones') },
    policy: 'strict',
  });
  return tables.accelerometer_trusted.rows;
}

function customer(email: string) {
  return {
    customerName: 'Somebody',
    email,
    phone: '1',
    birthDay: '1990-01-01',
    serialNumber: email,
    registrationDate: LONG_AGO_MS,
    lastUpdateDate: LONG_AGO_MS,
    shareWithResearchAsOfDate: LONG_AGO_MS,
  };
}

/** What was acknowledged landed, poison is in quarantine, and the trusted zone has each row once. */
export function expectNothingLost({ verdict, trustedRows, distinctRows }: ProcessVerdict): void {
  expect(verdict.violations).toEqual([]);
  expect(verdict.quarantined).toBeGreaterThan(0);
  expect(distinctRows).toBeGreaterThan(INSTANTS);
  expect(trustedRows).toBe(distinctRows);
}

/** The verdict on one line. */
export function judgedLine({ violations, ...counts }: FaultVerdict): string {
  const word = violations.length === 0 ? 'nothing lost' : `${violations.length} violations`;
  return `${word}: ${JSON.stringify(counts)}`;
}
