/** A powered trainer at a real pseudo-terminal, under a bridge that dies: what went over its wire, and what came of it. */
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import { openVirtualPort, seededStreams } from '../../simulator/index.ts';
import type { Timers } from '../../simulator/core/timers.ts';
import type { VirtualPort } from '../../simulator/live/pty.ts';
import type { SentRow } from './oracle.ts';
import { BenchTrainer } from './serial-bench.ts';
import { landingLine, SerialTruth } from './serial-truth.ts';
import type { TrueReading } from './serial-truth.ts';

/** The clock fit begins anew with each bridge, on a machine that may be late: how good it is, other tests judge. */
const TIME_ERROR_MS_MAX = 30_000;

/** The time in which nobody read the wire, in lines that had gone over it when it began and when it was over. */
interface Death {
  readonly from: number;
  to: number;
}

/** Streams from the first bridge that starts it, and goes on whatever becomes of the bridge. */
export class WiredTrainer {
  readonly serialNumber: string;
  readonly path: string;
  readonly #truth = new SerialTruth();
  readonly #trainer: BenchTrainer;
  readonly #deaths: Death[] = [];
  readonly #lines: string[] = [];
  #rest = '';

  /** Plugs it in at `link`. */
  constructor(options: { readonly box: number; readonly timers: Timers; readonly link: string }) {
    const { box, timers, link } = options;
    const streams = seededStreams(box);
    this.#trainer = new BenchTrainer({ box, timers, streams, truth: this.#truth, rateHz: 100 });
    this.serialNumber = this.#trainer.serialNumber;
    this.path = link;
    this.#trainer.plug(this.#overheard(openVirtualPort({ link })));
  }

  /** Complete lines that the terminal took. */
  get lines(): number {
    return this.#lines.length;
  }

  /** The bridge was killed just now. */
  bridgeDied(): void {
    this.#deaths.push({ from: this.lines, to: Infinity });
  }

  /** Another one has the port open: what lay in the terminal it has thrown away. */
  bridgeIsBack(): void {
    const death = this.#deaths.at(-1);
    if (death !== undefined) death.to = this.lines;
  }

  unplug(): void {
    this.#trainer.unplug(false);
  }

  /** A landed row with the true time of its reading in place of the one that was reckoned. */
  withTrueTime(row: Readonly<Record<string, unknown>>): TrueReading | undefined {
    const reading = this.#truth.find(this.serialNumber, Number(row['distanceFromObject']));
    if (reading === undefined) return undefined;
    const error = Math.abs(Number(row['sensorReadingTime']) - reading.atMs);
    return error <= TIME_ERROR_MS_MAX ? reading : undefined;
  }

  /**
   * What must have become of its lines. A serial line has no acknowledgement, and what is in nobody's hands while no
   * bridge runs is lost. So the truth is told by the order on the wire: of what went over it, the bridge has read
   * everything but one run of lines around each death. All readings outside of these are held to have been read.
   * Quarantine may hold a piece of a line in whose middle the port was opened or closed.
   */
  sent(landed: ReadonlySet<number>, quarantined: readonly string[]): SentRow[] {
    const inQuarantine = new Set(quarantined);
    const deaths = [...this.#deaths];
    const rows: SentRow[] = [];
    let run: { readonly first: number; readonly rows: SentRow[] } | undefined;
    const close = (next: number): void => {
      if (run === undefined) return;
      const { first, rows: missing } = run;
      run = undefined;
      const at = deaths.findIndex(({ from, to }) => first <= to && next >= from);
      if (at >= 0) deaths.splice(at, 1);
      // Those that no death explains were read, and are lost.
      else rows.push(...missing);
    };
    for (const [index, line] of this.#lines.entries()) {
      const row = this.#rowOf(line);
      if (row === undefined || inQuarantine.has(line)) {
        if (row !== undefined) close(index);
        continue;
      }
      const { distanceFromObject } = JSON.parse(row.line) as { distanceFromObject: number };
      if (landed.has(distanceFromObject)) {
        close(index);
        rows.push(row);
      } else {
        run ??= { first: index, rows: [] };
        run.rows.push(row);
      }
    }
    // A death at the end explains the last run: what the last bridge did not read any more.
    close(this.#lines.length);
    const whole = new Set(this.#lines);
    const pieces = [...inQuarantine].filter((text) => !whole.has(text) && this.#isPiece(text));
    const known = [...inQuarantine].filter((text) => whole.has(text));
    // A port is opened once for each bridge, and closed once in order.
    known.push(...pieces.slice(0, this.#deaths.length + 2));
    return [...rows, ...known.map((line) => ({ line, acknowledged: true, poison: true }))];
  }

  /** The end of a line that was on its way when the port was opened, or the beginning of one when it was closed. */
  #isPiece(text: string): boolean {
    return [...this.#lines, this.#rest].some(
      (line) => line.endsWith(text) || line.startsWith(text),
    );
  }

  #rowOf(line: string): SentRow | undefined {
    const decoded = decodeDeviceLine(line);
    if (decoded.kind !== 'reading') return undefined;
    const truth = this.#truth.find(this.serialNumber, decoded.distance);
    return truth && { line: landingLine(truth), acknowledged: true, poison: false };
  }

  #overheard(port: VirtualPort): VirtualPort {
    return {
      path: port.path,
      link: port.link,
      onData: (listener) => port.onData(listener),
      pause: () => port.pause(),
      resume: () => port.resume(),
      close: () => port.close(),
      write: (bytes) => {
        const taken = port.write(bytes);
        const lines = `${this.#rest}${bytes.slice(0, taken)}`.split('\n');
        this.#rest = lines.pop() ?? '';
        this.#lines.push(...lines);
        return taken;
      },
    };
  }
}
