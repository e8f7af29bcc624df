import { clockError, HostSession } from '../../bridge/index.ts';
import type { HostStatus, LineVerdict } from '../../bridge/index.ts';
import { MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';
import type { DeviceLink } from '../core/device-link.ts';
import { LineCutter } from '../core/line-cutter.ts';
import { decodeLine } from './monitor-state.ts';
import type { ClockView, MonitorEvent } from './monitor-state.ts';

/** A device that was told to stop sends what it has begun. */
const STOP_MS = 500;
/** How often the state of the session is looked at, in ms. */
const STATUS_MS = 100;

/** How a device is watched. */
export interface WatchOptions {
  /** Only listens; otherwise the device is identified, synchronised, started and in the end stopped. */
  readonly passive: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: MonitorEvent) => void;
}

/** Watches a device until it goes away or somebody stops it; then it is told to stop. Times are those of the link. */
export function watchDevice(
  link: DeviceLink,
  options: WatchOptions,
): Promise<'stopped' | 'device-gone'> {
  return new Promise((resolve) => new Watch(link, options, resolve).begin());
}

class Watch {
  readonly #link: DeviceLink;
  readonly #options: WatchOptions;
  readonly #resolve: (end: 'stopped' | 'device-gone') => void;
  readonly #lines = new LineCutter({ bytesMax: MAX_RAW_LINE_BYTES, endsAtCr: false });
  #session: HostSession | undefined;
  #status: HostStatus | undefined;
  #isOver = false;

  constructor(
    link: DeviceLink,
    options: WatchOptions,
    resolve: (end: 'stopped' | 'device-gone') => void,
  ) {
    this.#link = link;
    this.#options = options;
    this.#resolve = resolve;
  }

  begin(): void {
    const { signal, passive } = this.#options;
    if (passive) this.#link.onData((chunk) => this.#receive(chunk));
    else this.#hold();
    this.#link.onClose(() => {
      this.#tell({ kind: 'closed', ms: this.#ms });
      this.#end('device-gone', 0);
    });
    const stop = (): void => {
      this.#session?.stop();
      this.#end('stopped', passive ? 0 : STOP_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#look();
    if (signal.aborted) stop();
  }

  #hold(): void {
    const link = this.#link;
    this.#session = new HostSession({
      channel: {
        write: (bytes) => {
          this.#tell({ kind: 'sent', ms: this.#ms, bytes });
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
      onVerdict: (verdict) => this.#judge(verdict),
    });
  }

  get #ms(): number {
    return this.#link.timers.now();
  }

  #tell(event: MonitorEvent): void {
    if (!this.#isOver) this.#options.onEvent(event);
  }

  #receive(chunk: Uint8Array): void {
    for (const { bytes, atMs } of this.#lines.push(chunk, this.#ms)) {
      this.#tell({ kind: 'line', ms: atMs, line: bytes.replace(/\n$/, '') });
    }
    this.#compareStatus();
  }

  /** What does not decode was told already. */
  #judge(verdict: LineVerdict): void {
    if (verdict.kind === 'land' || decodeLine(verdict.line).kind === 'rejected') return;
    this.#tell({ kind: 'refused', ms: this.#ms, reason: verdict.reason });
  }

  #look(): void {
    if (this.#isOver) return;
    this.#compareStatus();
    this.#link.timers.at(this.#ms + STATUS_MS, () => this.#look());
  }

  #compareStatus(): void {
    const status = this.#session?.status;
    const before = this.#status;
    this.#status = status;
    if (status === undefined) return;
    const ms = this.#ms;
    if (status.phase !== before?.phase) this.#tell({ kind: 'phase', ms, phase: status.phase });
    if (status.clock !== before?.clock) this.#tell({ kind: 'clock', ms, clock: viewClock(status) });
  }

  #end(end: 'stopped' | 'device-gone', waitMs: number): void {
    this.#link.timers.at(this.#ms + waitMs, () => {
      if (this.#isOver) return;
      this.#isOver = true;
      this.#session?.end();
      this.#resolve(end);
    });
  }
}

function viewClock({ clock }: HostStatus): ClockView | undefined {
  if (clock === undefined) return undefined;
  const { offsetMs, driftPpm, bursts } = clock;
  // The fit tells how much the host's clock gains on the device's; people ask how fast the device is.
  return { offsetMs, driftPpm: -driftPpm, errorMs: clockError(clock, 0), bursts: bursts.length };
}
