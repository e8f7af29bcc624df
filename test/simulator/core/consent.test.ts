import { describe, expect, it } from 'vitest';
import { hasWithdrawn, researchConsentFrom } from '../../../simulator/core/consent.ts';
import type { ConsentDecision, ConsentHistory } from '../../../simulator/core/consent.ts';
import type { StepTest } from '../../../simulator/core/step-test.ts';
import { sampleWorld } from './sample-world.ts';

const decision = (atMs: number, research?: number): ConsentDecision => ({
  atMs,
  research,
  public: undefined,
  friends: undefined,
});

describe('a consent history', () => {
  it.each<[string, ConsentHistory, number | undefined, boolean]>([
    ['never given', [decision(1)], undefined, false],
    ['given at registration', [decision(1, 1)], 1, false],
    ['given later', [decision(1), decision(5, 5)], 5, false],
    ['withdrawn', [decision(1, 1), decision(5)], undefined, true],
    ['withdrawn and given again', [decision(1, 1), decision(5), decision(9, 9)], 9, false],
    ['given later and withdrawn', [decision(1), decision(5, 5), decision(9)], undefined, true],
  ])('%s: the last decision rules', (_what, history, consentFrom, withdrawn) => {
    expect(researchConsentFrom(history)).toBe(consentFrom);
    expect(hasWithdrawn(history)).toBe(withdrawn);
  });
});

