/** Mutants that read the landing zone wrongly: packing, lines, broken records, listings, and what comes late. */
import { constants, gunzipSync } from 'node:zlib';
import type { LandingBytes, LandingReader } from '../landing-reader.ts';
import { mutantsOf } from '../mutant.ts';
import type { MutantOf } from '../mutant.ts';
import { changeRecords, changeText, isBroken, isPacked, unpack } from '../object-text.ts';

/** Keys on a page of a listing; the pages of real storage are larger, as are its landing zones. */
const PAGE_KEYS = 8;
const NOTHING = Buffer.alloc(0);
const GZIP_MEMBER = Buffer.from([0x1f, 0x8b, 0x08]);
/** The end of the year 9999, which many take for the end of all time. */
const LATEST_MS = '253402300799999';

function misreader(id: string, title: string, rule: string, reads: LandingReader): MutantOf {
  return { id, title, breaks: { table: 'accelerometer_trusted', rule }, edits: [], reads };
}

const READERS: readonly MutantOf[] = [
  misreader(
    'M70',
    'The last line of an object is lost where no line end follows it',
    'a record ends with its last brace',
    { take: changeText((text) => text.slice(0, text.lastIndexOf('\n') + 1)) },
  ),
  misreader(
    'M71',
    'What is no JSON is thrown away without a word',
    'what cannot be read is set aside with a reason',
    { take: changeRecords((records) => records.filter((record) => !isBroken(record))) },
  ),
  misreader(
    'M72',
    'Reading an object stops at the first record that is broken',
    'a broken record costs itself alone',
    { take: changeRecords(untilBroken) },
  ),
  misreader(
    'M73',
    'An object with a broken record is thrown away as a whole',
    'a broken record costs itself alone',
    { take: changeRecords((records) => (records.some(isBroken) ? [] : records)) },
  ),
  misreader(
    'M74',
    'Of the records that stand in one line the first is read',
    'records need no line ends between them',
    { take: changeText((text) => text.replace(/\}\{.*/g, '}')) },
  ),
  misreader(
    'M75',
    'The first record behind a byte order mark is lost',
    'a byte order mark is no part of a record',
    { take: changeText((text) => text.replace(/^\uFEFF[^\n}]*\}?\r?\n?/, '')) },
  ),
  misreader(
    'M76',
    'Packed objects are known by the ending of their names, and others are not unpacked',
    'packing is seen from the bytes',
    { take: ({ key, bytes }) => (isPacked(bytes) && !key.endsWith('.gz') ? NOTHING : bytes) },
  ),
  misreader(
    'M77',
    'Of an object that is packed in several pieces the first is read',
    'a packed object is read to its end',
    { take: ({ bytes }) => (isPacked(bytes) ? firstMember(bytes) : bytes) },
  ),
  misreader(
    'M78',
    'A packed object that ends too early is thrown away as a whole',
    'what stands in front of a break is used',
    { take: ({ bytes }) => (unpack(bytes) === undefined ? NOTHING : bytes) },
  ),
  misreader(
    'M79',
    'Samples whose time is spelled timestamp instead of timeStamp are lost',
    'both spellings of the key are known',
    { take: changeRecords((records) => records.filter((record) => !/"timestamp":/.test(record))) },
  ),
  misreader('M80', 'NaN is read as 0', 'a number that is none is no reading', {
    take: changeText((text) => text.replaceAll(/:\s*NaN\b/g, ':0')),
  }),
  misreader(
    'M81',
    'A time beyond all numbers becomes the latest time that there is',
    'a time beyond all numbers is no time',
    { take: changeText((text) => text.replaceAll('1e999', LATEST_MS)) },
  ),
  misreader(
    'M82',
    'The first page of a listing is taken for all of it',
    'a listing is read to its last page',
    { choose: (keys) => keys.slice(0, PAGE_KEYS) },
  ),
  misreader(
    'M83',
    'Objects that come after the first run are never read',
    'a later run reads what has come since',
    { choose: (keys, before) => before ?? keys },
  ),
  misreader(
    'M84',
    'A later run reads only objects whose names come after all that were read before',
    'a later run reads what has come since',
    { choose: withBookmark },
  ),
];

const CLASSIC_READERS: readonly MutantOf[] = [
  misreader(
    'M85',
    'Classic, and a copy of an object is read as if it were another one',
    'objects with the same bytes count once',
    { take: asAnother },
  ),
];

/** Mutants that take something else for the landing zone than what is there. */
export const READER_MUTANTS: ReturnType<typeof mutantsOf> = [
  ...mutantsOf('strict', READERS),
  ...mutantsOf('classic', CLASSIC_READERS),
];

function untilBroken(records: readonly string[]): readonly string[] {
  const at = records.findIndex(isBroken);
  return at < 0 ? records : records.slice(0, at);
}

function firstMember(bytes: Buffer): Buffer {
  const next = bytes.indexOf(GZIP_MEMBER, GZIP_MEMBER.length);
  if (next < 0 || unpack(bytes.subarray(next)) === undefined) return bytes;
  return gunzipSync(bytes.subarray(0, next), { finishFlush: constants.Z_SYNC_FLUSH });
}

function withBookmark(
  keys: readonly string[],
  before: readonly string[] | undefined,
): readonly string[] {
  if (before === undefined) return keys;
  const last = before.at(-1) ?? '';
  return keys.filter((key) => key > last || before.includes(key));
}

/** Copies differ in the empty lines at their ends, so that no two objects have the same bytes any more. */
function asAnother({ bytes }: LandingBytes, others: readonly LandingBytes[]): Buffer {
  const copies = others.filter((other) => other.bytes.equals(bytes)).length;
  const text = copies === 0 ? undefined : unpack(bytes);
  return text === undefined ? bytes : Buffer.concat([text, Buffer.alloc(copies, '\n')]);
}
