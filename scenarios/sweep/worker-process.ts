import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { JobFailure } from './job.ts';
import { moduleBeside } from './job.ts';
import type { WorkerOrder, WorkerReport } from './job-messages.ts';

/** A job that does not end by itself when it is told to stop is ended after this time. */
const STOP_MS = 10_000;
/** A worker that holds more than this after a job gives way to a fresh one, in bytes. */
const MEMORY_MAX = 1.5 * 2 ** 30;
/** Of what a worker writes to stderr, the last characters are kept to tell why it crashed. */
const LAST_WORDS = 2_000;

/** Most objects of a simulation die young: with more room for those, they cost a fifth less. In MB. */
const YOUNG_OBJECTS = '--max-semi-space-size=32';

/** How one job ended in a worker. */
export type WorkerOutcome =
  | { readonly status: 'done'; readonly value: unknown; readonly ms: number }
  | { readonly status: 'failed'; readonly failure: JobFailure; readonly ms: number }
  | { readonly status: 'crashed'; readonly reason: string };

/** A child process that does one job at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  #lastWords = '';
  #memoryBytes = 0;
  #onReport: ((report: WorkerReport) => void) | undefined;
  #onEnd: ((reason: string) => void) | undefined;
  #ended: string | undefined;

  constructor(execArgv: readonly string[]) {
    const entry = moduleBeside('./job-worker', import.meta.url);
    this.#child = fork(fileURLToPath(entry), [], {
      execArgv: [YOUNG_OBJECTS, ...execArgv],
      // NaN, Infinity and undefined survive in it, which JSON would lose.
      serialization: 'advanced',
      // Results are printed by the parent alone.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (report) => this.#onReport?.(report as WorkerReport));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = `${this.#lastWords}${text}`.slice(-LAST_WORDS);
    });
    this.#child.on('error', (error) => this.#end(`It could not be started: ${error.message}`));
    this.#child.on('exit', (code, signal) => {
      const end = (): void => this.#end(describeEnd(code, signal));
      // What it wrote last may still be on its way.
      if (this.#child.stderr?.closed === false) this.#child.stderr.once('close', end);
      else end();
    });
  }

  /** Whether it can do another job. */
  get isFit(): boolean {
    return this.#ended === undefined && this.#memoryBytes <= MEMORY_MAX;
  }

  /** Does a job. Never throws: what goes wrong is the outcome. */
  perform(
    order: WorkerOrder & { readonly kind: 'begin' },
    onProgress: (stage: string, share: number) => void,
  ): Promise<WorkerOutcome> {
    return new Promise((resolve) => {
      if (this.#ended !== undefined) return resolve({ status: 'crashed', reason: this.#ended });
      this.#onEnd = (reason) => resolve({ status: 'crashed', reason });
      this.#onReport = (report) => {
        if (report.kind === 'progress') return onProgress(report.stage, report.share);
        this.#memoryBytes = report.memoryBytes;
        resolve(
          report.kind === 'done'
            ? { status: 'done', value: report.value, ms: report.ms }
            : { status: 'failed', failure: report.failure, ms: report.ms },
        );
      };
      this.#send(order);
    });
  }

  /** Tells the job to stop, and ends the process if it does not. */
  stop(): void {
    this.#send({ kind: 'stop' });
    setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS).unref();
  }

  /** Lets the process end, and waits until it has. */
  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const ended = new Promise<void>((resolve) => {
      this.#onEnd = () => resolve();
    });
    if (this.#child.connected) this.#child.disconnect();
    const kill = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(kill);
  }

  #send(order: WorkerOrder): void {
    // A child that is gone tells so by its end, which is an event of its own.
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }

  #end(reason: string): void {
    if (this.#ended !== undefined) return;
    const lastWords = this.#lastWords.trim();
    this.#ended = lastWords === '' ? reason : `${reason} Its last words: ${lastWords}`;
    this.#onEnd?.(this.#ended);
  }
}

function describeEnd(code: number | null, signal: string | null): string {
  if (signal === null) return `The worker process ended with exit code ${code}.`;
  const hint = signal === 'SIGKILL' ? ' The system does so when memory runs out.' : '';
  return `The worker process was ended by ${signal}.${hint}`;
}

/**
 * The options of Node with which workers start: those of this process, and the loader of TypeScript where the worker is
 * TypeScript and this process has none of its own, as in a test.
 */
export function workerExecArgv(own: readonly string[] = process.execArgv): string[] {
  const isSource = import.meta.url.endsWith('.ts');
  if (!isSource || own.some((argument) => argument.includes('tsx'))) return [...own];
  const loader = createRequire(import.meta.url).resolve('tsx');
  return [...own, '--import', pathToFileURL(loader).href];
}
