/** A landing object that gets dirty: its records, and the way in which they become bytes. */
import { constants, gunzipSync, gzipSync } from 'node:zlib';

/** A place that nobody can read. It has to be in the quarantine of whoever tries. */
export interface BrokenPiece {
  /** The bytes as text; `undefined` where packed data ends, as nobody can say which of its bytes are the damage. */
  readonly original: string | undefined;
  /** What the reason has to speak of. */
  readonly about: RegExp;
}

/** One record of an object. `line` is its number in the object that the bridge wrote. */
export interface FileRecord {
  readonly line: number;
  text: string;
  /** Why nobody can read it; absent as long as it is whole. */
  damage?: RegExp;
}

/** How records become text, and text becomes bytes. */
export interface FileLayout {
  separator: '\n' | '\r\n' | '';
  hasByteOrderMark: boolean;
  /** The place in the records, 0–1, at which the text ends, in the middle of a record. */
  cutAt: number | undefined;
  packing: 'none' | 'gzip' | 'gzip-pieces';
  /** The share of the packed bytes that is there. */
  packedShare: number;
}

/** What became of an object. */
export interface RenderedFile {
  readonly bytes: Uint8Array;
  /** Lines of the original that can be read no more. */
  readonly lostLines: ReadonlySet<number>;
  readonly pieces: readonly BrokenPiece[];
}

const CUT_OFF = /cut off|broken/;
const PACKED = /compressed/;

/** A layout as the bridge writes. */
export function cleanLayout(): FileLayout {
  return {
    separator: '\n',
    hasByteOrderMark: false,
    cutAt: undefined,
    packing: 'none',
    packedShare: 1,
  };
}

/** Makes the bytes, and tells what of them nobody can read. */
export function renderFile(records: readonly FileRecord[], layout: FileLayout): RenderedFile {
  const { separator, hasByteOrderMark, packing, packedShare, cutAt } = layout;
  const mark = hasByteOrderMark ? '\uFEFF' : '';
  const cut = cutRecords(records, cutAt);
  const text = cut.kept.map((record) => `${record.text}${separator}`).join('');
  const bytes = Buffer.from(`${mark}${text}${cut.piece}`);
  if (packing !== 'none' && packedShare < 1) {
    const packed = gzipSync(bytes, { level: 6 });
    const there = packed.subarray(0, Math.floor(packed.length * packedShare));
    return cutPacked(there, cut, mark);
  }
  const damaged = cut.kept.filter(isDamaged);
  const pieces = damaged.map(toPiece);
  if (cut.piece !== '') pieces.push({ original: cut.piece, about: CUT_OFF });
  const lostLines = new Set([...cut.lost, ...damaged.map(({ line }) => line)]);
  return { bytes: pack(bytes, packing), lostLines, pieces };
}

function pack(bytes: Buffer, packing: FileLayout['packing']): Uint8Array {
  if (packing === 'none') return bytes;
  const middle = packing === 'gzip' ? bytes.length : bytes.length >> 1;
  const parts = [bytes.subarray(0, middle), bytes.subarray(middle)];
  return Buffer.concat(
    parts.filter(({ length }) => length > 0).map((part) => gzipSync(part, { level: 6 })),
  );
}

function toPiece({ text, damage }: FileRecord): BrokenPiece {
  return { original: text, about: damage as RegExp };
}

function isDamaged({ damage }: FileRecord): boolean {
  return damage !== undefined;
}

/** What is left when the text ends in the middle of a record. */
interface CutRecords {
  readonly kept: readonly FileRecord[];
  /** What is left of the record that is cut. */
  readonly piece: string;
  readonly lost: readonly number[];
}

function cutRecords(records: readonly FileRecord[], at: number | undefined): CutRecords {
  if (at === undefined || records.length === 0) return { kept: records, piece: '', lost: [] };
  const index = Math.min(records.length - 1, Math.floor(at * records.length));
  const { text } = records[index] as FileRecord;
  const lost = records.slice(index).map(({ line }) => line);
  return { kept: records.slice(0, index), piece: text.slice(0, text.length >> 1), lost };
}

/** What can still be unpacked counts, up to the last record that is whole in it. */
function cutPacked(bytes: Uint8Array, { kept, lost }: CutRecords, mark: string): RenderedFile {
  const unpacked = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
  const lostLines = new Set(lost);
  const pieces: BrokenPiece[] = [];
  let end = mark.length;
  for (const record of kept) {
    const at = unpacked.indexOf(record.text, end);
    const isThere = at >= 0;
    end = isThere ? at + record.text.length : unpacked.length;
    if (!isThere || isDamaged(record)) lostLines.add(record.line);
    if (isThere && isDamaged(record)) pieces.push(toPiece(record));
  }
  return { bytes, lostLines, pieces: [...pieces, { original: undefined, about: PACKED }] };
}
