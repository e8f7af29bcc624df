/** Makes a landing zone dirty, and says exactly what of it can still be read. */
import { writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { LandingTableName } from '../../../pipeline/index.ts';
import type { Random, RandomStreams } from '../../../simulator/index.ts';
import { listFiles, readUnpacked } from '../../evidence/ndjson-files.ts';
import type { ScenarioDirt } from '../../schema/index.ts';
import { RECORD_DIRT } from '../../schema/index.ts';
import type { OBJECT_DIRT } from '../../schema/index.ts';
import { soilRecord } from './dirt-records.ts';
import type { RecordDirt } from './dirt-records.ts';
import { cleanLayout, renderFile } from './landing-file.ts';
import type { BrokenPiece, FileLayout, FileRecord } from './landing-file.ts';

/** An object of the landing zone with what was done to it. `key` is its path below the landing zone, with `/`. */
export interface DirtyObject {
  readonly key: string;
  /** The keys of all objects with exactly these bytes, its own among them: a reader may take them for one. */
  readonly sameAs: readonly string[];
  readonly table: LandingTableName;
  readonly kinds: readonly ScenarioDirt['kind'][];
  /** What of it has to be in the quarantine of whoever reads it; of equal objects the first one has it all. */
  readonly pieces: readonly BrokenPiece[];
  /** The lines that the bridge wrote and nobody can read any more, by number from 0. */
  readonly lostLines: ReadonlySet<number>;
  /** The lines that it has besides. */
  readonly soundLines: number;
}

/** What is known of a dirty landing zone. */
export interface LandingDirt {
  readonly objects: readonly DirtyObject[];
  /** Keys of objects that are not there yet when the pipeline runs for the first time. */
  readonly late: readonly string[];
}

/** Lines of a foreign object: each becomes an entry of the quarantine. */
const FOREIGN_LINES = 3;

interface OpenFile {
  readonly key: string;
  readonly table: LandingTableName;
  readonly records: FileRecord[];
  readonly layout: FileLayout;
  readonly kinds: Set<ScenarioDirt['kind']>;
}

interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly object: DirtyObject;
}

interface Addition {
  readonly file: OpenFile;
  readonly kind: 'empty' | 'duplicate-object' | 'foreign-object';
  /** Position in the list of dirt: names are told apart by it. */
  readonly index: number;
}

type ObjectDirt = keyof typeof OBJECT_DIRT;

/** A dirty landing zone before it is written. */
export interface PlannedDirt extends LandingDirt {
  /** True for a line that the bridge wrote, by the path of its file and its number, if it can still be read. */
  readonly isReadable: (path: string, line: number) => boolean;
  /** Writes it over the clean one. */
  readonly write: () => Promise<void>;
}

/** Decides what becomes of a landing folder that holds what the bridge wrote. Nothing is written yet. */
export async function planDirt(
  folder: string,
  dirt: readonly ScenarioDirt[],
  streams: RandomStreams,
): Promise<PlannedDirt> {
  const files = await openFiles(folder);
  const additions: Addition[] = [];
  for (const [index, item] of dirt.entries()) {
    const random = streams(`landing/dirt:${index}/${item.kind}`);
    const { kind } = item;
    if (isOfRecords(kind)) soilRecords(files, { ...item, kind }, random);
    else {
      for (const file of choose(files.filter(isOf(item.table)), item, random)) {
        if (isAddition(kind)) additions.push({ file, kind, index });
        else soilObject(file, kind, random);
      }
    }
  }
  const changed = files.filter(({ kinds }) => kinds.size > 0).map(toWritten);
  const added = additions.map((addition) => addBeside(addition, files));
  const written = joinEqual([...changed, ...added]);
  const lostOf = new Map(changed.map(({ object }) => [object.key, object.lostLines]));
  return {
    objects: written.map(({ object }) => object),
    late: files.filter(({ kinds }) => kinds.has('late-object')).map(({ key }) => key),
    isReadable: (path, line) => lostOf.get(keyOf(folder, path))?.has(line) !== true,
    write: async () => {
      for (const { object, bytes } of written) {
        await writeFile(join(folder, ...object.key.split('/')), bytes);
      }
    },
  };
}

/** Objects of a table with equal bytes have what is broken in them in common: the pipeline reads each content once. */
function joinEqual(files: readonly WrittenFile[]): WrittenFile[] {
  const groups = new Map<string, string[]>();
  const nameOf = ({ bytes, object }: WrittenFile): string =>
    `${object.table}\n${Buffer.from(bytes).toString('latin1')}`;
  for (const file of files) {
    const group = groups.get(nameOf(file)) ?? [];
    groups.set(nameOf(file), [...group, file.object.key]);
  }
  return files.map((file) => {
    const { key, pieces } = file.object;
    const sameAs = groups.get(nameOf(file)) ?? [key];
    const isFirst = sameAs[0] === key;
    return { ...file, object: { ...file.object, sameAs, pieces: isFirst ? pieces : [] } };
  });
}

