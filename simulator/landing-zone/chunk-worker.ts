/** A thread that makes pieces of a landing zone, one for every message, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { ChunkMaker } from './chunk-maker.ts';
import type { ChunkFile, ChunkSettings } from './chunk-maker.ts';
import type { LandingChunk } from './core/landing-chunks.ts';

/** What a thread answers to a piece: its files, or why there are none. */
export type ChunkAnswer =
  | { readonly files: readonly ChunkFile[] }
  | { readonly failure: { readonly code: string; readonly message: string } };

const maker = new ChunkMaker(workerData as ChunkSettings);

parentPort?.on('message', (chunk: LandingChunk) => parentPort?.postMessage(answer(chunk)));

function answer(chunk: LandingChunk): ChunkAnswer {
  try {
    return { files: maker.make(chunk) };
  } catch (error) {
    // A class of errors does not survive the way to another thread; its code and its message do.
    const { code = '', message } = error as NodeJS.ErrnoException;
    return { failure: { code, message } };
  }
}
