import {
  closeSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import {
  formatRecordedLine,
  formatRecordingEnd,
  formatRecordingHeader,
  RECORDING_FORMAT,
} from '../core/recording.ts';
import type { RecordedLine, Recording, RecordingHeader } from '../core/recording.ts';
import { readRecording } from '../core/recording-reader.ts';
import { SimulatorError } from '../simulator-error.ts';

/** A day at 9,600 Bd, and what a reader takes into memory at once. */
export const RECORDING_BYTES_MAX: number = 128 * 1024 * 1024;
/** Enough of a file to see whether it is a recording. */
const LOOK_BYTES = 64;

/** A recording that is being written. Until it is finished, it is beside its place under the name `<path>.part`. */
export interface RecordingFile {
  /** How many bytes were written. */
  readonly bytes: number;
  write(line: RecordedLine): void;
  /** Ends the recording at `ms`, and puts it in its place. */
  finish(ms: number): void;
  /** Throws it away. */
  discard(): void;
}

/**
 * Begins to write a recording. Every line is on its way to the disk when `write` returns: what a crash leaves under
 * `<path>.part` is good as far as it goes.
 *
 * @throws SimulatorError `RECORDING_UNWRITABLE`, also when something that is no recording is at `path`
 */
export function createRecording(path: string, header: RecordingHeader): RecordingFile {
  refuseForeign(path);
  return new PartFile(path, header);
}

/**
 * Refuses a place at which a recording cannot be put.
 *
 * @throws SimulatorError `RECORDING_UNWRITABLE`
 */
export function checkRecordingPlace(path: string): void {
  refuseForeign(path);
  const part = `${path}.part`;
  try {
    closeSync(openSync(part, 'a'));
    if (statSync(part).size === 0) rmSync(part);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

class PartFile implements RecordingFile {
  readonly #path: string;
  readonly #part: string;
  readonly #file: number;
  bytes = 0;

  constructor(path: string, header: RecordingHeader) {
    this.#path = path;
    this.#part = `${path}.part`;
    this.#file = this.#try(() => openSync(this.#part, 'w'));
    this.#append(formatRecordingHeader(header));
  }

  write(line: RecordedLine): void {
    this.#append(formatRecordedLine(line));
  }

  finish(ms: number): void {
    this.#append(formatRecordingEnd(ms));
    this.#try(() => {
      fsyncSync(this.#file);
      closeSync(this.#file);
      renameSync(this.#part, this.#path);
    });
  }

  discard(): void {
    closeSync(this.#file);
    rmSync(this.#part, { force: true });
  }

  #append(text: string): void {
    this.bytes += this.#try(() => writeSync(this.#file, text));
  }

  #try<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      throw unwritable(this.#path, cause);
    }
  }
}

/**
 * Reads a recording; one that was cut off is read as far as it goes.
 *
 * @throws SimulatorError `RECORDING_NOT_FOUND`, `RECORDING_INVALID` with the number of the line
 */
export async function readRecordingFile(path: string): Promise<Recording> {
  const read = readRecording(await readText(path));
  if (read.kind === 'recording') return read.recording;
  throw new SimulatorError(
    'RECORDING_INVALID',
    `${path}:${read.line}: ${read.problem}. Recordings are made by "npx stedi device record"; record it again.`,
  );
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= RECORDING_BYTES_MAX) return await readFile(path, 'utf8');
  } catch (cause) {
    const message = `Cannot read the recording ${path}. Check the path.`;
    throw new SimulatorError('RECORDING_NOT_FOUND', message, { cause });
  }
  const limit = `${RECORDING_BYTES_MAX / 1024 / 1024} MB`;
  const message = `${path} is larger than ${limit}. Record for a shorter time.`;
  throw new SimulatorError('RECORDING_INVALID', message);
}

function refuseForeign(path: string): void {
  let beginning: string;
  try {
    beginning = readBeginning(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw unwritable(path, cause);
  }
  if (beginning === '' || beginning.includes(RECORDING_FORMAT)) return;
  const message = `${path} exists and is no recording. Choose another name, or remove it.`;
  throw new SimulatorError('RECORDING_UNWRITABLE', message);
}

function readBeginning(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(LOOK_BYTES);
    return buffer.toString('latin1', 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

function unwritable(path: string, cause: unknown): SimulatorError {
  const message = `Cannot write the recording ${path}. Choose a place in an existing folder that you may write to.`;
  return new SimulatorError('RECORDING_UNWRITABLE', message, { cause });
}
