import { isActive, WIRE_DAMAGES } from './faults.ts';
import type { WireDamage, WireFault } from './faults.ts';
import { drawChance } from './random.ts';
import type { Random } from './random.ts';
import { damageLine } from './wire-faults.ts';

/** A line on its way, CR LF included. `boots` is true for the line with which a device announces that it started. */
export interface LineOnItsWay {
  readonly text: string;
  readonly from: WireFault['from'];
  readonly boots: boolean;
  readonly nowMs: number;
}

/** The bytes that come out at the other end instead of a line, and what happened to it. */
export interface DamagedText {
  readonly text: string;
  readonly damages: readonly WireDamage[];
}

const NONE: readonly WireDamage[] = [];

/** Applies the wire faults of one station to its lines, and counts how many each has hit. */
export class WireInjector {
  #faults: readonly WireFault[];
  readonly #randoms = new Map<string, Random>();
  readonly #openStream: (name: string) => Random;
  readonly #hitsOf = new Map<WireFault, number>();

  /** `openStream` opens the stream of a name; each kind of damage in each direction draws from its own. */
  constructor(faults: readonly WireFault[], openStream: (name: string) => Random) {
    this.#faults = inOrder(faults);
    this.#openStream = openStream;
  }

  /** One more fault, which may have no end yet. */
  add(fault: WireFault): void {
    this.#faults = inOrder([...this.#faults, fault]);
  }

  /** Damages a line by all faults that hit it, in the order of {@link WIRE_DAMAGES}. */
  damage(line: LineOnItsWay): DamagedText {
    let { text } = line;
    if (this.#faults.length === 0) return { text, damages: NONE };
    const damages: WireDamage[] = [];
    for (const fault of this.#faults) {
      if (text === '' || !this.#hits(fault, line)) continue;
      damages.push(fault.damage);
      text = damageLine(fault.damage, text, { random: this.#randomOf(fault), baud: fault.baud });
    }
    return { text, damages };
  }

  #hits(fault: WireFault, { from, boots, nowMs }: LineOnItsWay): boolean {
    if (fault.from !== from || !isActive(fault, nowMs)) return false;
    if (fault.damage === 'boot-garbage' && !boots) return false;
    const hits = this.#hitsOf.get(fault) ?? 0;
    if (hits === fault.count || !drawChance(this.#randomOf(fault), fault.rate)) return false;
    this.#hitsOf.set(fault, hits + 1);
    return true;
  }

  #randomOf({ damage, from }: WireFault): Random {
    const name = `${from}/${damage}`;
    const random = this.#randoms.get(name) ?? this.#openStream(name);
    this.#randoms.set(name, random);
    return random;
  }
}

function inOrder(faults: readonly WireFault[]): WireFault[] {
  return faults.toSorted(
    (left, right) => WIRE_DAMAGES.indexOf(left.damage) - WIRE_DAMAGES.indexOf(right.damage),
  );
}
