/** A bridge's spool and lander on a simulated disk in virtual time, senders in front and a storage behind. */
import { crc32 } from 'node:zlib';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import { Lander } from '../../bridge/landing/lander.ts';
import { Spool } from '../../bridge/spool/spool.ts';
import type { BridgeTimers } from '../../bridge/ports.ts';
import { seededStreams, VirtualTime } from '../../simulator/index.ts';
import type { Random } from '../../simulator/index.ts';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { FaultOutcome, SentRow } from './oracle.ts';
import { PowerLossDisk } from './power-loss-disk.ts';

const START_MS = Date.UTC(2026, 2, 1, 23, 59, 58);
const TABLES: readonly BatchTable[] = [
  'accelerometer_landing',
  'step_trainer_landing',
  'quarantine/step_trainer_landing',
];

/** How a stage is set up. */
export interface StageOptions {
  readonly segmentBytes?: number;
  readonly segmentMs?: number;
}

interface Life {
  isAlive: boolean;
  readonly spool: Spool;
  readonly lander: Lander;
}

/** Everything that one seed needs. */
export class SpoolStage {
  readonly time: VirtualTime = new VirtualTime(START_MS);
  readonly random: Random;
  readonly disk: PowerLossDisk;
  readonly sent: { line: string; acknowledged: boolean; poison: boolean }[] = [];
  readonly notices: string[] = [];
  readonly #objects = new Map<string, Uint8Array>();
  readonly #options: Required<StageOptions>;
  #life: Life | undefined;
  #isOver = false;
  #rows = 0;
  #ids = 0;

  constructor(seed: number, options: StageOptions = {}) {
    const streams = seededStreams(seed);
    this.random = streams('stage');
    const disk = streams('disk');
    this.disk = new PowerLossDisk({
      random: disk,
      wait: () => this.#later(drawInteger(disk, 1, 8)),
    });
    this.#options = {
      segmentBytes: drawOne(this.random, [700, 6_000, 60_000]),
      segmentMs: drawOne(this.random, [150, 2_000]),
      ...options,
    };
  }

  get spool(): Spool {
    if (this.#life === undefined) throw new RangeError('no bridge runs');
    return this.#life.spool;
  }

  /** Starts a bridge on the disk. It works when this resolves, unless the disk is full. */
  async start(): Promise<void> {
    const mounted = this.disk.mount();
    const life = { isAlive: true };
    const timers: BridgeTimers = {
      now: () => this.time.now(),
      at: (timeMs, action) => this.time.at(timeMs, () => life.isAlive && action()),
    };
    const spool = new Spool(mounted, {
      timers,
      limits: this.#options,
      crc32: (bytes) => crc32(bytes),
      newId: () => (++this.#ids).toString(16).padStart(12, '0'),
      defer: (action) => timers.at(this.time.now(), action),
      onNotice: ({ text }) => void this.notices.push(text),
    });
    const lander = new Lander({
      source: spool,
      sink: {
        put: async ({ key, body }) => {
          await this.#later(drawInteger(this.random, 5, 60));
          if (life.isAlive) this.#objects.set(key, Buffer.from(body));
        },
      },
      bridgeId: 'stage',
      timers,
      random: () => this.random.next(),
      compress: async (lines) => Buffer.concat(lines),
      onNotice: ({ text }) => void this.notices.push(text),
    });
    this.#life = Object.assign(life, { spool, lander });
    await this.waitFor(spool.recover());
    lander.start();
  }

  /** Sends one row, or a poison record, to a table that the seed chooses. */
  send(table: BatchTable = drawOne(this.random, TABLES)): void {
    const row = { line: '', acknowledged: false, poison: table.startsWith('quarantine/') };
    const payload = JSON.stringify({
      n: ++this.#rows,
      pad: 'x'.repeat(drawInteger(this.random, 0, 120)),
    });
    row.line = payload;
    const line = row.poison
      ? JSON.stringify({
          reason: 'not-json',
          source: 'stage',
          arrivedAt: this.time.now(),
          encoding: 'utf8',
          original: payload,
        })
      : payload;
    this.sent.push(row);
    this.#life?.spool.append(table, Buffer.from(`${line}\n`), 1, () => {
      row.acknowledged = true;
    });
  }

  /** Sends `rows` rows at instants of the seed within `forMs`, while whatever bridge runs. */
  sendFor(rows: number, forMs: number): void {
    for (let row = 0; row < rows; row++) {
      this.time.at(this.time.now() + this.random.next() * forMs, () => {
        if (this.#life?.isAlive === true && !this.#isOver) this.send();
      });
    }
  }

  /** SIGKILL. */
  kill(): void {
    if (this.#life !== undefined) this.#life.isAlive = false;
    this.disk.kill();
  }

  losePower(): void {
    this.kill();
    this.disk.losePower();
  }

  /** SIGTERM: what was appended is kept, and the disk let go. */
  async stop(): Promise<void> {
    await this.waitFor(this.spool.close());
    this.kill();
  }

  /** The file that a table of the seed's choice was written to last. */
  drawNewestSegment(): string {
    const table = drawOne(this.random, TABLES).replace('/', '.');
    const names = this.disk.names().filter((name) => name.startsWith(`${table}.`));
    return names.at(-1) as string;
  }

  /** Lets time pass. */
  async run(forMs: number): Promise<void> {
    const untilMs = this.time.now() + forMs;
    this.time.at(untilMs, () => {});
    for (;;) {
      await settle();
      const nextMs = this.time.nextMs();
      if (nextMs === undefined || nextMs > untilMs) return;
      this.time.run(nextMs, 1);
    }
  }

  /** Lets time pass until it has happened, at most an hour. */
  async waitFor<Result>(event: Promise<Result>): Promise<Result> {
    let isDone = false;
    const done = event.finally(() => {
      isDone = true;
    });
    done.catch(() => {});
    const untilMs = this.time.now() + 3_600_000;
    for (;;) {
      await settle();
      const nextMs = this.time.nextMs();
      if (isDone || nextMs === undefined || nextMs > untilMs) break;
      this.time.run(nextMs, 1);
    }
    if (!isDone) throw new RangeError('it never happened');
    return done;
  }

  /** Sends the fresh record, lands everything and tells the judge. */
  async finish(damagedRowsAllowed = 0): Promise<FaultOutcome> {
    this.#isOver = true;
    this.send('accelerometer_landing');
    const fresh = (this.sent.pop() as SentRow).line;
    const life = this.#life as Life;
    await this.waitFor(life.spool.seal());
    await this.waitFor(life.lander.drained());
    const objects = [...this.#objects].map(([key, body]) => ({ key, body }));
    // Bridges die here with what was not durable. Nothing is sent again.
    const deliveries = {
      least: this.sent.filter(({ acknowledged }) => acknowledged).length + 1,
      most: this.sent.length + 1,
    };
    return {
      sent: this.sent,
      objects,
      duplicatesRecognised: 0,
      fresh,
      damagedRowsAllowed,
      deliveries,
    };
  }

  async #later(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.time.at(this.time.now() + ms, resolve));
  }
}

/** Lets everything happen that waits for no time. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => void setImmediate(resolve));
}
