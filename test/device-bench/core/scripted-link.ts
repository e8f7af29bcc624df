import type { DeviceLink, KitOptions, KitReport } from '../../../device-bench/index.ts';
import { KIT_MS_MAX, startKit } from '../../../device-bench/index.ts';
import { seededStreams, VirtualBoard, VirtualTime } from '../../../simulator/index.ts';
import type { VirtualBoardOptions } from '../../../simulator/index.ts';

/** A line whose other end is played by a test. */
export class ScriptedLink implements DeviceLink {
  readonly timers: VirtualTime = new VirtualTime(0);
  readonly byteMs: number = 0;
  /** Everything that the kit has sent. */
  readonly sent: string[] = [];
  #onData: (chunk: Uint8Array) => void = () => undefined;
  #onClose: () => void = () => undefined;
  readonly #onWrite: (bytes: string, link: ScriptedLink) => void;

  constructor(onWrite: (bytes: string, link: ScriptedLink) => void = () => undefined) {
    this.#onWrite = onWrite;
  }

  write(bytes: string): void {
    this.sent.push(bytes);
    this.#onWrite(bytes, this);
  }

  onData(listener: (chunk: Uint8Array) => void): void {
    this.#onData = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  /** Lets bytes arrive now. */
  say(bytes: string): void {
    this.#onData(Buffer.from(bytes, 'latin1'));
  }

  /** Lets bytes arrive again and again, for as long as the clock runs. */
  repeat(everyMs: number, bytes: () => string): void {
    this.timers.at(this.timers.now() + everyMs, () => {
      this.say(bytes());
      this.repeat(everyMs, bytes);
    });
  }

  /** Pulls the cable. */
  close(): void {
    this.#onClose();
  }
}

/** How a run of the kit went. */
export interface KitRun {
  readonly report: KitReport;
  /** When it ended, on the clock of the link. */
  readonly endMs: number;
}

/** Runs the kit on a link until it has ended, or until nothing can come of it any more. */
export function runKit(
  link: DeviceLink & { readonly timers: VirtualTime },
  options: Partial<KitOptions> = {},
  atMs: Readonly<Record<number, (kit: { stop(): void }) => void>> = {},
): KitRun {
  const reports: KitReport[] = [];
  let endMs = Number.NaN;
  const kit = startKit(link, {
    level: 'L3',
    ...options,
    onDone: (report) => {
      reports.push(report);
      endMs = link.timers.now();
    },
  });
  for (const [timeMs, action] of Object.entries(atMs)) {
    link.timers.at(Number(timeMs), () => action(kit));
  }
  for (let untilMs = 0; untilMs <= KIT_MS_MAX + 1_000 && reports.length === 0; untilMs += 500) {
    link.timers.run(untilMs, Number.POSITIVE_INFINITY);
  }
  if (reports.length !== 1) throw new RangeError(`The kit ended ${reports.length} times.`);
  return { report: reports[0] as KitReport, endMs };
}

/** A board on a clock of its own. */
export function board(
  options: Partial<VirtualBoardOptions> = {},
): VirtualBoard & { readonly timers: VirtualTime } {
  return new VirtualBoard({
    timers: new VirtualTime(0),
    streams: seededStreams(7),
    ...options,
  }) as VirtualBoard & { readonly timers: VirtualTime };
}
