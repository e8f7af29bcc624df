/** Writes down what a real device says it measured: somebody who is nobody of the world made it. */
import {
  decodeDeviceLine,
  decodeRawRecord,
  LineGuard,
  MAX_RAW_LINE_BYTES,
} from '../../firmware-protocol/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { Timers, TruthLedger } from '../../simulator/index.ts';

/** What a real device is listened to with. */
export interface RealDeviceOptions {
  readonly timers: Pick<Timers, 'now'>;
  readonly ledger: TruthLedger;
  /** Told of each reading. */
  readonly onReading: () => void;
}

/** The device at the far end of one open port. */
export class RealDevice {
  readonly #options: RealDeviceOptions;
  readonly #guard = new LineGuard(MAX_RAW_LINE_BYTES);
  /** Who said of which boot that it is theirs. */
  readonly #serialByBoot = new Map<string, string>();
  #rest = '';

  constructor(options: RealDeviceOptions) {
    this.#options = options;
  }

  /** Takes the next bytes that came from it. */
  push(chunk: Uint8Array): void {
    const { bytes } = this.#guard.pass(chunk);
    const lines = (this.#rest + Buffer.from(bytes).toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#take(line);
  }

  #take(raw: string): void {
    const line = decodeDeviceLine(raw);
    if (line.kind === 'id') this.#serialByBoot.set(line.boot, line.serialNumber);
    if (line.kind === 'reading') {
      const { boot, seq, distance } = line;
      this.#note(this.#serialByBoot.get(boot), distance, { boot, seq });
    }
    if (line.kind !== 'rejected' || line.reason === 'empty') return;
    const bare = decodeRawRecord(raw);
    if (bare.kind === 'record')
      this.#note(bare.record.serialNumber, bare.record.distanceFromObject);
    else this.#options.ledger.addDamagedLine(raw.slice(0, MAX_RAW_LINE_BYTES));
  }

  #note(
    serialNumber: string | undefined,
    distance: number,
    sent: { readonly boot?: string; readonly seq?: number } = {},
  ): void {
    const { timers, ledger, onReading } = this.#options;
    const at = { person: NOBODY, step: NOBODY, atMs: Math.round(timers.now()) };
    const truth = ledger.addDistance({ ...at, serialNumber, distance });
    Object.assign(truth, sent);
    ledger.noteFate(truth, 'sent');
    onReading();
  }
}