async function openFiles(folder: string): Promise<OpenFile[]> {
  const files: OpenFile[] = [];
  for (const path of await listFiles(folder)) {
    const key = keyOf(folder, path);
    const table = /^(customer|accelerometer|step_trainer)_landing(?=\/)/.exec(key)?.[0];
    if (table === undefined) continue;
    const lines = (await readUnpacked(path)).split('\n').filter((line) => line !== '');
    files.push({
      key,
      table: table as LandingTableName,
      records: lines.map((text, line) => ({ line, text })),
      layout: cleanLayout(),
      kinds: new Set(),
    });
  }
  return files;
}

function keyOf(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

function isOf(table: LandingTableName): (file: OpenFile) => boolean {
  return (file) => file.table === table;
}

function toWritten({ key, table, kinds, records, layout }: OpenFile): WrittenFile {
  const { bytes, pieces, lostLines } = renderFile(records, layout);
  const soundLines = records.length - lostLines.size;
  const object = { key, sameAs: [key], table, kinds: [...kinds], pieces, lostLines, soundLines };
  return { bytes, object };
}

function soilRecords(
  files: readonly OpenFile[],
  item: ScenarioDirt & { kind: RecordDirt },
  random: Random,
): void {
  const { kind, table } = item;
  const all = files
    .filter(isOf(table))
    .flatMap((file) => file.records.map((record) => ({ file, record })));
  for (const { file, record } of choose(all, item, random)) {
    if (soilRecord(kind, table, record)) file.kinds.add(kind);
  }
}

/** Each with a probability, or as many as are wanted. */
function choose<Item>(
  items: readonly Item[],
  { rate, count }: Pick<ScenarioDirt, 'rate' | 'count'>,
  random: Random,
): Item[] {
  if (count === undefined) return items.filter(() => random.next() < (rate ?? 1));
  const drawn = items.map((item, index) => ({ item, index, draw: random.next() }));
  return drawn
    .toSorted((left, right) => left.draw - right.draw)
    .slice(0, count)
    .toSorted((left, right) => left.index - right.index)
    .map(({ item }) => item);
}

function isOfRecords(kind: ScenarioDirt['kind']): kind is RecordDirt {
  return kind in RECORD_DIRT;
}

function isAddition(kind: ScenarioDirt['kind']): kind is Addition['kind'] {
  return kind === 'empty' || kind === 'duplicate-object' || kind === 'foreign-object';
}

/** The object that is put beside another one, into the same folder. */
function addBeside({ file, kind, index }: Addition, files: readonly OpenFile[]): WrittenFile {
  const { table } = file;
  const key = file.key.replace(/(\.json(?:\.gz)?)$/, `-${kind}-${index}$1`);
  const none = {
    key,
    sameAs: [key],
    table,
    kinds: [kind],
    lostLines: new Set<number>(),
    soundLines: 0,
  };
  if (kind === 'empty') return { bytes: new Uint8Array(0), object: { ...none, pieces: [] } };
  if (kind === 'duplicate-object') {
    const { bytes, object } = toWritten(file);
    return { bytes, object: { ...object, key, kinds: [...object.kinds, kind] } };
  }
  const others = files.find((other) => other.table !== table)?.records ?? [];
  const records = others.filter(({ damage }) => damage === undefined).slice(0, FOREIGN_LINES);
  const pieces = records.map(({ text }) => ({ original: text, about: /missing/ }));
  return { bytes: renderFile(records, cleanLayout()).bytes, object: { ...none, pieces } };
}

function soilObject(
  { layout, kinds }: OpenFile,
  kind: Exclude<ObjectDirt, Addition['kind']>,
  random: Random,
): void {
  kinds.add(kind);
  switch (kind) {
    case 'cut':
      layout.cutAt = random.next();
      break;
    case 'gzip':
      layout.packing = 'gzip';
      break;
    case 'gzip-pieces':
      layout.packing = 'gzip-pieces';
      break;
    case 'gzip-cut':
      layout.packing = 'gzip';
      layout.packedShare = 0.3 + 0.6 * random.next();
      break;
    case 'concatenated':
      layout.separator = '';
      break;
    case 'crlf':
      layout.separator = '\r\n';
      break;
    case 'bom':
      layout.hasByteOrderMark = true;
      break;
    case 'late-object':
      break;
  }
}
