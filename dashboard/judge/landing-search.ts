/** Finds the row that a reading became among the landing objects, or the line of it that was refused. */
import { decodeQuarantinedBytes } from '../../bridge/index.ts';
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import { accelerationKey, distanceKey, maskRow, readUnpacked } from '../../scenarios/index.ts';
import type { Evidence } from '../../scenarios/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { CopiedObject } from './landing-copy.ts';

type Row = Readonly<Record<string, unknown>>;

/** A line of an object. */
export interface FoundLine {
  /** Key of the object and number of the line, from 1. */
  readonly place: string;
  /** The line as it is, but for e-mails. */
  readonly bytes: string;
}

/** The first row with a reading; `undefined` when no object has one. */
export async function findLandedRow(
  objects: readonly CopiedObject[],
  wanted: { readonly evidence: Evidence; readonly truth: Truth; readonly timeMs: number },
): Promise<FoundLine | undefined> {
  const { evidence, truth, timeMs } = wanted;
  const { landed, world } = evidence;
  const table = truth.kind === 'distance' ? 'step_trainer_landing' : 'accelerometer_landing';
  for await (const { line, place } of linesOf(objects, `${table}/`)) {
    // Most lines are of another time, and need not be read.
    if (!line.includes(String(timeMs))) continue;
    const row = JSON.parse(line) as Row;
    const found =
      truth.kind === 'distance'
        ? landed.distanceByKey.get(distanceKey(row))
        : landed.accelerationByKey.get(accelerationKey(String(row['user']), row));
    if (found?.id !== truth.id) continue;
    return { place, bytes: truth.kind === 'distance' ? line : JSON.stringify(maskRow(world, row)) };
  }
  return undefined;
}

/** The line of a reading in quarantine; `undefined` when there is none, or too little is left of it. */
export async function findRefusedLine(
  objects: readonly CopiedObject[],
  truth: Truth,
): Promise<(FoundLine & { readonly reason: string }) | undefined> {
  if (truth.kind !== 'distance' || truth.boot === undefined) return undefined;
  for await (const { line, place } of linesOf(objects, 'quarantine/step_trainer_landing/')) {
    const row = JSON.parse(line) as Row;
    const bytes = decodeQuarantinedBytes(row['encoding'], String(row['original']));
    const original = Buffer.from(bytes).toString('latin1');
    const decoded = decodeDeviceLine(original);
    if (decoded.kind !== 'reading') continue;
    if (decoded.boot !== truth.boot || decoded.seq !== truth.seq) continue;
    return { place, bytes: original, reason: String(row['reason']) };
  }
  return undefined;
}

async function* linesOf(
  objects: readonly CopiedObject[],
  prefix: string,
): AsyncGenerator<{ readonly line: string; readonly place: string }> {
  for (const { key, path } of objects) {
    if (!key.startsWith(prefix)) continue;
    const lines = (await readUnpacked(path)).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line !== '') yield { line, place: `${key}:${index + 1}` };
    }
  }
}