describe('drawConsent', () => {
  const consent = { researchShare: 0.5, withdrawDuringRun: 40, consentDuringRun: 30 };
  const CASES = [['before'], ['during']] as const;

  it.each(CASES)(
    'registered %s: first those who withdraw, then those who consent late',
    (registration) => {
      const { people, consents } = sampleWorld({ customers: 200, consent, registration });
      for (const { id, registeredAtMs } of people) {
        const history = consents[id] as ConsentHistory;
        expect(history).toHaveLength(id < 70 ? 2 : 1);
        expect(history[0].atMs).toBe(registeredAtMs);
        expect(hasWithdrawn(history)).toBe(id < 40);
      }
      for (const { id, registeredAtMs } of people.slice(0, 40)) {
        expect(consents[id]?.[0]?.research).toBe(registeredAtMs);
      }
      for (const { id } of people.slice(40, 70)) {
        const [first, second] = consents[id] as ConsentHistory;
        expect([first.research, second?.research]).toEqual([undefined, second?.atMs]);
      }
    },
  );

  it.each(CASES)(
    'registered %s: decisions change during the first session, and after the first',
    (registration) => {
      const { people, consents } = sampleWorld({ customers: 70, consent, registration });
      for (const { id, sessions } of people) {
        const [first, second] = consents[id] as ConsentHistory;
        const [session] = sessions;
        const changesMs = second?.atMs ?? Number.NaN;
        expect(changesMs).toBeGreaterThan(first.atMs);
        expect(changesMs).toBeGreaterThan(session?.steps[5]?.atMs ?? Number.NaN);
        expect(changesMs).toBeLessThan(session?.endMs ?? Number.NaN);
        expect(Number.isInteger(changesMs)).toBe(true);
      }
    },
  );

  it('changes nothing but the research date', () => {
    const { consents } = sampleWorld({ customers: 70, consent });
    for (const [first, second] of consents as [ConsentDecision, ConsentDecision][]) {
      expect([second.public, second.friends]).toEqual([first.public, first.friends]);
    }
  });

  it.each([0, 0.25, 1])(
    'lets a share of %d of the others consent at registration',
    (researchShare) => {
      const others = { researchShare, withdrawDuringRun: 0, consentDuringRun: 0 };
      const { people, consents } = sampleWorld({ customers: 2_000, consent: others });
      const given = people.filter(({ id }) => researchConsentFrom(consents[id] as ConsentHistory));
      // Six standard deviations of a binomial count with n = 2,000 and p = 0.25.
      expect(Math.abs(given.length - 2_000 * researchShare)).toBeLessThanOrEqual(
        researchShare === 0.25 ? 116 : 0,
      );
      for (const { id, registeredAtMs } of given) {
        expect(researchConsentFrom(consents[id] as ConsentHistory)).toBe(registeredAtMs);
      }
    },
  );

  it('gives each of the other two dates to one in two', () => {
    const { people, consents } = sampleWorld({ customers: 2_000 });
    for (const audience of ['public', 'friends'] as const) {
      const dates = people.map(({ id }) => consents[id]?.[0]?.[audience]);
      const given = dates.filter((date) => date !== undefined);
      expect(Math.abs(given.length - 1_000)).toBeLessThan(135);
      expect(
        dates.every((date, id) => date === undefined || date === people[id]?.registeredAtMs),
      ).toBe(true);
    }
  });

  it('lets the next ones withdraw and consent again in one session, the later the later', () => {
    const again = { ...consent, consentAgainDuringRun: 50 };
    const { people, consents } = sampleWorld({ customers: 200, consent: again });
    const lengths = consents.map(({ length }) => length);
    const times = (count: number, length: number): number[] =>
      Array(count).fill(length) as number[];
    expect(lengths).toEqual([...times(70, 2), ...times(50, 3), ...times(80, 1)]);
    for (const { id, sessions } of people.slice(70, 120)) {
      const [given, withdrawn, last] = consents[id] as readonly ConsentDecision[] as [
        ConsentDecision,
        ConsentDecision,
        ConsentDecision,
      ];
      const [{ startMs, endMs }] = sessions as [StepTest];
      expect([given.research, withdrawn.research]).toEqual([given.atMs, undefined]);
      expect(last.research).toBe(last.atMs);
      expect(withdrawn.atMs).toBeGreaterThanOrEqual(startMs + Math.floor((endMs - startMs) / 3));
      expect(last.atMs).toBeGreaterThanOrEqual(withdrawn.atMs + 1_000);
      expect(last.atMs).toBeLessThan(endMs);
    }
  });

  it.each(CASES)(
    'registered %s: changes can fall on steps, and only where one is left',
    (registration) => {
      const onSteps = { ...consent, consentAgainDuringRun: 30, onSteps: true };
      const { people, consents } = sampleWorld({ customers: 100, consent: onSteps, registration });
      let missed = 0;
      for (const { id, sessions } of people) {
        const steps = sessions.flatMap((session) => session.steps.map(({ atMs }) => atMs));
        const history = consents[id] as ConsentHistory;
        for (const [index, { atMs }] of history.entries()) {
          expect(atMs).toBeGreaterThan(history[index - 1]?.atMs ?? 0);
          if (index === 0 || steps.includes(atMs)) continue;
          missed++;
          expect(atMs).toBeGreaterThan(steps.at(-1) ?? Infinity);
        }
      }
      expect(missed).toBeLessThan(registration === 'before' ? 1 : 10);
    },
  );

  it('gives the other dates to the shares that are asked for', () => {
    const others = { ...consent, publicShare: 1, friendsShare: 0 };
    const { consents } = sampleWorld({ customers: 100, consent: others });
    for (const [first] of consents) {
      expect([first?.public, first?.friends]).toEqual([first?.atMs, undefined]);
    }
  });

  it.each([
    ['one', [true, false, true, false]],
    ['both', [true, true, true, true]],
  ] as const)('lets %s of two namesakes consent', (who, expected) => {
    const none = { researchShare: 0, withdrawDuringRun: 0, consentDuringRun: 0 };
    const namesakes = { pairs: 2, consent: who };
    const world = sampleWorld({ customers: 6, consent: none, namesakes });
    const given = world.consents.map((history) => researchConsentFrom(history) !== undefined);
    expect(given).toEqual([...expected, false, false]);
    const drawn = sampleWorld({ customers: 6, namesakes: { pairs: 2, consent: 'drawn' } });
    expect(drawn.consents).toEqual(sampleWorld({ customers: 6 }).consents);
    const changing = sampleWorld({ customers: 6, consent, namesakes });
    expect(changing.consents.every(hasWithdrawn)).toBe(true);
  });
});
