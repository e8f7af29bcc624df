/** A real Mosquitto for tests, which can be killed and started again. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { LACKS_OPENSSL, makeTlsFiles } from './tls-files.ts';
import type { TlsFiles } from './tls-files.ts';

const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`;
const ENVIRONMENT = { ...process.env, PATH };
const STARTS_MAX = 5;
const SAVE_POLL_MS = 2;

const isInstalled =
  spawnSync('mosquitto', ['-h'], { env: ENVIRONMENT, stdio: 'ignore' }).error === undefined;

/** For `describe.skipIf`: true where there is no Mosquitto or no openssl, except in CI, where tests fail without them. */
export const LACKS_MOSQUITTO: boolean =
  (!isInstalled && process.env['CI'] !== 'true') || LACKS_OPENSSL;

/** Belongs in the title of what is skipped without Mosquitto. */
export const NEEDS_MOSQUITTO = '(needs Mosquitto and openssl: .ci/install-mosquitto)';

/** How the broker is set up. */
export interface MosquittoOptions {
  /** Lines of mosquitto.conf, after ours: any client may connect, queues have no limit, sessions are kept on disk. */
  readonly config?: readonly string[];
  /** Serves TLS with certificates made for it; `mutual` demands one of the client, too. */
  readonly tls?: 'server' | 'mutual';
}

/** What went wrong with the broker of a test. */
export class MosquittoFailure extends Error {
  override readonly name = 'MosquittoFailure';
}

/** A broker with a folder and a port of its own. */
export class Mosquitto {
  readonly folder: string;
  readonly port: number;
  readonly tls: TlsFiles | undefined;
  #process: ChildProcess | undefined;
  #log: string[] = [];

  private constructor(folder: string, port: number, tls: TlsFiles | undefined) {
    this.folder = folder;
    this.port = port;
    this.tls = tls;
  }

  /** Starts a broker on a free port of 127.0.0.1. */
  static async start(options: MosquittoOptions = {}): Promise<Mosquitto> {
    const folder = await mkdtemp(join(tmpdir(), 'stedi-mosquitto-'));
    const tls = options.tls === undefined ? undefined : await makeTlsFiles(folder);
    for (let tries = 1; ; tries++) {
      const mosquitto = new Mosquitto(folder, await freePort(), tls);
      await writeFile(mosquitto.#configFile, configuration(mosquitto, options));
      try {
        await mosquitto.start();
        return mosquitto;
      } catch (failure) {
        // Somebody else may have taken the port meanwhile.
        if (tries < STARTS_MAX) continue;
        await rm(folder, { recursive: true });
        throw failure;
      }
    }
  }

  get url(): string {
    return `${this.tls === undefined ? 'mqtt' : 'mqtts'}://127.0.0.1:${this.port}`;
  }

  /** What the broker logged since it was started last. */
  get log(): readonly string[] {
    return this.#log;
  }

  /** Starts again what was killed or stopped, on the same port, with what it had saved. Resolves when it listens. */
  async start(): Promise<void> {
    this.#log = [];
    const child = spawn('mosquitto', ['-c', this.#configFile], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    await this.#running(child);
  }

  /** Ends it as a power cut would end the process: nothing is saved. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it in order: sessions are saved. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Makes the broker save sessions and messages now. What it acknowledged before the call outlives a kill. */
  async save(): Promise<void> {
    const before = await this.#saved();
    if (this.#process?.kill('SIGUSR1') !== true) {
      throw new MosquittoFailure('Mosquitto does not run.');
    }
    // It writes a new file and puts it in the place of the old one.
    while ((await this.#saved()) === before) {
      await new Promise((resolve) => setTimeout(resolve, SAVE_POLL_MS));
    }
  }

  /** Kills it and removes its folder. */
  async close(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true });
  }

  get #configFile(): string {
    return join(this.folder, 'mosquitto.conf');
  }

  /** Which file holds what was saved last. */
  async #saved(): Promise<bigint | undefined> {
    try {
      return (await stat(join(this.folder, 'mosquitto.db'), { bigint: true })).ino;
    } catch {
      return undefined;
    }
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Resolves when the broker says that it runs. */
  async #running(child: ChildProcess): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const fail = (cause?: unknown): void => {
        const log = this.#log.join('\n');
        reject(new MosquittoFailure(`Mosquitto ended early:\n${log}`, { cause }));
      };
      child.once('error', fail);
      child.once('exit', () => fail());
      if (child.stderr === null) return;
      createInterface(child.stderr).on('line', (line) => {
        this.#log.push(line);
        if (line.endsWith(' running')) resolve();
      });
    });
  }
}

function configuration({ folder, port, tls }: Mosquitto, options: MosquittoOptions): string {
  const certificates =
    tls === undefined
      ? []
      : [
          `cafile ${tls.ca}`,
          `certfile ${tls.serverCert}`,
          `keyfile ${tls.serverKey}`,
          `require_certificate ${options.tls === 'mutual'}`,
        ];
  return [
    // Started by root it would become a user who cannot write to the folder.
    'user root',
    `listener ${port} 127.0.0.1`,
    ...certificates,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder}/`,
    'max_queued_messages 0',
    'log_dest stderr',
    'log_type error',
    'log_type warning',
    'log_type notice',
    'log_type information',
    ...(options.config ?? []),
    '',
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
