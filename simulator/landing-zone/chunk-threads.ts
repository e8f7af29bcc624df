/** Threads that make the pieces of a landing zone beside each other. */
import { setMaxListeners } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { SimulatorError } from '../simulator-error.ts';
import type { ChunkFile, ChunkSettings } from './chunk-maker.ts';
import type { ChunkAnswer } from './chunk-worker.ts';
import type { LandingChunk } from './core/landing-chunks.ts';

/** What is to be made, and what becomes of it. */
export interface ChunkWork {
  readonly settings: ChunkSettings;
  readonly chunks: readonly LandingChunk[];
  /** How many threads at most. */
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Takes the files of a piece; each thread is one piece ahead of it at most. */
  readonly onFiles: (chunk: LandingChunk, files: readonly ChunkFile[]) => Promise<void>;
}

/**
 * Makes all pieces. After a failure or an abort no piece begins any more, and nothing goes on behind what is thrown.
 * @throws SimulatorError DISK_FULL, LANDING_ZONE_UNWRITABLE, THREAD_FAILED, and what `onFiles` throws
 */
export async function makeChunks({
  settings,
  chunks,
  threads,
  signal,
  onFiles,
}: ChunkWork): Promise<void> {
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  // Every thread listens; by default, more than ten would be taken for a leak.
  setMaxListeners(0, stop);
  const waiting = chunks.values();
  const work = async (): Promise<void> => {
    const thread = new ChunkThread(settings, stop);
    let storing: Promise<void> = Promise.resolve();
    try {
      for (const chunk of waiting) {
        stop.throwIfAborted();
        const files = await thread.make(chunk);
        await storing;
        storing = onFiles(chunk, files);
        // Until it is waited for below, a failure has somebody to hear it.
        storing.catch((error: unknown) => failure.abort(error));
      }
    } catch (error) {
      failure.abort(error);
    } finally {
      await thread.end();
    }
    await storing.catch((error: unknown) => failure.abort(error));
  };
  const count = Math.min(threads, chunks.length);
  await Promise.all(Array.from({ length: count }, () => work()));
  stop.throwIfAborted();
}

/** One thread, which makes one piece at a time. */
class ChunkThread {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;

  constructor(settings: ChunkSettings, signal: AbortSignal) {
    this.#worker = openWorker(settings);
    this.#signal = signal;
    // Each piece listens for itself; between two of them, nobody would.
    this.#worker.on('error', () => undefined);
  }

  make(chunk: LandingChunk): Promise<readonly ChunkFile[]> {
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const settle = (outcome: () => void): void => {
        over.abort();
        this.#worker.off('message', take).off('error', fail).off('exit', vanish);
        outcome();
      };
      const take = (answer: ChunkAnswer): void =>
        settle(() => {
          if ('files' in answer) resolve(answer.files);
          else reject(failureOf(answer.failure));
        });
      const fail = (cause: unknown): void => settle(() => reject(threadFailed(cause)));
      const vanish = (): void =>
        settle(() => reject(threadFailed({ message: 'it ended without a reason' })));
      const stop = (): void => settle(() => reject(this.#signal.reason as Error));
      this.#worker.on('message', take).on('error', fail).on('exit', vanish);
      this.#signal.addEventListener('abort', stop, { once: true, signal: over.signal });
      this.#worker.postMessage(chunk);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Sources are compiled while they are loaded, which a thread has to be told; what is built runs as it is. */
function openWorker(workerData: ChunkSettings): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./chunk-worker.js', import.meta.url), { workerData });
  }
  const source = new URL('./chunk-worker.ts', import.meta.url).href;
  // Its own entry for CommonJS does not find its files, and what "import" would find cannot be asked for everywhere.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
  const compiler = new URL('./esm/api/index.mjs', loader).href;
  const code = `import(${JSON.stringify(compiler)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(code, { eval: true, workerData, execArgv: [] });
}

function failureOf({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): SimulatorError {
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SimulatorError(
      'DISK_FULL',
      `The disk became full while the landing zone was written (${message}). Free space, or generate fewer customers.`,
    );
  }
  if (code !== '') {
    return new SimulatorError(
      'LANDING_ZONE_UNWRITABLE',
      `A file of the landing zone could not be written (${message}). Look at the disk and at the rights of the folder.`,
    );
  }
  return threadFailed({ message });
}

function threadFailed(cause: unknown): SimulatorError {
  const { message: why } = cause as { readonly message: string };
  return new SimulatorError(
    'THREAD_FAILED',
    `A thread that makes the landing zone failed: ${why}. Try fewer with --threads; each takes about 200 MB of memory.`,
    { cause },
  );
}
