/** The demo as its users start it, with what its processes hold in memory. Linux only: it reads /proc. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { builtCommand } from '../../built-command.ts';

const KB_PER_MB = 1_024;

/** A demo that runs. Whoever starts it closes it. */
export interface DemoProcess {
  readonly url: string;
  /** Resident memory in MB of the server, and of the judge that is its child; NaN while there is none. */
  readonly memory: () => { readonly serverMb: number; readonly judgeMb: number };
  readonly close: () => Promise<void>;
}

/** Starts a demo on a free port, from a file or a name of the catalogue, at seed 1. Rejects with a RangeError when it does not begin. */
export async function startDemo(file: string): Promise<DemoProcess> {
  const args = [builtCommand(), 'demo', file, '--seed', '1', '--port', '0', '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const close = async (): Promise<void> => {
    child.kill('SIGINT');
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const begun = once(lines, 'line') as Promise<[string]>;
  const first = await Promise.race([begun, ended.then(() => undefined)]);
  if (first === undefined) throw new RangeError(`The demo of ${file} did not begin.`);
  const { url } = JSON.parse(first[0]) as { readonly url: string };
  const { pid = NaN } = child;
  return { url, close, memory: () => ({ serverMb: residentMb(pid), judgeMb: judgeMb(pid) }) };
}

function judgeMb(server: number): number {
  const judge = childrenOf(server).find((pid) => read(pid, 'cmdline').includes('judge-process'));
  return judge === undefined ? NaN : residentMb(judge);
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(read(pid, 'status'))?.[1] ?? NaN) / KB_PER_MB;
}

/** Node starts processes from its main thread alone. */
function childrenOf(pid: number): number[] {
  return read(pid, `task/${pid}/children`).trim().split(' ').map(Number);
}

function read(pid: number, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, 'utf8');
}
