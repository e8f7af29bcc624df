/** What somebody may do to a world that is under way, and what of it a scenario file remembers. */
import type { SerialsSpec, SuddenChange, SuddenFault } from '../../simulator/index.ts';

/** One deed. `isOn` and `isUp` tell how things are to be from now on. */
export type LiveDeed =
  /** The website gives out serial numbers from a pool of this size; `null`: everybody their own. */
  | { readonly do: 'serials'; readonly pool: number | null }
  | { readonly do: 'consent'; readonly person: number; readonly isGiven: boolean }
  /** Clocks of phones are off by at most so many ms. */
  | { readonly do: 'skew'; readonly ms: number }
  | { readonly do: 'unplug'; readonly station: number; readonly isOn: boolean }
  | { readonly do: 'garble'; readonly station: number; readonly isOn: boolean }
  /** The boxes of two stations change places. */
  | { readonly do: 'swap'; readonly station: number; readonly with: number }
  | { readonly do: 'broker'; readonly isUp: boolean }
  | { readonly do: 'storage'; readonly isUp: boolean };

/** Of a line that is garbled on purpose, this share of the lines is hit. */
export const GARBLE_RATE = 0.2;

/** A deed that was done, in epoch ms of the world. */
export interface DoneDeed {
  readonly deed: LiveDeed;
  readonly atMs: number;
  /** When what it began was ended by another deed; `undefined` for what still lasts, or has no end. */
  readonly untilMs: number | undefined;
}

/** What a deed is to the world: something that changes, or a fault that begins or ends. */
export type DeedEffect =
  | { readonly kind: 'change'; readonly change: SuddenChange }
  | { readonly kind: 'swap'; readonly fault: SuddenFault }
  /** `key` is the same for the beginning and the end of one fault. */
  | {
      readonly kind: 'switch';
      readonly key: string;
      readonly isOn: boolean;
      readonly fault: SuddenFault | 'storage-down';
    };

/** What a deed comes to. */
export function effectOf(deed: LiveDeed): DeedEffect {
  switch (deed.do) {
    case 'serials':
      return { kind: 'change', change: { kind: 'serials', serials: serialsOf(deed.pool) } };
    case 'consent': {
      const research = deed.isGiven ? 'given' : 'withdrawn';
      return { kind: 'change', change: { kind: 'consent', person: deed.person, research } };
    }
    case 'skew':
      return { kind: 'change', change: { kind: 'phone-clock', skewMs: deed.ms } };
    case 'swap': {
      const { station, with: other } = deed;
      return { kind: 'swap', fault: { kind: 'swap-device', station, with: other } };
    }
    case 'unplug':
      return switchOf(deed, { kind: 'unplug', station: deed.station });
    case 'garble':
      return switchOf(deed, {
        kind: 'wire',
        damage: 'garble',
        station: deed.station,
        from: 'device',
        rate: GARBLE_RATE,
      });
    case 'broker':
      return { kind: 'switch', key: 'broker', isOn: !deed.isUp, fault: { kind: 'broker-down' } };
    case 'storage':
      return { kind: 'switch', key: 'storage', isOn: !deed.isUp, fault: 'storage-down' };
  }
}

function serialsOf(pool: number | null): SerialsSpec {
  return pool === null ? { kind: 'own' } : { kind: 'pool', size: pool, assign: 'round-robin' };
}

function switchOf(
  deed: Extract<LiveDeed, { do: 'unplug' | 'garble' }>,
  fault: SuddenFault,
): DeedEffect {
  return { kind: 'switch', key: `${deed.do}:${deed.station}`, isOn: deed.isOn, fault };
}
