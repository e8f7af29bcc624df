import { setMaxListeners } from 'node:events';
import type { S3Client } from '@aws-sdk/client-s3';
import { isPassing, s3Failure } from './s3-failure.ts';
import type { S3Place } from './s3-failure.ts';
import { createS3Client } from './s3-client.ts';

/** How patient a session is. */
export interface S3Patience {
  /** How often a call is tried; three times if absent. */
  readonly attempts?: number;
  /** How long a connection may be silent before it is given up; a minute if absent. */
  readonly silenceMs?: number;
}

const ATTEMPTS = 3;
const SILENCE_MS = 60_000;
const PAUSE_MS = 100;

/** A place in a bucket with a client for it: tries calls again, and puts failures into our words. */
export class S3Session {
  readonly place: S3Place;
  readonly client: S3Client;
  readonly #attempts: number;

  constructor(place: S3Place, { attempts = ATTEMPTS, silenceMs = SILENCE_MS }: S3Patience = {}) {
    this.place = place;
    this.#attempts = attempts;
    // Calls are tried again here and not in the client: it cannot read a file again from its beginning.
    const { endpoint, credentials } = place;
    this.client = createS3Client(endpoint, {
      maxAttempts: 1,
      silenceMs,
      ...(credentials !== undefined && { credentials }),
    });
  }

  /** Bucket and full key of an object, as commands take them. */
  at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.place.bucket, Key: this.place.prefix + key };
  }

  /**
   * Makes a call, which must do no harm when it is made again; `attempt` counts from 1.
   * @throws PipelineError STORAGE_UNREACHABLE, STORAGE_REFUSED
   */
  async call<T>(
    signal: AbortSignal | undefined,
    make: (options: { readonly abortSignal?: AbortSignal }, attempt: number) => Promise<T>,
  ): Promise<T> {
    const options = signal === undefined ? {} : { abortSignal: signal };
    // Every call that runs listens; by default, more than ten at once would be taken for a leak.
    if (signal !== undefined) setMaxListeners(0, signal);
    for (let attempt = 1; ; attempt++) {
      try {
        signal?.throwIfAborted();
        return await make(options, attempt);
      } catch (cause) {
        if (signal?.aborted) throw cause;
        if (attempt >= this.#attempts || !isPassing(cause)) throw s3Failure(this.place, cause);
        await pause(PAUSE_MS * 2 ** attempt);
      }
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
