/** Names of what a quarantine holds: its objects, their entries, and what was landed again from them. */

/** The tables of what devices send. */
export type ReadingTable = 'accelerometer_landing' | 'step_trainer_landing';

/** An object of a quarantine, by its key. */
export interface QuarantineObject {
  readonly key: string;
  /** The table whose rows its originals would be. */
  readonly table: ReadingTable;
  /** UTC date, as in `2022-06-18`. */
  readonly day: string;
  /** The file name without `.json.gz`; of an object that is not packed, with `.json`. */
  readonly name: string;
}

/** One entry: which line of which object, from 1. */
export interface EntryPlace {
  readonly object: QuarantineObject;
  readonly line: number;
}

/** Where all quarantines lie. */
export const QUARANTINE_PREFIX = 'quarantine/';
/** Where it is noted what was landed again. */
export const REPLAY_PREFIX = 'quarantine-replays/';

const NUMBER_DIGITS = 4;
/**
 * Names are other people's text as soon as a bucket has other writers: only such as a bridge gives are taken. The longest
 * is that of a report of damage, of a bridge id of which every unit is escaped.
 */
const OBJECT =
  /^quarantine\/(accelerometer_landing|step_trainer_landing)\/date=(\d{4}-\d{2}-\d{2})\/([0-9A-Za-z!_-]{1,234})\.json(\.gz)?$/;
const NOTE = /^quarantine-replays\/(.+)-(\d{4,})\.json\.gz$/;
const ENTRY = /^(.+)#([1-9]\d{0,8})$/;

/** What a key says; `undefined` for one that no bridge gives. */
export function parseQuarantineKey(key: string): QuarantineObject | undefined {
  const [, table, day = '', file = '', packed] = OBJECT.exec(key) ?? [];
  if (table === undefined) return undefined;
  const name = packed === undefined ? `${file}.json` : file;
  return { key, table: table as ReadingTable, day, name };
}

/** What an entry is called: `<table>/date=<day>/<file>#<line>`. */
export function entryId({ object, line }: EntryPlace): string {
  return `${object.key.slice(QUARANTINE_PREFIX.length)}#${line}`;
}

/** The entry that an id calls, with or without `quarantine/` in front; `undefined` when it is no id. */
export function parseEntryId(id: string): EntryPlace | undefined {
  const [, path = '', line] = ENTRY.exec(id) ?? [];
  const object = parseQuarantineKey(
    path.startsWith(QUARANTINE_PREFIX) ? path : QUARANTINE_PREFIX + path,
  );
  return object === undefined ? undefined : { object, line: Number(line) };
}

/** Where the notes lie of what was landed again from the objects of a table and day. */
export function replayNoteFolder({ table, day }: QuarantineObject): string {
  return `${REPLAY_PREFIX}${table}/date=${day}/`;
}

/** The key of a note. Those of one object are numbered from 1. */
export function replayNoteKey(object: QuarantineObject, number: number): string {
  return `${replayNoteFolder(object)}${object.name}-${digits(number)}.json.gz`;
}

/** The object and number of a note, by its key; `undefined` for another key. */
export function parseReplayNoteKey(
  key: string,
): { readonly object: QuarantineObject; readonly number: number } | undefined {
  const [, path = '', number] = NOTE.exec(key) ?? [];
  const ending = path.endsWith('.json') ? '' : '.json.gz';
  const object = parseQuarantineKey(QUARANTINE_PREFIX + path + ending);
  return object === undefined ? undefined : { object, number: Number(number) };
}

/** The key of the landing object that a note becomes. */
export function replayLandingKey({ table, day, name }: QuarantineObject, number: number): string {
  return `${table}/date=${day}/${name}-replay-${digits(number)}.json.gz`;
}

function digits(number: number): string {
  return number.toString().padStart(NUMBER_DIGITS, '0');
}
