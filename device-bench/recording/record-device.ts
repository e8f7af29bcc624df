import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import { HostSession } from '../../bridge/index.ts';
import { createRecording, RECORDING_BYTES_MAX } from '../../simulator/index.ts';
import type { RecordedLine, RecordingFile, RecordingHeader } from '../../simulator/index.ts';
import type { DeviceLink } from '../core/device-link.ts';
import { Capture } from './capture.ts';

/** What passes until the device has told who it is waits in memory: the header comes first in the file. */
const WAITING_LINES_MAX = 500;
const IDENTITY_MS_MAX = 5_000;
/** A device that was told to stop sends what it has begun. */
const STOP_MS = 500;
/** Room for what comes between two looks at the size of the file. */
const ROOM_BYTES = 65_536;

/** Nearly a day: times in a recording end at one. */
export const DURATION_MS_MAX = 86_000_000;

/** How a device is recorded. */
export interface RecordOptions {
  readonly path: string;
  readonly baud: number;
  /** How long, in ms; until `signal` if not given, and never longer than {@link DURATION_MS_MAX}. */
  readonly durationMs?: number | undefined;
  /** Only listens; otherwise the device is identified, synchronised, started and in the end stopped. */
  readonly passive: boolean;
  readonly signal: AbortSignal;
  /** Told what was recorded so far, a few times a second. */
  readonly onProgress?: (counts: RecordCounts) => void;
}

/** What a recording holds. */
export interface RecordCounts {
  readonly ms: number;
  readonly lines: number;
  readonly readings: number;
  readonly rejected: number;
}

/** A recording that was made, and why it ended. */
export interface RecordResult extends RecordCounts {
  readonly header: RecordingHeader;
  readonly reason: 'duration' | 'stopped' | 'device-gone' | 'full';
}

const PROGRESS_MS = 250;

/**
 * Records a device until its time is over, it goes away, or somebody stops it. However it ends, what was recorded is
 * whole and in its place.
 *
 * @throws SimulatorError `RECORDING_UNWRITABLE`
 */
export function recordDevice(link: DeviceLink, options: RecordOptions): Promise<RecordResult> {
  return new Promise((resolve, reject) => new Recorder(link, options, { resolve, reject }).begin());
}

interface Outcome {
  readonly resolve: (result: RecordResult) => void;
  readonly reject: (error: unknown) => void;
}

class Recorder {
  readonly #link: DeviceLink;
  readonly #options: RecordOptions;
  readonly #outcome: Outcome;
  readonly #startMs: number;
  readonly #capture = new Capture((line) => this.#attempt(() => this.#take(line)));
  #header: RecordingHeader;
  #waiting: RecordedLine[] | undefined = [];
  #file: RecordingFile | undefined;
  #session: HostSession | undefined;
  #counts = { lines: 0, readings: 0, rejected: 0 };
  #reason: RecordResult['reason'] | undefined;
  #isOver = false;

  constructor(link: DeviceLink, options: RecordOptions, outcome: Outcome) {
    this.#link = link;
    this.#options = options;
    this.#outcome = outcome;
    this.#startMs = link.timers.now();
    const unknown = { serial: undefined, model: undefined, firmware: undefined };
    this.#header = { baud: options.baud, ...unknown };
  }

  begin(): void {
    const { timers } = this.#link;
    const { durationMs = DURATION_MS_MAX, passive, signal } = this.#options;
    if (passive) this.#link.onData((chunk) => this.#receive(chunk));
    else this.#hold();
    this.#link.onClose(() => this.#end('device-gone'));
    signal.addEventListener('abort', () => this.#end('stopped'), { once: true });
    timers.at(this.#startMs + IDENTITY_MS_MAX, () => this.#attempt(() => this.#open()));
    timers.at(this.#startMs + Math.min(durationMs, DURATION_MS_MAX), () => this.#end('duration'));
    this.#tick();
    if (signal.aborted) this.#end('stopped');
  }

  #hold(): void {
    const link = this.#link;
    this.#session = new HostSession({
      channel: {
        write: (bytes) => {
          this.#capture.send(bytes, this.#ms);
          link.write(bytes);
        },
        onData: (listener) =>
          link.onData((chunk) => {
            this.#receive(chunk);
            listener(chunk);
          }),
      },
      timers: link.timers,
      byteMs: link.byteMs,
      onVerdict: () => undefined,
    });
  }

  get #ms(): number {
    return this.#link.timers.now() - this.#startMs;
  }

  #receive(chunk: Uint8Array): void {
    if (!this.#isOver) this.#capture.receive(chunk, this.#ms);
  }

  #take(line: RecordedLine): void {
    if (this.#isOver) return;
    this.#count(line);
    if (this.#waiting === undefined) this.#file?.write(line);
    else this.#waiting.push(line);
    const isIdentified = this.#header.serial !== undefined;
    if (isIdentified || (this.#waiting?.length ?? 0) >= WAITING_LINES_MAX) this.#open();
    if ((this.#file?.bytes ?? 0) > RECORDING_BYTES_MAX - ROOM_BYTES) this.#end('full');
  }

  #count(line: RecordedLine): void {
    this.#counts.lines++;
    if (line.from === 'host') return;
    const decoded = decodeDeviceLine(line.bytes.replace(/\n$/, ''));
    if (decoded.kind === 'reading') this.#counts.readings++;
    if (decoded.kind === 'rejected') this.#counts.rejected++;
    if (decoded.kind === 'id' && this.#waiting !== undefined) {
      const { serialNumber: serial, model, firmware } = decoded;
      this.#header = { ...this.#header, serial, model, firmware };
    }
  }

  /** Begins the file with what is known by now. */
  #open(): void {
    if (this.#waiting === undefined || this.#isOver) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#file = createRecording(this.#options.path, this.#header);
    for (const line of waiting) this.#file.write(line);
  }

  #tick(): void {
    if (this.#isOver) return;
    this.#options.onProgress?.({ ms: this.#ms, ...this.#counts });
    this.#link.timers.at(this.#link.timers.now() + PROGRESS_MS, () => this.#tick());
  }

  #end(reason: RecordResult['reason']): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#session?.stop();
    const waitMs = reason === 'device-gone' || this.#session === undefined ? 0 : STOP_MS;
    this.#link.timers.at(this.#link.timers.now() + waitMs, () =>
      this.#attempt(() => this.#finish()),
    );
  }

  #finish(): void {
    if (this.#isOver || this.#reason === undefined) return;
    this.#capture.end();
    this.#open();
    const ms = this.#ms;
    this.#file?.finish(ms);
    this.#close();
    this.#outcome.resolve({ header: this.#header, reason: this.#reason, ms, ...this.#counts });
  }

  #close(): void {
    this.#isOver = true;
    this.#session?.end();
  }

  /** Runs what writes to the disk: from within timers and listeners nobody else would hear of a failure. */
  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#isOver = true;
      // The device may be streaming.
      this.#session?.stop();
      this.#close();
      this.#outcome.reject(error);
    }
  }
}
