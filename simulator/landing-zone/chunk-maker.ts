/** Makes the objects of one piece of a landing zone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededStreams } from '../seeded-random.ts';
import type { LandingChunk } from './core/landing-chunks.ts';
import { LANDING_OBJECTS } from './core/landing-columns.ts';
import type { LandingObjectKind } from './core/landing-columns.ts';
import { drawLandingHousehold } from './core/landing-household.ts';
import { landingKey } from './core/landing-keys.ts';
import type { LandingFormat } from './core/landing-keys.ts';
import { drawTrainerSerial } from './core/landing-person.ts';
import type { LandingHousehold } from './core/landing-rows.ts';
import type { LandingSpec } from './core/landing-spec.ts';
import { ObjectBuilders } from './object-builders.ts';

/** What every piece of a landing zone is made with. */
export interface ChunkSettings {
  readonly spec: LandingSpec;
  readonly seed: number;
  readonly format: LandingFormat;
  /** Where the files go until they are stored. */
  readonly folder: string;
}

/** A file that is ready to be stored under its key. */
export interface ChunkFile {
  readonly kind: LandingObjectKind;
  readonly path: string;
  readonly key: string;
  readonly rows: number;
  readonly bytes: number;
}

/** Makes pieces, one after the other. Throws what the file system throws. */
export class ChunkMaker {
  readonly #settings: ChunkSettings;
  readonly #builders: ObjectBuilders;
  readonly #pool = new Map<number, string>();

  constructor(settings: ChunkSettings) {
    this.#settings = settings;
    this.#builders = new ObjectBuilders(settings.format);
  }

  /** Writes the files of a piece. A kind without any rows has none. */
  make({ number, firstHousehold, households }: LandingChunk): ChunkFile[] {
    const { spec, seed, format, folder } = this.#settings;
    const streams = seededStreams(seed);
    const serialOf = (household: number): string => {
      const known = this.#pool.get(household) ?? drawTrainerSerial(streams, household);
      this.#pool.set(household, known);
      return known;
    };
    const objects = LANDING_OBJECTS.map((kind) => ({
      kind,
      builder: this.#builders.open(kind),
      rows: 0,
      firstMs: undefined as number | undefined,
    }));
    for (let index = 0; index < households; index++) {
      const household = drawLandingHousehold(spec, firstHousehold + index, streams, serialOf);
      for (const object of objects) {
        object.builder.add(household);
        object.rows += household[object.kind].length;
        object.firstMs ??= firstTime(household, object.kind);
      }
    }
    return objects
      .filter(({ rows }) => rows > 0)
      .map(({ kind, builder, rows, firstMs = 0 }) => {
        const bytes = builder.finish();
        const path = join(folder, `${kind}-${number}`);
        writeFileSync(path, bytes);
        const key = landingKey(kind, { seed, chunk: number, format }, firstMs);
        return { kind, path, key, rows, bytes: bytes.length };
      });
  }
}

/** When the first row of a kind is from; the truth is not partitioned by time. */
function firstTime(household: LandingHousehold, kind: LandingObjectKind): number | undefined {
  if (kind === 'customer_landing') return household[kind][0]?.lastUpdateDate;
  if (kind === 'accelerometer_landing') return household[kind][0]?.timeStamp;
  if (kind === 'step_trainer_landing') return household[kind][0]?.sensorReadingTime;
  return undefined;
}
