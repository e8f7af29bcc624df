/**
 * What changes in a world while it goes on: a world and a change give another world. A plan that knows of the changes from
 * the beginning and somebody who makes them one after the other come to the same.
 */
import type { SerialChange } from './box-moves.ts';
import { changeConsent } from './consent.ts';
import { customerVersions } from './customer-versions.ts';
import type { VersionWriting } from './customer-versions.ts';
import { drawSerialAnew } from './fulfilment.ts';
import { drawSkewShare } from './phone-clock.ts';
import type { RandomStreams } from './random.ts';
import type { World } from './world.ts';
import { participantsOf } from './world-crop.ts';
import type { ConsentChange, PhoneClockChange, SerialsChange, WorldChange } from './world-spec.ts';

/**
 * The first time at which something can change of which somebody hears at `nowMs`: the next whole ms. Nothing of it has
 * been measured or exported yet.
 */
export function nextChangeMs(nowMs: number): number {
  return Math.floor(nowMs) + 1;
}

/** The world with one more change. Changes must come in the order of their times. */
export function withChange(world: World, change: WorldChange, streams: RandomStreams): World {
  switch (change.kind) {
    case 'consent':
      return withConsentChange(world, change);
    case 'serials':
      return withSerialsChange(world, change, streams);
    case 'phone-clock':
      return withPhoneClockChange(world, change, streams);
  }
}

/**
 * The world in which a person decides otherwise about research from a time on. Decisions that were drawn for later stay. Who
 * gives what is given, or withdraws what is not, decides nothing; neither does somebody who is absent.
 */
export function withConsentChange(world: World, change: Omit<ConsentChange, 'kind'>): World {
  const { person: id, atMs, research } = change;
  const person = world.people[id];
  const noted = withNote(world, { kind: 'consent', atMs, person: id, research });
  const before = world.consents[id];
  if (person === undefined || person.isAbsent === true || before === undefined) return noted;
  const history = changeConsent(before, { atMs, research });
  const changed = { ...noted, consents: world.consents.with(id, history) };
  return history === before ? noted : withWritings(changed, world, [id]);
}

/**
 * The world in which the website gives out serial numbers in another way from a time on. Who registers later gets the
 * new number at once.
 */
export function withSerialsChange(
  world: World,
  change: Omit<SerialsChange, 'kind'>,
  streams: RandomStreams,
): World {
  const { atMs, serials } = change;
  const written = participantsOf(world).map((person): SerialChange => ({
    atMs: Math.max(atMs, person.registeredAtMs),
    person: person.id,
    serialNumber: drawSerialAnew(world, person, change, streams),
  }));
  const serialChanges = [...(world.serialChanges ?? []), ...written].sort(
    (left, right) => left.atMs - right.atMs,
  );
  const changed = { ...withNote(world, { kind: 'serials', atMs, serials }), serialChanges };
  return withWritings(
    changed,
    world,
    written.map(({ person }) => person),
  );
}

/** The world in which each phone is off by its own share, the one that it always had, of another bound from a time on. */
export function withPhoneClockChange(
  world: World,
  change: Omit<PhoneClockChange, 'kind'>,
  streams: RandomStreams,
): World {
  const { atMs, skewMs } = change;
  const phoneClocks = world.phoneClocks.map((clock, id) => {
    const share = drawSkewShare(streams(`phone:${id}/clock`));
    return { ...clock, changes: [...(clock.changes ?? []), { atMs, skewMs: share * skewMs }] };
  });
  return { ...withNote(world, { kind: 'phone-clock', atMs, skewMs }), phoneClocks };
}

/** The spec of a world always tells how it comes about. */
function withNote(world: World, change: WorldChange): World {
  const { spec } = world;
  return { ...world, spec: { ...spec, changes: [...(spec.changes ?? []), change] } };
}

/** Versions that were not there before are written like those before them, and exported in time. */
function withWritings(world: World, before: World, people: readonly number[]): World {
  if (world.writings === undefined) return world;
  const writings = [...world.writings];
  for (const id of people) writings[id] = writeVersions(world, before, id);
  return { ...world, writings };
}

function writeVersions(world: World, before: World, person: number): VersionWriting[] {
  const known = new Map(
    customerVersions(before, person).map(({ decision }, index) => [
      decision.atMs,
      before.writings?.[person]?.[index],
    ]),
  );
  const written: VersionWriting[] = [];
  for (const { decision } of customerVersions(world, person)) {
    const { atMs } = decision;
    // The first version, that of the registration, is always known.
    written.push(known.get(atMs) ?? { ...(written.at(-1) as VersionWriting), exportMs: atMs });
  }
  return written;
}
