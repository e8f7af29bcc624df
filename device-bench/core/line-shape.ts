/** What a line says, less what differs from run to run: boot ids, times, distances, the reason of a boot. */
import { FLAG_DROPPED_BEFORE, SEQ_MAX, TICKS_MAX } from '../../firmware-protocol/index.ts';
import type { MeantLine, MeantReading, MeantResponse } from './meant-line.ts';
import { isResponse } from './meant-line.ts';
import { readLine } from './read-line.ts';

/** A line as it compares with that of another device. */
export interface LineShape {
  /** `answer` for responses and boot events, which come in the order of what caused them. */
  readonly kind: 'answer' | 'reading' | 'heartbeat' | 'text';
  /** Equal for lines that say the same. */
  readonly text: string;
  /** What the tick counter showed at the boot, by this line; missing where no boot was heard. */
  readonly ticksAtBoot?: number;
  /** True for a response whose value nobody can know who has not heard the boot. */
  readonly isVague?: true;
  /** True for a line that no device should say, whatever it was asked. */
  readonly isOdd: boolean;
}

/** The text of a line that nobody understands. */
export const NO_LINE = 'nothing';

/** Ticks and time that differ by more than this from one line to the next are of another clock, in ms. */
const JUMP_MS = 1_200;

/** Follows the lines of one device from the beginning, and gives the shape of each. */
export class ShapeReader {
  #boot: string | undefined;
  #bootMs: number | undefined;
  #seq: number | undefined;
  #ticks: { readonly value: number; readonly atMs: number } | undefined;

  /** Reads the next line of the device, with its line end, which arrived at `atMs`. */
  read(bytes: string, atMs: number): LineShape {
    const { meant, breaches, isTorn } = readLine(bytes);
    const shape = this.#shapeOf(meant, atMs);
    return breaches.length > 0 || isTorn ? { ...shape, isOdd: true } : shape;
  }

  #shapeOf(meant: MeantLine | undefined, atMs: number): LineShape {
    if (meant === undefined) return { kind: 'answer', text: NO_LINE, isOdd: true };
    if (isResponse(meant)) {
      const isVague = meant.kind === 'ok' && meant.verb === 'STOP' && this.#isUnknown();
      const shape = answer(this.#nameResponse(meant, atMs));
      return isVague ? { ...shape, isVague } : shape;
    }
    switch (meant.kind) {
      case 'reading':
        return this.#shapeOfReading(meant, atMs);
      case 'heartbeat': {
        const { boot, ticks } = meant;
        const text = `${this.#nameBoot(boot)} ${this.#nameTicks(ticks, atMs)}`;
        return { kind: 'heartbeat', text, isOdd: text !== 'own forth' };
      }
      case 'boot': {
        const isNew = meant.boot !== this.#boot;
        this.#boot = meant.boot;
        this.#bootMs = atMs;
        this.#seq = this.#ticks = undefined;
        return answer(isNew ? 'boot' : 'boot again');
      }
      default:
        return { kind: 'text', text: '', isOdd: false };
    }
  }

  #shapeOfReading({ boot, seq, ticks, flags }: MeantReading, atMs: number): LineShape {
    const step = this.#nameSeq(seq, flags);
    const text = `${this.#nameBoot(boot)} ${this.#nameTicks(ticks, atMs)} ${step} ${flags}`;
    this.#seq = seq;
    const isOdd = !/^own forth (?:first|next|gap)/.test(text);
    const shape = { kind: 'reading', text, isOdd } as const;
    return this.#bootMs === undefined
      ? shape
      : { ...shape, ticksAtBoot: ticks - (atMs - this.#bootMs) };
  }

  #nameResponse(meant: MeantResponse, atMs: number): string {
    switch (meant.kind) {
      case 'id': {
        const { tag, model, serial, firmware, fault = '' } = meant;
        return ['ID', tag, model, serial, firmware, this.#nameBoot(meant.boot), fault].join();
      }
      case 'caps':
        return ['CAPS', meant.tag, meant.maxRateHz, meant.options.join('+'), meant.fault].join();
      case 'sync': {
        const order = meant.txTicks >= meant.rxTicks ? 'in order' : 'swapped';
        return [
          'SYNC',
          meant.tag,
          meant.hostMs,
          this.#nameTicks(meant.rxTicks, atMs),
          order,
        ].join();
      }
      case 'error':
        return ['ERR', meant.tag, meant.code].join();
      case 'ok': {
        const value = meant.verb === 'STOP' ? this.#nameStop(Number(meant.value)) : meant.value;
        return ['OK', meant.tag, meant.verb, value].join();
      }
    }
  }

  /** True while nobody can know which seq is the next. */
  #isUnknown(): boolean {
    return this.#bootMs === undefined && this.#seq === undefined;
  }

  #nameBoot(boot: string): string {
    this.#boot ??= boot;
    return boot === this.#boot ? 'own' : 'other';
  }

  #nameTicks(ticks: number, atMs: number): string {
    const last = this.#ticks ?? { value: ticks, atMs };
    const passed = distance(last.value, ticks, TICKS_MAX);
    this.#ticks = { value: ticks, atMs };
    if (passed > TICKS_MAX / 2) return 'back';
    return Math.abs(passed - (atMs - last.atMs)) > JUMP_MS ? 'jump' : 'forth';
  }

  #nameSeq(seq: number, flags: number): string {
    if (this.#seq === undefined) return `first ${seq}`;
    const step = distance(this.#seq, seq, SEQ_MAX);
    const isFlagged = (flags & FLAG_DROPPED_BEFORE) !== 0;
    if (step === 1 && !isFlagged) return 'next';
    return step > 1 && step <= SEQ_MAX / 2 && isFlagged ? 'gap' : 'jump';
  }

  /** The seq of STOP is that of the next reading, or of a later one when readings were dropped in between. */
  #nameStop(seq: number): string {
    if (this.#seq === undefined) return String(seq);
    const step = distance(this.#seq, seq, SEQ_MAX);
    return step >= 1 && step <= SEQ_MAX / 2 ? 'ahead' : 'behind';
  }
}

function answer(text: string): LineShape {
  return { kind: 'answer', text, isOdd: false };
}

/** How far a counter that goes on with 0 after `max` has counted. */
function distance(from: number, to: number, max: number): number {
  return (to - from + max + 1) % (max + 1);
}
