/** Who takes part: each starts its processes, tells how many readings lie in its output, and how much that cost. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { LoadKind } from './load.ts';

const CLI = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const FILTER = 'stedi/v1/phones/+/accelerometer';
const BATCH_SAMPLES = 50;
const START_TRIES = 600;
const TRY_EVERY_MS = 50;

/** A contender that runs and takes messages on a TCP port. */
export interface RunningContender {
  readonly port: number;
  /** Pids of what stands between publisher and output, by name. */
  readonly pids: Readonly<Record<string, number>>;
  /** How many readings lie in its output by now; -1 while nobody can tell. */
  outputReadings(): Promise<number>;
  /** Makes durable what it has put out, where it does not do that itself. */
  sync(): void;
  /** Counts the distinct readings in its output. */
  distinct(): number;
  stop(): Promise<void>;
}

/** One of those that are compared. `folder` is an empty one of its own. */
export interface Contender {
  readonly name: string;
  start(folder: string, kind: LoadKind): Promise<RunningContender>;
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (await check()) return;
    await delay(TRY_EVERY_MS);
  }
  throw new RangeError(`${what} did not happen in ${(START_TRIES * TRY_EVERY_MS) / 1_000} s`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new RangeError(`${child.spawnfile} did not start`);
  return child.pid;
}

