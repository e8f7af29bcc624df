/** What the scenario does by itself, as lines of the story that come when their time has come. */
import type { Plan } from '../../scenarios/index.ts';
import type { Fault, World } from '../../simulator/index.ts';
import type { StoryLine } from '../api.ts';
import {
  tellBroker,
  tellConsent,
  tellLine,
  tellPlug,
  tellSerials,
  tellSkew,
  tellStorage,
  tellSwap,
} from './deed-words.ts';
import type { Cast } from './deed-words.ts';

/** A line that is not told yet. */
export type PlannedLine = Pick<StoryLine, 'atMs' | 'text'>;

/** All lines of a plan and of its world, in the order of time. Both are those of the beginning, before any deed. */
export function planLines(
  plan: Pick<Plan, 'faults'>,
  world: Pick<World, 'spec' | 'consents' | 'endMs'>,
  cast: Cast,
): PlannedLine[] {
  return [
    ...consentLines(world, cast),
    ...changeLines(world.spec, cast),
    ...plan.faults.flatMap((fault) => faultLines(fault, cast)),
  ]
    .filter(({ atMs }) => atMs >= world.spec.startMs && atMs <= world.endMs)
    .sort((left, right) => left.atMs - right.atMs);
}

/** Decisions that change what was decided before; the one at the registration is no news. */
function consentLines({ consents }: Pick<World, 'consents'>, cast: Cast): PlannedLine[] {
  return consents.flatMap((history, person) =>
    history.slice(1).flatMap(({ atMs, research }, index): PlannedLine[] => {
      const isGiven = research !== undefined;
      const wasGiven = history[index]?.research !== undefined;
      return isGiven === wasGiven
        ? []
        : [{ atMs, text: tellConsent(cast.people[person], isGiven) }];
    }),
  );
}

function changeLines({ changes = [] }: World['spec'], cast: Cast): PlannedLine[] {
  return changes.flatMap((change): PlannedLine[] => {
    const { atMs } = change;
    if (change.kind === 'phone-clock') return [{ atMs, text: tellSkew(change.skewMs) }];
    if (change.kind === 'consent') return [];
    const pool = change.serials.kind === 'pool' ? change.serials.size : null;
    return [{ atMs, text: tellSerials(pool, cast.people.length) }];
  });
}

/** The faults that somebody would notice; those that live in single bytes and messages are told by the verdict alone. */
function faultLines(fault: Fault, { ports }: Cast): PlannedLine[] {
  const portOf = (station: number): string => ports[station] ?? `port ${station}`;
  switch (fault.kind) {
    case 'swap-device': {
      const text = tellSwap(portOf(fault.station), portOf(fault.with));
      return [{ atMs: fault.atMs, text }];
    }
    case 'unplug':
      return span(fault, (isOn) => tellPlug(portOf(fault.station), isOn));
    case 'wire':
      return span(fault, (isOn) => tellLine(portOf(fault.station), isOn));
    case 'broker-down':
      return span(fault, (isOn) => tellBroker(!isOn));
    case 'storage-down':
      return span(fault, (isOn) => tellStorage(!isOn));
    case 'brown-out':
      return [
        { atMs: fault.atMs, text: `The power of the trainer on ${portOf(fault.station)} dipped` },
      ];
    default:
      return [];
  }
}

function span(
  { atMs, untilMs }: { readonly atMs: number; readonly untilMs: number },
  tell: (isOn: boolean) => string,
): PlannedLine[] {
  return [
    { atMs, text: tell(true) },
    { atMs: untilMs, text: tell(false) },
  ];
}
