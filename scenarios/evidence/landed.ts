/** What landed, held against the truth: which reading became which rows, and which rows nobody made. */
import { join } from 'node:path';
import { decodeQuarantinedBytes } from '../../bridge/index.ts';
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import { TABLES } from '../../pipeline/index.ts';
import type { LandingTableName } from '../../pipeline/index.ts';
import type { Truth, TruthAcceleration, TruthDistance, World } from '../../simulator/index.ts';
import { maskRow } from './masked-row.ts';
import { readRows } from './ndjson-files.ts';
import { DistanceIndex } from './distance-index.ts';
import type { ChooseLine, JsonRow } from './ndjson-files.ts';
import { findShapeFaults } from './row-shape.ts';
import type { ShapeFault } from './row-shape.ts';

/** The rows that one reading became, and the times that they carry in epoch ms. */
export interface LandedReading {
  rows: number;
  readonly timeMs: number;
}

/** The landing zone as the truth sees it. */
export interface Landed {
  /** By truth id. */
  readonly readings: ReadonlyMap<number, LandedReading>;
  /** Rows that no body made: damaged on the way and still taken for whole. */
  readonly unexpectedRows: number;
  /** The first {@link LANDED_ROWS_KEPT} of them. */
  readonly unexpected: readonly LandedRow[];
  /** Rows of the two reading tables. */
  readonly rows: number;
  readonly misshapen: MisshapenRows;
  /** Ids of readings that landed and that nobody can read any more: all their rows are in damaged places. */
  readonly lostByDirt: ReadonlySet<number>;
  /** Ids of readings that arrived whole and were put into quarantine. */
  readonly quarantined: ReadonlySet<number>;
  /** The lines of serial ports in quarantine, byte for byte, and how often each is there. */
  readonly refusedLines: ReadonlyMap<string, number>;
  /** The reading that a landed trainer row stands for, by {@link distanceKey}. */
  readonly distanceByKey: ReadonlyMap<string, TruthDistance>;
  /** The sample that a landed phone row stands for, by {@link accelerationKey}. */
  readonly accelerationByKey: ReadonlyMap<string, TruthAcceleration>;
}

/** How many rows of a kind are kept for reports. */
const LANDED_ROWS_KEPT = 20;

/** A row as it landed; what is personal in it is replaced by words. */
export interface LandedRow {
  readonly table: LandingTableName;
  readonly row: JsonRow;
}

/** Rows of a landing table that have not the columns or types of the catalog. */
export interface MisshapenRows {
  /** Rows of all three landing tables. */
  readonly checked: number;
  readonly rows: number;
  /** The first {@link LANDED_ROWS_KEPT} of them with what is wrong. */
  readonly first: readonly (LandedRow & { readonly faults: readonly ShapeFault[] })[];
}

/** What makes a trainer row the same row wherever it appears. */
export function distanceKey(row: JsonRow): string {
  return `${String(row['serialNumber'])}|${String(row['sensorReadingTime'])}|${String(row['distanceFromObject'])}`;
}

/** What makes a phone row the same row wherever it appears, in whatever case its e-mail is spelled. */
export function accelerationKey(user: string, sample: SampleValues): string {
  return `${user.toLowerCase()}|${String(sample.timeStamp)}|${String(sample.x)}|${String(sample.y)}|${String(sample.z)}`;
}

/** The values of a phone sample, in a row or in the truth. */
export interface SampleValues {
  readonly timeStamp?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
  readonly z?: unknown;
}

/**
 * Reads a landing folder that a bridge wrote, and finds the truth behind every row. Lines that `isReadable` says no to will
 * be damaged before anybody reads them: they do not count as landed.
 */
