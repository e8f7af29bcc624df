/** Where a reading stands in the landing zone and in quarantine: object, line and bytes. */
import { join, relative, sep } from 'node:path';
import { decodeQuarantinedBytes } from '../../bridge/index.ts';
import type { Truth } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { accelerationKey, distanceKey } from '../evidence/landed.ts';
import { listFiles, readUnpacked } from '../evidence/ndjson-files.ts';
import type { JsonRow } from '../evidence/ndjson-files.ts';
import type { LifeStage } from './life.ts';
import type { PersonalView } from './personal-view.ts';

/** What is looked for in the folder of a landing zone. */
export interface LandingSearch {
  readonly landing: string;
  readonly evidence: Evidence;
  readonly truth: Truth;
  /** Lines that arrived with the reading in them, as a receiver cuts them. */
  readonly arrived: readonly string[];
  readonly view: PersonalView;
}

/** The rows that a reading became, and the entries of quarantine that hold its bytes. */
export async function tellLanding(search: LandingSearch): Promise<LifeStage[]> {
  const rows = await findRows(search);
  const refused = await findRefused(search);
  if (rows.length > 0 || refused.length > 0) return [...refused, ...rows];
  return [{ stage: 'landing', text: tellAbsence(search) }];
}

function tellAbsence({ evidence, truth }: LandingSearch): string {
  if (sortIntoBins(evidence)[truth.id] === 'lostByDirt') {
    const kind = truth.kind === 'distance' ? 'step_trainer_landing' : 'accelerometer_landing';
    const damaged = (evidence.dirt?.objects ?? [])
      .filter(({ table, lostLines }) => table === kind && lostLines.size > 0)
      .map(({ key, kinds }) => `landing/${key} (${kinds.join(', ')})`);
    const [only = 'an object', ...others] = damaged;
    const place =
      others.length === 0 ? `in ${only}` : `in one of these: ${[only, ...others].join(', ')}`;
    return `It landed, and its place was damaged afterwards, so that nobody can read it: ${place}.`;
  }
  return evidence.landed.readings.has(truth.id)
    ? 'It landed, in an object that is not plain lines of JSON any more.'
    : 'It is neither in landing nor in quarantine.';
}

async function findRows({ landing, evidence, truth, view }: LandingSearch): Promise<LifeStage[]> {
  const table = truth.kind === 'distance' ? 'step_trainer_landing' : 'accelerometer_landing';
  const found: LifeStage[] = [];
  for await (const { place, row } of readLines(landing, table)) {
    if (truthOf(evidence, truth, row)?.id !== truth.id) continue;
    const time = Number(row[truth.kind === 'distance' ? 'sensorReadingTime' : 'timeStamp']);
    const offMs = time - truth.atMs;
    const off = offMs === 0 ? 'to the ms' : `${Math.abs(offMs)} ms ${offMs > 0 ? 'late' : 'early'}`;
    found.push({ stage: 'landing', text: `It lands, ${off}:`, place, row: view.row(row) });
  }
  return found;
}

function truthOf({ landed }: Evidence, { kind }: Truth, row: JsonRow): Truth | undefined {
  return kind === 'distance'
    ? landed.distanceByKey.get(distanceKey(row))
    : landed.accelerationByKey.get(accelerationKey(String(row['user']), row));
}

async function findRefused({ landing, truth, arrived }: LandingSearch): Promise<LifeStage[]> {
  const found: LifeStage[] = [];
  if (truth.kind !== 'distance') return found;
  const folder = join('quarantine', 'step_trainer_landing');
  for await (const { place, row } of readLines(landing, folder)) {
    const bytes = decodeQuarantinedBytes(row['encoding'], String(row['original']));
    if (!arrived.includes(Buffer.from(bytes).toString('latin1'))) continue;
    const { reason, rule, source, position } = row;
    const broken = typeof rule === 'string' ? `, rule ${rule}` : '';
    found.push({
      stage: 'landing',
      ...(typeof row['arrivedAt'] === 'number' && { atMs: row['arrivedAt'] }),
      text: `The bridge puts the line into quarantine: ${String(reason)}${broken} (line ${String(position)} of ${String(source)}).`,
      place,
    });
  }
  return found;
}

/** The rows of plain lines; what is no JSON is passed over. */
async function* readLines(
  landing: string,
  folder: string,
): AsyncGenerator<{ readonly place: string; readonly row: JsonRow }> {
  for (const path of await listFiles(join(landing, folder))) {
    const object = relative(landing, path).split(sep).join('/');
    const text = await readUnpacked(path).catch(() => '');
    for (const [index, line] of text.split('\n').entries()) {
      const row = parseRow(line);
      if (row !== undefined) yield { place: `landing/${object}:${index + 1}`, row };
    }
  }
}

function parseRow(line: string): JsonRow | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? (value as JsonRow) : undefined;
  } catch {
    return undefined;
  }
}
