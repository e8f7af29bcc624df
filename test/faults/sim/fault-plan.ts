/** What befalls a bridge in one seed: each seed draws its own mixture of faults, their instants and how long they last. */
import { seededStreams } from '../../../simulator/index.ts';
import { drawChance, drawInteger, drawOne } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import { STORAGE_FAULTS } from './sim-storage.ts';
import type { StorageFault } from './sim-storage.ts';

/** Faults that strike at one instant. */
export const STROKES = [
  'kill',
  'stop',
  'power-loss',
  'connections-reset',
  'unplug',
  'clock-forward',
  'clock-back',
  'bit-flip',
  'zeroed-page',
  'deleted-segment',
] as const;

/** Faults that last for a while. */
export const SPELLS: readonly Spell[] = ['disk-full', 'sync-fails', 'sync-slow', ...STORAGE_FAULTS];

/** Faults of a rate that last as long as senders send. */
export const HABITS = ['poison', 'twice', 'reordered', 'conflict', 'garbled'] as const;

export type Stroke = (typeof STROKES)[number];
export type Spell = 'disk-full' | 'sync-fails' | 'sync-slow' | StorageFault;
export type Habit = (typeof HABITS)[number];

/** One fault at a time of the run, in ms since its beginning. */
export type PlannedFault =
  | { readonly kind: Stroke; readonly atMs: number }
  | { readonly kind: Spell; readonly atMs: number; readonly forMs: number; readonly rate: number };

/** Everything that one seed decides before the first event. */
export interface FaultPlan {
  readonly seed: number;
  /** How long senders send and faults strike. */
  readonly activeMs: number;
  readonly phones: number;
  readonly messages: number;
  readonly cables: number;
  readonly lines: number;
  /** Limits of a segment. */
  readonly segmentBytes: number;
  readonly segmentMs: number;
  /** Ms between the beginning and midnight, UTC. */
  readonly midnightMs: number;
  readonly habits: Readonly<Record<Habit, number>>;
  readonly faults: readonly PlannedFault[];
}

const DAY_MS = 86_400_000;
const STROKES_MAX = 2;

/** The plan of a seed. */
export function drawFaultPlan(seed: number): FaultPlan {
  const random = seededStreams(seed)('plan');
  const activeMs = drawInteger(random, 2_000, 20_000);
  const habit = (rate: number): number => (drawChance(random, 0.4) ? rate * random.next() : 0);
  const habits = {
    poison: drawChance(random, 0.1) ? 1 : habit(0.4),
    twice: habit(0.4),
    reordered: habit(1) > 0 ? 1 : 0,
    conflict: habit(0.3),
    garbled: habit(0.5),
  };
  return {
    seed,
    activeMs,
    phones: drawInteger(random, 1, 3),
    messages: drawInteger(random, 3, 9),
    cables: drawInteger(random, 0, 2),
    lines: drawInteger(random, 3, 9),
    segmentBytes: drawOne(random, [600, 2_000, 8_000, 1 << 20]),
    segmentMs: drawOne(random, [200, 1_000, 5_000, 60_000]),
    midnightMs: drawChance(random, 0.2) ? drawInteger(random, 0, activeMs) : DAY_MS / 2,
    habits,
    faults: [...drawStrokes(random, activeMs), ...drawSpells(random, activeMs)].sort(
      (left, right) => left.atMs - right.atMs,
    ),
  };
}

function drawStrokes(random: Random, activeMs: number): PlannedFault[] {
  const faults: PlannedFault[] = [];
  for (const kind of STROKES) {
    if (!drawChance(random, 0.2)) continue;
    for (let left = drawInteger(random, 1, STROKES_MAX); left > 0; left--) {
      faults.push({ kind, atMs: drawInteger(random, 0, activeMs) });
    }
  }
  return faults;
}

/** The disk has at most one spell at a time, and so has the storage: the later one takes the place of the one before. */
function drawSpells(random: Random, activeMs: number): PlannedFault[] {
  const faults: PlannedFault[] = [];
  for (const kind of SPELLS) {
    if (!drawChance(random, isOfStorage(kind) ? 0.15 : 0.2)) continue;
    faults.push({
      kind,
      atMs: drawInteger(random, 0, activeMs),
      forMs: drawInteger(random, 200, activeMs),
      rate: drawOne(random, [0.3, 0.7, 1]),
    });
  }
  return faults;
}

/** Whether a spell is one of the storage, not of the disk. */
export function isOfStorage(kind: Spell): kind is StorageFault {
  return (STORAGE_FAULTS as readonly string[]).includes(kind);
}

/** The plan on one line. */
export function describePlan({ seed, faults, habits, ...rest }: FaultPlan): string {
  const told = faults.map((fault) =>
    'forMs' in fault
      ? `${fault.kind}@${fault.atMs}+${fault.forMs}×${fault.rate}`
      : `${fault.kind}@${fault.atMs}`,
  );
  const rates = Object.entries(habits).filter(([, rate]) => rate > 0);
  const habitual = rates.map(([name, rate]) => `${name}×${rate.toFixed(2)}`);
  return `seed ${seed}: ${[...told, ...habitual].join(' ')} ${JSON.stringify(rest)}`;
}