export async function matchLanding(
  folder: string,
  world: World,
  readings: readonly Truth[],
  isReadable?: ChooseLine,
): Promise<Landed> {
  const distances = new DistanceIndex(readings);
  const accelerationByKey = indexAccelerations(world, readings);
  const distanceByKey = new Map<string, TruthDistance>();
  const found = new Map<number, LandedReading>();
  let rows = 0;
  let unexpectedRows = 0;
  const unexpected: LandedRow[] = [];
  const shapes = new ShapeCheck(world);
  const count = (truth: Truth | undefined, timeMs: number, landedRow: LandedRow): void => {
    rows++;
    shapes.check(landedRow);
    if (truth === undefined) {
      unexpectedRows++;
      if (unexpected.length < LANDED_ROWS_KEPT) unexpected.push(maskLanded(world, landedRow));
      return;
    }
    const landed = found.get(truth.id);
    if (landed === undefined) found.set(truth.id, { rows: 1, timeMs });
    else landed.rows++;
  };
  for await (const file of readRows(join(folder, 'step_trainer_landing'), isReadable)) {
    for (const row of file) {
      const truth = distances.find(row);
      if (truth !== undefined) distanceByKey.set(distanceKey(row), truth);
      count(truth, Number(row['sensorReadingTime']), { table: 'step_trainer_landing', row });
    }
  }
  for await (const file of readRows(join(folder, 'accelerometer_landing'), isReadable)) {
    for (const row of file) {
      const key = accelerationKey(String(row['user']), row);
      const truth = accelerationByKey.get(key);
      count(truth, Number(row['timeStamp']), { table: 'accelerometer_landing', row });
    }
  }
  for await (const file of readRows(join(folder, 'customer_landing'))) {
    for (const row of file) shapes.check({ table: 'customer_landing', row });
  }
  const lostByDirt = await findLost(folder, isReadable, (row) =>
    'distanceFromObject' in row
      ? distances.find(row)
      : accelerationByKey.get(accelerationKey(String(row['user']), row)),
  );
  for (const id of found.keys()) lostByDirt.delete(id);
  const refused = await findRefused(folder, readings);
  const misshapen = shapes.result;
  return {
    readings: found,
    unexpectedRows,
    unexpected,
    rows,
    misshapen,
    lostByDirt,
    ...refused,
    distanceByKey,
    accelerationByKey,
  };
}

/** Counts rows that have not the shape of their table. */
class ShapeCheck {
  readonly #world: World;
  readonly #first: MisshapenRows['first'][number][] = [];
  #checked = 0;
  #rows = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get result(): MisshapenRows {
    return { checked: this.#checked, rows: this.#rows, first: this.#first };
  }

  check(landed: LandedRow): void {
    this.#checked++;
    const faults = findShapeFaults(TABLES[landed.table].columns, landed.row, 'json');
    if (faults.length === 0) return;
    this.#rows++;
    if (this.#first.length < LANDED_ROWS_KEPT) {
      this.#first.push({ ...maskLanded(this.#world, landed), faults });
    }
  }
}

function maskLanded(world: World, { table, row }: LandedRow): LandedRow {
  return { table, row: maskRow(world, row) };
}

/** The readings behind lines that cannot be read. */
async function findLost(
  folder: string,
  isReadable: ChooseLine | undefined,
  find: (row: JsonRow) => Truth | undefined,
): Promise<Set<number>> {
  const lost = new Set<number>();
  if (isReadable === undefined) return lost;
  const isLost: ChooseLine = (path, line) => !isReadable(path, line);
  for (const table of ['step_trainer_landing', 'accelerometer_landing']) {
    for await (const file of readRows(join(folder, table), isLost)) {
      for (const row of file) {
        const truth = find(row);
        if (truth !== undefined) lost.add(truth.id);
      }
    }
  }
  return lost;
}

function indexAccelerations(
  world: World,
  readings: readonly Truth[],
): Map<string, TruthAcceleration> {
  const index = new Map<string, TruthAcceleration>();
  for (const truth of readings) {
    if (truth.kind !== 'acceleration') continue;
    const email = world.people[truth.person]?.identity.email ?? '';
    index.set(accelerationKey(email, truth), truth);
  }
  return index;
}

async function findRefused(
  folder: string,
  readings: readonly Truth[],
): Promise<{ readonly quarantined: Set<number>; readonly refusedLines: Map<string, number> }> {
  const byWire = new Map<string, number>();
  for (const truth of readings) {
    if (truth.kind === 'distance' && truth.boot !== undefined) {
      byWire.set(`${truth.boot}|${truth.seq}|${truth.distance}`, truth.id);
    }
  }
  const quarantined = new Set<number>();
  const refusedLines = new Map<string, number>();
  for await (const file of readRows(join(folder, 'quarantine', 'step_trainer_landing'))) {
    for (const row of file) {
      const bytes = decodeQuarantinedBytes(row['encoding'], String(row['original']));
      const original = Buffer.from(bytes).toString('latin1');
      refusedLines.set(original, (refusedLines.get(original) ?? 0) + 1);
      const line = decodeDeviceLine(original);
      if (line.kind !== 'reading') continue;
      const id = byWire.get(`${line.boot}|${line.seq}|${line.distance}`);
      if (id !== undefined) quarantined.add(id);
    }
  }
  return { quarantined, refusedLines };
}
