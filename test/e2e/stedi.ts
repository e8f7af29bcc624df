/** Runs the real command in a process of its own, as a shell would. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtCommand } from '../built-command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How a process ended, and what it said. */
export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. It is killed at the end of the test file, if it has not ended by then. */
export interface RunningStedi {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Resolves when stderr has the text; rejects when the process ends without it. */
  says(text: string): Promise<void>;
}

/** Where a command runs. */
export interface Surroundings {
  readonly cwd?: string;
  /** Variables on top of those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** An open terminal for stdout and stderr, which are then not collected; for stdin too if `isTyped`. */
  readonly terminal?: number;
  readonly isTyped?: boolean;
  /** Whether something will be typed: then `process.stdin` takes it. Without, there is nothing to read. */
  readonly typed?: boolean;
}

const running: { readonly child: ChildProcess; readonly ended: Promise<Outcome> }[] = [];
const folders: string[] = [];
const actions: (() => void)[] = [];

/** Does something when the test file ends. */
export function atTheEnd(action: () => void): void {
  actions.push(action);
}

/**
 * Leaves nothing behind of a test file: `tidy-up.ts` calls it after each. Tests in a file run beside each other, where a
 * clean-up after one of them would take the processes of another.
 */
export async function tidyUp(): Promise<void> {
  for (const { child } of running) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ ended }) => ended));
  for (const action of actions.splice(0)) action();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** Starts `stedi` with arguments. */
export function startStedi(
  args: readonly string[],
  { cwd = ROOT, env, terminal, isTyped = false, typed = false }: Surroundings = {},
): RunningStedi {
  const output = terminal ?? 'pipe';
  const child = spawn(process.execPath, [builtCommand(), ...args], {
    cwd,
    env: { ...withoutAws(process.env), ...env },
    stdio: [isTyped ? output : typed ? 'pipe' : 'ignore', output, output],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => (said[name] += text));
  }
  const ended = once(child, 'close').then(([code, signal]: unknown[]): Outcome => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    ...said,
  }));
  running.push({ child, ended });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (said.stderr.includes(text)) resolve();
      };
      look();
      child.stderr?.on('data', look);
      void ended.then(({ stderr }) =>
        reject(new RangeError(`It ended without "${text}":\n${stderr}`)),
      );
    });
  return { process: child, ended, says };
}

/** Runs `stedi` to its end. */
export function runStedi(args: readonly string[], surroundings?: Surroundings): Promise<Outcome> {
  return startStedi(args, surroundings).ended;
}

/** A new folder, which goes when the test file ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-e2e-'));
  folders.push(folder);
  return folder;
}

/** The storage client must meet what a test gives it, not what this machine happens to have. */
function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}
