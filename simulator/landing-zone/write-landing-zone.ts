/** Writes a landing zone of any size with its truth. */
import type { LandingTableName, Place } from '../../pipeline/index.ts';
import { openStorage } from '../../pipeline/index.ts';
import type { ChunkFile } from './chunk-maker.ts';
import { makeChunks } from './chunk-threads.ts';
import { estimateLandingBytes } from './core/landing-bytes.ts';
import { landingChunks } from './core/landing-chunks.ts';
import type { LandingObjectKind } from './core/landing-columns.ts';
import type { LandingFormat } from './core/landing-keys.ts';
import type { LandingSpec } from './core/landing-spec.ts';
import { householdCount } from './core/landing-spec.ts';
import { LandingPlace } from './landing-place.ts';

/** How far the work is. */
export interface LandingZoneProgress {
  /** Of all households, 0–1. */
  readonly share: number;
  /** Rows of landing tables that are stored. */
  readonly rows: number;
}

/** What to write, and where. */
export interface LandingZoneOptions {
  readonly spec: LandingSpec;
  readonly seed: number;
  readonly out: Place;
  readonly format: LandingFormat;
  readonly threads: number;
  /** About how many rows of phones and trainers come together in the objects of one piece; 660,000 if absent. */
  readonly chunkRows?: number;
  /** Whether a generated landing zone that is there is replaced. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LandingZoneProgress) => void;
}

/** What was written. */
export interface LandingZoneSummary {
  readonly customers: number;
  readonly rows: Readonly<Record<LandingTableName, number>>;
  /** Rows of the truth. */
  readonly truth: Readonly<Record<'customers' | 'sessions', number>>;
  readonly objects: number;
  readonly bytes: number;
}

/**
 * Writes the objects of all tables and of the truth. The same spec, seed and format give the same objects, byte for byte,
 * whatever the number of threads. Memory does not grow with the number of customers. When this fails or is aborted,
 * nothing that it wrote stays.
 *
 * @throws SimulatorError LANDING_ZONE_OTHER, LANDING_ZONE_EXISTS, LANDING_ZONE_UNWRITABLE, LANDING_ZONE_LEFT, DISK_FULL,
 *   THREAD_FAILED; PipelineError of the storage; the reason of `signal`
 */
export async function writeLandingZone(options: LandingZoneOptions): Promise<LandingZoneSummary> {
  const { spec, seed, out, format, threads, force = false, onProgress } = options;
  const signal = options.signal ?? new AbortController().signal;
  const chunks = landingChunks(spec, options.chunkRows);
  const objects = estimateLandingBytes(spec, format);
  // Each thread has one piece in the making and one on its way.
  const scratch = Math.ceil(objects * Math.min(1, (2 * threads) / chunks.length));
  const storage = openStorage(out);
  try {
    const room = { objects, scratch };
    const place = await LandingPlace.claim(out, storage, { force, room, signal });
    try {
      const count = new Count(householdCount(spec));
      await makeChunks({
        settings: { spec, seed, format, folder: place.scratch },
        chunks,
        threads,
        signal,
        onFiles: async ({ households }, files) => {
          for (const { path, key } of files) await place.store(path, key, signal);
          const progress = count.add(households, files);
          onProgress?.(progress);
        },
      });
      place.keep();
      return { customers: spec.customers, ...count.summary() };
    } catch (error) {
      await place.discard(error);
      throw error;
    }
  } finally {
    storage.close();
  }
}

class Count {
  readonly #households: number;
  readonly #rows: Record<LandingObjectKind, number> = {
    customer_landing: 0,
    accelerometer_landing: 0,
    step_trainer_landing: 0,
    customers: 0,
    sessions: 0,
  };
  #done = 0;
  #objects = 0;
  #bytes = 0;

  constructor(households: number) {
    this.#households = households;
  }

  add(households: number, files: readonly ChunkFile[]): LandingZoneProgress {
    this.#done += households;
    for (const { kind, rows, bytes } of files) {
      this.#rows[kind] += rows;
      this.#bytes += bytes;
      this.#objects++;
    }
    const { customer_landing, accelerometer_landing, step_trainer_landing } = this.#rows;
    const rows = customer_landing + accelerometer_landing + step_trainer_landing;
    return { share: this.#done / this.#households, rows };
  }

  summary(): Omit<LandingZoneSummary, 'customers'> {
    const { customers, sessions, ...rows } = this.#rows;
    return { rows, truth: { customers, sessions }, objects: this.#objects, bytes: this.#bytes };
  }
}
