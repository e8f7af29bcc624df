/** What the bench of the lake prints of its runs. */
import { ZONE_TABLES } from '../../pipeline/index.ts';

/** What one stage took, as `stedi pipeline run --json` tells it. */
export interface Stage {
  readonly stage: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** What `stedi pipeline run --json` tells, as far as it is printed. */
export interface LakeRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number;
  readonly stages: readonly Stage[];
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
  readonly attribution: Readonly<Record<string, number>>;
}

/** A run that ended well, and of how many customers it was. */
export interface Sized {
  readonly customers: number;
  readonly run: LakeRun;
}

/** Stages that are no models, or models beside attribution: each is told by its name. */
const OWN_LINE: ReadonlySet<string> = new Set([
  'load landing tables',
  ...ZONE_TABLES,
  'ml_pairing',
  'accounting',
  'audit',
  'write zone tables',
  'publish',
]);
/** So many of the models of attribution are told by name. */
const MODELS_NAMED = 5;
/** So many sizes tell how the CPU grows. */
const LARGEST = 3;

type Point = readonly [x: number, y: number];

/** The lines about one run: what it took, the rows that it made, and what its stages took. */
export function describeRun({ customers, run }: Sized): string[] {
  const { seconds, cpuSeconds, peakMemoryBytes, tables, attribution } = run;
  const sessions = Object.entries(attribution).map(([name, count]) => `${number(count)} ${name}`);
  return [
    `${number(customers)} customers: ${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, peak ${number(Math.round(peakMemoryBytes / 1e6))} MB`,
    ...ZONE_TABLES.map(
      (table) => `  ${table.padEnd(28)}${number(tables[table]?.rows ?? 0).padStart(13)} rows`,
    ),
    `  attribution                 ${sessions.join(', ')}`,
    ...groupStages(run.stages).map((stage) => describeStage(stage, cpuSeconds)),
  ];
}

/**
 * By which power of the customers the CPU grows: from each size to the next, and over the largest three (least squares of
 * the logarithms), as starting costs more than the work of the smallest. Less than two sizes have none.
 */
export function describeGrowth(runs: readonly Sized[]): string[] {
  if (runs.length < 2) return [];
  const points = runs.map(({ customers, run }): Point => [
    Math.log(customers),
    Math.log(run.cpuSeconds),
  ]);
  const steps = points.slice(1).map((to, index) => slopeOf([points[index] as Point, to]));
  const largest = slopeOf(points.slice(-LARGEST));
  return [
    `CPU grows as customers^${largest.toFixed(2)} (size by size: ${steps.map((step) => step.toFixed(2)).join(', ')})`,
  ];
}

function slopeOf(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  return mean(([x, y]) => (x - meanX) * (y - meanY)) / mean(([x]) => (x - meanX) * (x - meanX));
}

/** The stages in their order; what belongs to consent and attribution as one, with the costliest of its models below. */
function groupStages(stages: readonly Stage[]): Stage[] {
  const models = stages.filter(({ stage }) => !OWN_LINE.has(stage));
  const costliest = models.toSorted((a, b) => b.cpuSeconds - a.cpuSeconds).slice(0, MODELS_NAMED);
  const sum = (of: (stage: Stage) => number): number =>
    models.reduce((total, stage) => total + of(stage), 0);
  const all: Stage = {
    stage: 'consent and attribution',
    seconds: sum(({ seconds }) => seconds),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
  };
  const named = costliest.map((stage) => ({ ...stage, stage: `  of which ${stage.stage}` }));
  const [load, ...rest] = stages.filter(({ stage }) => OWN_LINE.has(stage));
  return [...(load === undefined ? [] : [load]), all, ...named, ...rest];
}

function describeStage({ stage, seconds, cpuSeconds }: Stage, cpuOfAll: number): string {
  const share = `${((100 * cpuSeconds) / cpuOfAll).toFixed(0)} %`;
  return `  ${stage.padEnd(36)}${seconds.toFixed(2).padStart(9)} s${cpuSeconds.toFixed(2).padStart(9)} s CPU${share.padStart(6)}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
