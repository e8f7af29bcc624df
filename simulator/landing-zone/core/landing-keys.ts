/** The names of what is written, laid out as a bridge lays out its objects (docs/landing-objects.md). */
import { LANDING_OBJECTS } from './landing-columns.ts';
import type { LandingObjectKind } from './landing-columns.ts';

/** How rows are written. */
export const LANDING_FORMATS = ['ndjson.gz', 'ndjson', 'parquet'] as const;
/** One of {@link LANDING_FORMATS}. */
export type LandingFormat = (typeof LANDING_FORMATS)[number];

/** The folder of the truth, beside those of the landing tables. */
export const TRUTH_FOLDER = 'truth';
/** Where files of a folder are made before they get their names. */
export const SCRATCH_FOLDER = '.stedi-generate';

const ENDING: Readonly<Record<LandingFormat, string>> = {
  'ndjson.gz': 'json.gz',
  ndjson: 'json',
  parquet: 'parquet',
};
const OURS = new RegExp(
  String.raw`^(?:(?:customer|accelerometer|step_trainer)_landing/date=\d{4}-\d\d-\d\d|${TRUTH_FOLDER}/(?:customers|sessions))` +
    String.raw`/(?:generate-\d+-\d{10}\.(?:json|json\.gz|parquet)|\.[0-9a-f]{24}\.part)$`,
);

/** All that lies at the top of a landing zone that was generated, or is being generated. */
export const LANDING_FOLDERS: readonly string[] = [
  ...new Set(LANDING_OBJECTS.map((kind) => folderOf(kind))),
  SCRATCH_FOLDER,
];

/** The key of an object; `firstMs` is the time of its first row, whose UTC day a landing table is partitioned by. */
export function landingKey(
  kind: LandingObjectKind,
  {
    seed,
    chunk,
    format,
  }: { readonly seed: number; readonly chunk: number; readonly format: LandingFormat },
  firstMs: number,
): string {
  const name = `generate-${seed}-${chunk.toString().padStart(10, '0')}.${ENDING[format]}`;
  if (isTruth(kind)) return `${TRUTH_FOLDER}/${kind}/${name}`;
  return `${kind}/date=${new Date(firstMs).toISOString().slice(0, 10)}/${name}`;
}

/** Whether a key has the shape of {@link landingKey}, or is what a killed process left beside one. */
export function isLandingKey(key: string): boolean {
  return OURS.test(key) || key.startsWith(`${SCRATCH_FOLDER}/`);
}

function folderOf(kind: LandingObjectKind): string {
  return isTruth(kind) ? TRUTH_FOLDER : kind;
}

function isTruth(kind: LandingObjectKind): boolean {
  return kind === 'customers' || kind === 'sessions';
}
