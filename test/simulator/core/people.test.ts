import { describe, expect, it } from 'vitest';
import { drawPeople, shortestWorldMs } from '../../../simulator/core/people.ts';
import type { Person } from '../../../simulator/core/people.ts';
import type { WorldSpec } from '../../../simulator/core/world-spec.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleSpec, WORLD_START_MS } from './sample-world.ts';

const DAY_MS = 86_400_000;

const peopleOf = (change: Partial<WorldSpec>, seed = 1): Person[] =>
  drawPeople(sampleSpec(change), seededStreams(seed));

const HOUSEHOLDS = [
  [1, 1],
  [2, 1],
  [4, 2],
  [3, 5],
] as const;

describe('drawPeople', () => {
  it('puts households together at one station, one station after the other', () => {
    const people = peopleOf({ customers: 7, householdSize: 3, durationMs: 3_600_000 });
    expect(people.map(({ station }) => station)).toEqual([0, 0, 0, 1, 1, 1, 2]);
    expect(people.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it.each(HOUSEHOLDS)(
    'never lets two of %d people with %d sessions each use a trainer at one time',
    (householdSize, sessionsPerPerson) => {
      const spec = { customers: 24, householdSize, sessionsPerPerson, durationMs: 3_600_000 };
      const people = peopleOf(spec);
      for (let station = 0; station < 24 / householdSize; station++) {
        const sessions = people
          .filter((person) => person.station === station)
          .flatMap((person) => person.sessions)
          .toSorted((left, right) => left.startMs - right.startMs);
        expect(sessions).toHaveLength(householdSize * sessionsPerPerson);
        const pausesMs = sessions
          .slice(1)
          .map(({ startMs }, index) => startMs - (sessions[index]?.endMs ?? Number.NaN));
        // A minute to step off and on.
        expect(pausesMs.every((pauseMs) => pauseMs >= 60_000)).toBe(true);
      }
    },
  );

  it.each(HOUSEHOLDS)(
    'fits %d people with %d sessions each into the shortest world, with time before and after',
    (householdSize, sessionsPerPerson) => {
      const durationMs = shortestWorldMs({ householdSize, sessionsPerPerson });
      const spec = { customers: 3 * householdSize, householdSize, sessionsPerPerson, durationMs };
      const sessions = peopleOf(spec).flatMap((person) => person.sessions);
      const [first] = sessions.toSorted((left, right) => left.startMs - right.startMs);
      expect(first?.startMs).toBe(WORLD_START_MS + 15_000);
      for (const { endMs } of sessions) {
        expect(endMs).toBeLessThanOrEqual(WORLD_START_MS + durationMs - 15_000);
      }
    },
  );

  it('starts households at different times all over a longer world', () => {
    const starts = peopleOf({ customers: 200, durationMs: 3_600_000 }).map(
      ({ sessions }) => (sessions[0]?.startMs ?? 0) - WORLD_START_MS,
    );
    expect(new Set(starts).size).toBeGreaterThan(195);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(15_000);
    expect(Math.min(...starts)).toBeLessThan(200_000);
    expect(Math.max(...starts)).toBeGreaterThan(3_200_000);
    expect(Math.max(...starts)).toBeLessThanOrEqual(3_600_000 - 15_000 - 180_000);
  });

  it('gives everybody an address of their own, however many share a name', () => {
    const people = peopleOf({ customers: 5_000 });
    const emails = people.map(({ identity }) => identity.email);
    expect(new Set(emails).size).toBe(5_000);
    expect(new Set(people.map(({ identity }) => identity.customerName)).size).toBeLessThan(1_601);
    for (const { identity } of people) {
      const [first, last] = identity.customerName.split(' ') as [string, string];
      expect(identity.email.replace(/\d*@/, '@')).toBe(`${first}.${last}@mail.example`);
    }
  });

  it('invents numbers that nobody has and birthdays that exist', () => {
    for (const { identity } of peopleOf({ customers: 500 })) {
      expect(identity.phone).toMatch(/^801555(?:01\d\d)$/);
      expect(identity.birthDay).toMatch(/^(?:19[3-9]\d|200[0-4])-\d\d-\d\d$/);
      const parsed = new Date(identity.birthDay);
      expect(parsed.toISOString().slice(0, 10)).toBe(identity.birthDay);
    }
  });

  it('registers everybody 1 to 30 days before the world begins', () => {
    const leads = peopleOf({ customers: 500 }).map(
      ({ registeredAtMs }) => WORLD_START_MS - registeredAtMs,
    );
    expect(Math.min(...leads)).toBeGreaterThanOrEqual(DAY_MS);
    expect(Math.max(...leads)).toBeLessThanOrEqual(30 * DAY_MS);
    expect(Math.max(...leads) - Math.min(...leads)).toBeGreaterThan(28 * DAY_MS);
  });

  it('or around the start of the first session, and before its end', () => {
    const people = peopleOf({ customers: 500, registration: 'during' });
    const late = people.filter(({ registeredAtMs, sessions }) => {
      const [first] = sessions;
      expect(registeredAtMs).toBeGreaterThanOrEqual((first?.startMs ?? 0) - 15_000);
      expect(registeredAtMs).toBeLessThan(first?.endMs ?? 0);
      return registeredAtMs > (first?.startMs ?? 0);
    });
    // 59 of 74 s lie behind the start.
    expect(late.length / 500).toBeCloseTo(59 / 74, 1);
  });

  it('gives pairs of namesakes one name and one e-mail, and never the same ms', () => {
    const change = { customers: 400, registration: 'during' } as const;
    const [people, others] = [
      peopleOf({ ...change, namesakes: { pairs: 150, consent: 'drawn' } }),
      peopleOf(change),
    ];
    for (let id = 0; id < 300; id += 2) {
      const [first, second] = people.slice(id, id + 2) as [Person, Person];
      expect(first).toEqual(others[id]);
      expect(second.identity.email).toBe(first.identity.email);
      expect(second.identity.customerName).toBe(first.identity.customerName);
      expect(second.identity.phone).toBe(others[id + 1]?.identity.phone);
      expect(second.registeredAtMs).not.toBe(first.registeredAtMs);
      const times = [first, second].flatMap(({ sessions }) =>
        sessions.flatMap(({ steps }) => steps.map(({ atMs }) => atMs)),
      );
      expect(new Set(times).size).toBe(times.length);
    }
    expect(people.slice(300)).toEqual(others.slice(300));
    expect(new Set(people.map(({ identity }) => identity.email)).size).toBe(250);
  });

  it('moves a namesake out of the way by ms where two steps would fall on one', () => {
    const short = {
      customers: 2,
      durationMs: 210_000,
      namesakes: { pairs: 1, consent: 'drawn' },
    } as const;
    const [first, second] = peopleOf(short) as [Person, Person];
    // The shortest world leaves no choice: both would begin at once.
    expect(second.sessions[0]?.startMs).toBeGreaterThan(first.sessions[0]?.startMs ?? Infinity);
    expect((second.sessions[0]?.startMs ?? 0) - (first.sessions[0]?.startMs ?? 0)).toBeLessThan(60);
    expect(second.sessions[0]?.steps[0]?.atMs).toBe(second.sessions[0]?.startMs);
  });
});
