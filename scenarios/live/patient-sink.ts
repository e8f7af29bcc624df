import { setTimeout as pause } from 'node:timers/promises';
import type { LandingObject, ObjectSink } from '../../bridge/index.ts';

const PAUSE_MS = 500;

/** A sink that tries again while its storage is away, as whoever exports to a bucket does. */
export class PatientSink implements ObjectSink {
  readonly #sink: ObjectSink;
  readonly #ended = new AbortController();

  constructor(sink: ObjectSink) {
    this.#sink = sink;
  }

  /** Rejects only after {@link end}, with what the last attempt failed with. */
  async put(object: LandingObject): Promise<void> {
    for (;;) {
      try {
        return await this.#sink.put(object);
      } catch (cause) {
        if (this.#ended.signal.aborted) throw cause;
        await pause(PAUSE_MS, undefined, { signal: this.#ended.signal }).catch(() => undefined);
      }
    }
  }

  /** What fails from now on has failed for good. */
  end(): void {
    this.#ended.abort();
  }
}