async function startMosquitto(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  // The same for all: nothing is dropped because a queue is full, and nothing waits for a window.
  writeFileSync(
    config,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nlog_type subscribe\nlog_type notice\nlog_type information\nmax_queued_messages 0\nmax_inflight_messages 0\nmax_queued_bytes 0\n`,
  );
  const log = openSync(join(folder, 'mosquitto.txt'), 'w');
  const child = spawn('mosquitto', ['-c', config], { stdio: ['ignore', log, log] });
  closeSync(log);
  await until('mosquitto', () =>
    readFileSync(join(folder, 'mosquitto.txt'), 'latin1').includes('running'),
  );
  return { child, port };
}

/** Lines of a file that holds one message per line, counted when asked. */
class LineFile {
  readonly #path: string;
  readonly #perLine: number;
  #lineBytes = 0;

  constructor(path: string, kind: LoadKind) {
    this.#path = path;
    this.#perLine = kind === 'batch' ? BATCH_SAMPLES : 1;
  }

  /** By size: all messages of a load have one length. */
  readings(): number {
    const { size } = statSync(this.#path, { throwIfNoEntry: false }) ?? { size: 0 };
    if (size === 0) return 0;
    if (this.#lineBytes === 0) this.#lineBytes = readFileSync(this.#path).indexOf('\n') + 1;
    return this.#lineBytes === 0 ? 0 : Math.floor(size / this.#lineBytes) * this.#perLine;
  }

  sync(): void {
    const file = openSync(this.#path, 'r+');
    fsyncSync(file);
    closeSync(file);
  }

  distinct(): number {
    const lines = readFileSync(this.#path, 'latin1').split('\n').slice(0, -1);
    return new Set(lines).size * this.#perLine;
  }
}

const mosquittoSub: Contender = {
  name: 'mosquitto + mosquitto_sub',
  async start(folder, kind) {
    const broker = await startMosquitto(folder);
    const path = join(folder, 'out.ndjson');
    const file = openSync(path, 'w');
    const port = String(broker.port);
    const args = ['-h', '127.0.0.1', '-p', port, '-q', '1', '-c', '-i', 'bench-sub', '-t', FILTER];
    const sub = spawn('mosquitto_sub', args, { stdio: ['ignore', file, 'inherit'] });
    closeSync(file);
    await subscribed(folder);
    const output = new LineFile(path, kind);
    return {
      port: broker.port,
      pids: { broker: pidOf(broker.child), sink: pidOf(sub) },
      outputReadings: async () => output.readings(),
      sync: () => output.sync(),
      distinct: () => output.distinct(),
      stop: async () => {
        await end(sub, 'SIGTERM');
        await end(broker.child, 'SIGTERM');
      },
    };
  },
};

/** Node-RED as npm has it, in a folder that the caller has installed it to. */
export function nodeRed(installed: string): Contender {
  return {
    name: 'mosquitto + Node-RED',
    async start(folder, kind) {
      const broker = await startMosquitto(folder);
      const path = join(folder, 'out.ndjson');
      writeFileSync(join(folder, 'flows.json'), JSON.stringify(nodeRedFlow(broker.port, path)));
      const main = join(installed, 'node_modules', 'node-red', 'red.js');
      const port = String(await freePort());
      const log = openSync(join(folder, 'node-red.txt'), 'w');
      const red = spawn(process.execPath, [main, '-u', folder, '-p', port, 'flows.json'], {
        stdio: ['ignore', log, log],
      });
      closeSync(log);
      await until('Node-RED', () =>
        readFileSync(join(folder, 'node-red.txt'), 'latin1').includes('Connected to broker'),
      );
      const output = new LineFile(path, kind);
      return {
        port: broker.port,
        pids: { broker: pidOf(broker.child), sink: pidOf(red) },
        outputReadings: async () => output.readings(),
        sync: () => output.sync(),
        distinct: () => output.distinct(),
        stop: async () => {
          await end(red, 'SIGKILL');
          await end(broker.child, 'SIGTERM');
        },
      };
    },
  };
}

function nodeRedFlow(port: number, filename: string): object[] {
  const broker = { id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: String(port) };
  const session = {
    clientid: 'bench-red',
    cleansession: false,
    protocolVersion: '4',
    keepalive: '60',
  };
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    { ...broker, ...session, name: '', autoConnect: true, usetls: false },
    {
      id: 'in',
      type: 'mqtt in',
      z: 'tab',
      topic: FILTER,
      qos: '1',
      datatype: 'utf8',
      broker: 'broker',
      wires: [['out']],
    },
    {
      id: 'out',
      type: 'file',
      z: 'tab',
      filename,
      filenameType: 'str',
      appendNewline: true,
      overwriteFile: 'false',
      createDir: false,
      encoding: 'none',
      wires: [[]],
    },
  ];
}

/** A bridge that runs. */
export interface RunningBridge {
  readonly pid: number;
  /** Where its own broker listens. */
  readonly port: number;
  /** Readings that are stored, by its own count. */
  landed(): Promise<number>;
  /** Distinct readings in the objects below `landing`, and how many objects there are. */
  count(): { readonly distinct: number; readonly objects: number };
  end(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the built command on the spool in `folder`, with a broker of its own unless `brokerPort` is given. */
export async function startBridge(
  folder: string,
  options: { readonly sink: readonly string[]; readonly brokerPort?: number },
): Promise<RunningBridge> {
  const { sink, brokerPort } = options;
  const port = brokerPort ?? (await freePort());
  const source =
    brokerPort === undefined
      ? ['--listen', String(port)]
      : ['--broker', `mqtt://127.0.0.1:${port}`];
  const watch = await freePort();
  const own = ['--spool', join(folder, 'spool'), '--flush', '250ms', '--watch', String(watch)];
  const log = openSync(join(folder, 'bridge.txt'), 'a');
  const child = spawn(process.execPath, [CLI, 'bridge', ...source, ...sink, ...own], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${watch}${path}`);
  await until('the bridge', () =>
    ask('/readyz').then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  await until('its broker', () => listens(port));
  return {
    pid: pidOf(child),
    port,
    landed: async () =>
      sumOf(await (await ask('/metrics')).text(), 'stedi_bridge_readings_landed_total'),
    count: () => countObjects(join(folder, 'landing')),
    end: (signal) => end(child, signal),
  };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  const isThere = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isThere;
}

/** The bridge with a broker of its own, or behind Mosquitto. What it has put out are synced objects in a folder. */
export function bridge(kind: 'embedded' | 'external'): Contender {
  return {
    name: kind === 'embedded' ? 'bridge, own broker' : 'mosquitto + bridge',
    async start(folder) {
      const broker = kind === 'external' ? await startMosquitto(folder) : undefined;
      const running = await startBridge(folder, {
        sink: ['--out', join(folder, 'landing')],
        ...(broker && { brokerPort: broker.port }),
      });
      if (broker !== undefined) await subscribed(folder);
      return {
        port: running.port,
        pids:
          broker === undefined
            ? { both: running.pid }
            : { broker: pidOf(broker.child), sink: running.pid },
        outputReadings: () => running.landed(),
        sync: () => undefined,
        distinct: () => running.count().distinct,
        stop: async () => {
          await running.end('SIGTERM');
          if (broker !== undefined) await end(broker.child, 'SIGTERM');
        },
      };
    },
  };
}

/** Waits until Mosquitto has told that somebody is there for whom it keeps messages. */
function subscribed(folder: string): Promise<void> {
  return until('a subscription', () =>
    readFileSync(join(folder, 'mosquitto.txt'), 'latin1').includes(FILTER),
  );
}

function sumOf(metrics: string, name: string): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

function countObjects(landing: string): { readonly distinct: number; readonly objects: number } {
  const folder = join(landing, 'accelerometer_landing');
  const lines = new Set<string>();
  let objects = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    objects++;
    const text = gunzipSync(readFileSync(join(entry.parentPath, entry.name))).toString('latin1');
    for (const line of text.split('\n')) if (line !== '') lines.add(line);
  }
  return { distinct: lines.size, objects };
}

/** All contenders, the rivals first; Node-RED only where it is installed. */
export function contenders(nodeRedFolder: string | undefined): readonly Contender[] {
  const rivals = nodeRedFolder === undefined ? [] : [nodeRed(nodeRedFolder)];
  return [mosquittoSub, bridge('external'), bridge('embedded'), ...rivals];
}
