/** The versions of customers: what the website writes when somebody decides something or gets another trainer, and how. */
import type { SerialChange } from './box-moves.ts';
import type { ConsentDecision } from './consent.ts';
import { spellOtherwise } from './email-spelling.ts';
import type { Person } from './people.ts';
import { drawInteger, drawOne } from './random.ts';
import type { Random, RandomStreams } from './random.ts';
import type { World } from './world.ts';
import { NOT_GIVEN_SPELLINGS } from './world-spec.ts';
import type { NotGivenSpelling, WritingSpec } from './world-spec.ts';

/** What stands for one date that was not given. */
export type NotGiven = Exclude<NotGivenSpelling, 'mixed'>;

/** How one version of a customer is written, and from when on exports hold it (epoch ms). */
export interface VersionWriting {
  readonly email: string;
  readonly notGiven: Readonly<Record<'research' | 'public' | 'friends', NotGiven>>;
  readonly exportMs: number;
}

/** What one version of a customer says: the decision that rules from its time on, and the serial number believed then. */
export interface CustomerVersionFacts {
  readonly decision: ConsentDecision;
  readonly serialNumber: string;
}

/** The versions of one customer in the order of time, one for each moment at which something changed. */
export function customerVersions(
  world: Pick<World, 'consents' | 'fulfilledSerials' | 'serialChanges'>,
  person: number,
  changes: readonly SerialChange[] = (world.serialChanges ?? []).filter(
    (change) => change.person === person,
  ),
): CustomerVersionFacts[] {
  const decisions = world.consents[person] ?? [];
  const moments = new Set([...decisions, ...changes].map(({ atMs }) => atMs));
  return [...moments]
    .sort((a, b) => a - b)
    .map((atMs) => ({
      decision: { ...(decisions.findLast((made) => made.atMs <= atMs) as ConsentDecision), atMs },
      serialNumber:
        changes.findLast((change) => change.atMs <= atMs)?.serialNumber ??
        (world.fulfilledSerials[person] as string),
    }));
}

/** What the website wrote later of serial numbers, by person: for whoever asks for the versions of everybody. */
export function serialChangesByPerson({
  serialChanges = [],
}: Pick<World, 'serialChanges'>): (person: number) => readonly SerialChange[] {
  const byPerson = new Map<number, SerialChange[]>();
  for (const change of serialChanges) {
    const known = byPerson.get(change.person);
    if (known === undefined) byPerson.set(change.person, [change]);
    else known.push(change);
  }
  return (person) => byPerson.get(person) ?? [];
}

/** Draws how the versions of one customer are written; `versionTimes` are their times in epoch ms. */
export function drawWritings(
  person: Pick<Person, 'id' | 'identity'>,
  versionTimes: readonly number[],
  spec: { readonly startMs: number; readonly durationMs: number; readonly writing: WritingSpec },
  streams: RandomStreams,
): VersionWriting[] {
  const { notGiven, order, emailCase } = spec.writing;
  const random = streams(`person:${person.id}/writing`);
  const exportTimes = drawExportTimes(person.id, versionTimes, spec, order, random);
  const { email } = person.identity;
  return versionTimes.map((_, index) => ({
    email: emailCase === 'mixed' && index > 0 ? spellOtherwise(email, random) : email,
    notGiven: {
      research: drawNotGiven(notGiven, random),
      public: drawNotGiven(notGiven, random),
      friends: drawNotGiven(notGiven, random),
    },
    exportMs: exportTimes[index] as number,
  }));
}

/** In time, or for every second person in the order against that of the dates. */
function drawExportTimes(
  person: number,
  versionTimes: readonly number[],
  { startMs, durationMs }: { readonly startMs: number; readonly durationMs: number },
  order: WritingSpec['order'],
  random: Random,
): readonly number[] {
  if (order === 'in-time' || person % 2 === 0) return versionTimes;
  const newestMs = Math.max(startMs, versionTimes.at(-1) as number);
  const drawn = versionTimes.map(() => drawInteger(random, newestMs, startMs + durationMs));
  return drawn.sort((left, right) => right - left);
}

function drawNotGiven(spelling: NotGivenSpelling, random: Random): NotGiven {
  if (spelling !== 'mixed') return spelling;
  return drawOne(random, NOT_GIVEN);
}

const NOT_GIVEN = NOT_GIVEN_SPELLINGS.filter((spelling) => spelling !== 'mixed');
