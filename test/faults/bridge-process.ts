/** `stedi bridge` as a process that dies and is started again, on one spool, one port and one storage. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { builtCommand } from '../built-command.ts';
import { STORAGE_ENV } from '../e2e/bridge-stage.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KIB = 1024;

/** What a process of a bridge did that no test asked for. */
export class BridgeProcessFailure extends Error {
  override readonly name = 'BridgeProcessFailure';
}

/** What it prints when it ends in order, as far as tests need it. */
interface BridgeTotals {
  readonly duplicates: number;
}

/** A bridge that can be started, killed and started again. */
export class BridgeProcess {
  readonly port: number;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  #said = '';
  #peakRssBytes = 0;
  #closed: Promise<void> = Promise.resolve();
  /** How often it was started. */
  starts: number = 0;
  /** Messages that it recognised as duplicates, in those of its lives that ended in order and told of it. */
  duplicates: number = 0;

  private constructor(port: number, args: readonly string[]) {
    this.port = port;
    this.#args = args;
  }

  /** A bridge for phones on a free port of 127.0.0.1; `args` say where it lands and where its spool is. */
  static async prepare(args: readonly string[]): Promise<BridgeProcess> {
    const port = await freePort();
    const listen = ['--listen', `127.0.0.1:${port}`, '--log-format', 'json', '--json'];
    return new BridgeProcess(port, ['bridge', ...listen, ...args]);
  }

  /** The most memory that it was seen to use, over all its lives. */
  get peakRssBytes(): number {
    this.#lookAtMemory();
    return this.#peakRssBytes;
  }

  /** What it said on stderr since it was started last. */
  get said(): string {
    return this.#said;
  }

  /** Starts it, and resolves when it takes messages. */
  async start(): Promise<void> {
    this.starts++;
    this.#said = '';
    const child = spawn(process.execPath, [builtCommand(), ...this.#args], {
      cwd: ROOT,
      env: { ...process.env, ...STORAGE_ENV },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let told = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (told += text));
    this.#closed = once(child, 'close').then(() => {
      if (told !== '') this.duplicates += (JSON.parse(told) as BridgeTotals).duplicates;
    });
    await new Promise<void>((resolve, reject) => {
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
        if (this.#said.includes(' lands ')) resolve();
      });
      child.once('exit', () =>
        reject(new BridgeProcessFailure(`It did not start:\n${this.#said}`)),
      );
    });
  }

  /** Kills it at once. Resolves when the system has taken it away. */
  async kill(): Promise<void> {
    this.killNow();
    await this.ended();
  }

  /** Sends SIGKILL before anything else of this test can happen. */
  killNow(): void {
    this.#lookAtMemory();
    this.#child?.kill('SIGKILL');
  }

  /** Lets it end in order. Gives its exit code. */
  async stop(): Promise<number | null> {
    this.#lookAtMemory();
    this.#child?.kill('SIGTERM');
    return this.ended();
  }

  /** Resolves with the exit code when it has ended; `null` when a signal ended it. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    await this.#closed;
    return child.exitCode;
  }

  #lookAtMemory(): void {
    const pid = this.#child?.pid;
    if (pid === undefined || !existsSync(`/proc/${pid}/status`)) return;
    const [, kib = '0'] =
      /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    this.#peakRssBytes = Math.max(this.#peakRssBytes, Number(kib) * KIB);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
