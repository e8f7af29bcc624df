import { describe, expect, test } from 'vitest';
import { customerFeed } from '../../../simulator/core/customer-feed.ts';
import { drawWorld } from '../../../simulator/core/world.ts';
import type { World } from '../../../simulator/core/world.ts';
import { participantsOf } from '../../../simulator/core/world-crop.ts';
import type { WorldCrop } from '../../../simulator/core/world-crop.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const START_MS = Date.parse('2022-06-18T15:00:00Z');

function draw(only?: WorldCrop): World {
  const spec = {
    startMs: START_MS,
    durationMs: 480_000,
    customers: 6,
    householdSize: 2,
    sessionsPerPerson: 1,
    registration: 'before',
    serials: { kind: 'pool', size: 2, assign: 'round-robin' },
    consent: { researchShare: 0.5, withdrawDuringRun: 1, consentDuringRun: 1 },
    phoneClock: { skewMs: 10, driftPpm: 5 },
    trainerClock: { driftPpm: 20 },
  } as const;
  return drawWorld(only === undefined ? spec : { ...spec, only }, seededStreams(7));
}

const whole = draw();

describe('a part of a world', () => {
  test('has everybody else as they were drawn, under their numbers', () => {
    const part = draw({ people: [1, 4] });
    expect(participantsOf(part)).toEqual([whole.people[1], whole.people[4]]);
    expect(part.people).toHaveLength(6);
    expect([part.consents[1], part.boxes, part.fulfilledSerials]).toEqual([
      whole.consents[1],
      whole.boxes,
      whole.fulfilledSerials,
    ]);
  });

  test('knows nothing of those who are left out: no customer, no consent, no exercise', () => {
    const part = draw({ people: [1, 4] });
    const emails = new Set(customerFeed(part).map(({ email }) => email));
    expect(emails).toEqual(new Set([1, 4].map((id) => whole.people[id]?.identity.email)));
    expect(part.consents.map((history) => history.length > 0)).toEqual(
      [0, 1, 2, 3, 4, 5].map((id) => [1, 4].includes(id)),
    );
    expect(part.people[0]).toMatchObject({ isAbsent: true, sessions: [] });
  });

  test('says who has no trainer, by household, and no phone, by person', () => {
    const { people } = draw({ trainers: [0], phones: [3] });
    expect(people.map(({ hasNoTrainer = false }) => hasNoTrainer)).toEqual(
      people.map(({ station }) => station !== 0),
    );
    expect(people.map(({ hasNoPhone = false }) => hasNoPhone)).toEqual(
      people.map(({ id }) => id !== 3),
    );
  });

  test('has the steps from the first to the last, and the time that they take', () => {
    const [session] = draw({ steps: { first: 3, last: 5 } }).people[2]?.sessions ?? [];
    const steps = whole.people[2]?.sessions[0]?.steps ?? [];
    expect(session).toEqual({
      startMs: steps[3]?.atMs,
      endMs: steps[6]?.atMs,
      steps: steps.slice(3, 6),
    });
  });

  test('ends with the whole exercise when the last step is left', () => {
    const [session] = draw({ steps: { first: 28, last: 99 } }).people[2]?.sessions ?? [];
    expect(session?.steps).toHaveLength(2);
    expect(session?.endMs).toBe(whole.people[2]?.sessions[0]?.endMs);
  });

  test('has the steps from a time until before another, and no exercise without steps', () => {
    const steps = whole.people[2]?.sessions[0]?.steps ?? [];
    const [fromMs, untilMs] = [steps[10]?.atMs ?? 0, steps[12]?.atMs ?? 0];
    const { people } = draw({ fromMs, untilMs });
    expect(people[2]?.sessions.map((session) => session.steps)).toEqual([steps.slice(10, 12)]);
    const all = people.flatMap(({ sessions }) => sessions.flatMap((session) => session.steps));
    expect(all.filter(({ atMs }) => atMs < fromMs || atMs >= untilMs)).toEqual([]);
    expect(people.some(({ sessions }) => sessions.length === 0)).toBe(true);
  });
});
