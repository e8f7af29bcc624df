/** From counts that only grow to how much passes in a second. */
import type { FlowCounts } from '../../scenarios/index.ts';
import type { Flow } from '../api.ts';

/** Over how many real ms a rate is taken. */
const SPAN_MS = 3_000;
/** Looks that are nearer to the last one than this replace nothing and add nothing: whoever asks often costs no memory. */
const STEP_MS = 200;

interface Look {
  readonly realMs: number;
  readonly counts: FlowCounts;
}

/** Watches the counts of a run. Rates are per real second. */
export class FlowRates {
  readonly #looks: Look[] = [];

  /** The flow at a moment, in ms of a clock that only goes forward. */
  at(realMs: number, counts: FlowCounts): Flow {
    const oldest = this.#note({ realMs, counts });
    const seconds = (realMs - oldest.realMs) / 1_000;
    const rate = (read: (counts: FlowCounts) => number): number =>
      seconds > 0 ? (read(counts) - read(oldest.counts)) / seconds : 0;
    const { serial, mqtt, bridge, spool, s3 } = counts;
    return {
      serial: {
        perSecond: rate((at) => at.serial.lines),
        total: serial.lines,
        bytesPerSecond: rate((at) => at.serial.bytes),
      },
      mqtt: {
        perSecond: rate((at) => at.mqtt.messages),
        total: mqtt.messages,
        samplesPerSecond: rate((at) => at.mqtt.samples),
        isUp: mqtt.isUp,
      },
      bridge: {
        perSecond: rate((at) => at.bridge.records),
        total: bridge.records,
        quarantined: bridge.quarantined,
      },
      spool: {
        perSecond: rate((at) => at.spool.rows),
        total: spool.rows,
        waitingRows: spool.waitingRows,
        bytes: spool.bytes,
      },
      s3: {
        perSecond: rate((at) => at.s3.rows),
        total: s3.rows,
        objects: s3.objects,
        bytesPerSecond: rate((at) => at.s3.bytes),
        isUp: s3.isUp,
      },
    };
  }

  /** Keeps a look, forgets those that are too old, and gives the oldest that is left. */
  #note(look: Look): Look {
    const last = this.#looks.at(-1);
    if (last === undefined || look.realMs - last.realMs >= STEP_MS) this.#looks.push(look);
    while (this.#looks.length > 1 && look.realMs - (this.#looks[1] as Look).realMs >= SPAN_MS) {
      this.#looks.shift();
    }
    return this.#looks[0] as Look;
  }
}
