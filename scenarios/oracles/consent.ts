/** Oracles of consent: whose rows are in the zones, and from when. */
import { hasWithdrawn, participantsOf } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { personalRows } from '../evidence/personal-rows.ts';
import type { PersonalRow } from '../evidence/personal-rows.ts';
import { namePerson } from '../evidence/person-names.ts';
import { tellConsent } from '../evidence/truth-words.ts';
import { firstOffenders, rowOffender } from './offender.ts';
import type { Offender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Rows of the zones about people who do not share their data. */
export const PRIVACY_LEAKS: Oracle = {
  id: 'privacy.leaks',
  title: 'Nobody is in the zones who does not share data for research',
  unit: 'rows',
  measure: (evidence) => {
    const canaries = participantsOf(evidence.world).filter(
      ({ id }) => evidence.consentFrom(id) === undefined,
    ).length;
    const leaks = rowsAbout(evidence, (id) => evidence.consentFrom(id) === undefined);
    return {
      measured: leaks.rows,
      chances: canaries,
      offenders: leaks.offenders,
      sentence: `${formatPlural(leaks.rows, 'row')} in the zones ${wordFor(leaks.rows, 'is', 'are')} about ${tellPeople(leaks.people, canaries, ['person who does', 'people who do'])} not share data for research.`,
    };
  },
};

/** Rows of the zones about people who share with others, and not for research. */
export const CONSENT_OTHER_AUDIENCE: Oracle = {
  id: 'consent.otherAudience',
  title: 'To share with the public or with friends is not to share for research',
  unit: 'rows',
  measure: (evidence) => {
    const shares = evidence.world.consents.map((history) => {
      const last = history.at(-1);
      const withOthers = last?.public !== undefined || last?.friends !== undefined;
      return withOthers && last?.research === undefined;
    });
    const found = rowsAbout(evidence, (id) => shares[id] === true);
    const chances = shares.filter(Boolean).length;
    return {
      measured: found.rows,
      chances,
      offenders: found.offenders,
      sentence: `${formatPlural(found.rows, 'row')} in the zones ${wordFor(found.rows, 'is', 'are')} about ${tellPeople(found.people, chances, ['person who shares', 'people who share'])} with the public or with friends only.`,
    };
  },
};

/** Rows of the zones about people who took their consent back. */
export const CONSENT_WITHDRAWAL: Oracle = {
  id: 'consent.withdrawal',
  title: 'Nobody is in the zones who withdrew consent',
  unit: 'rows',
  measure: (evidence) => {
    const withdrawn = evidence.world.consents.map(hasWithdrawn);
    const found = rowsAbout(evidence, (id) => withdrawn[id] === true);
    const chances = withdrawn.filter(Boolean).length;
    return {
      measured: found.rows,
      chances,
      offenders: found.offenders,
      sentence: `${formatPlural(found.rows, 'row')} in the zones ${wordFor(found.rows, 'is', 'are')} about ${tellPeople(found.people, chances, ['person', 'people'])} who withdrew their consent.`,
    };
  },
};

/** Rows with readings from before the date of consent. */
export const CONSENT_DATE: Oracle = {
  id: 'consent.date',
  title: 'Readings count from the date of consent on',
  unit: 'rows',
  measure: (evidence) => {
    const isEarly = (person: number, timeMs: number): boolean => {
      const fromMs = evidence.consentFrom(person);
      return fromMs !== undefined && timeMs < fromMs;
    };
    const early = personalRows(evidence).filter(
      ({ people, timeMs }) => timeMs !== undefined && people.some((id) => isEarly(id, timeMs)),
    );
    const chances = evidence.readings.filter((truth) => {
      const landed = evidence.landed.readings.get(truth.id);
      return landed !== undefined && isEarly(truth.person, landed.timeMs);
    }).length;
    return {
      measured: early.length,
      chances,
      offenders: firstOffenders(early, (row) => consentOffender(evidence, row)),
      sentence: `${formatPlural(early.length, 'row')} in the zones ${wordFor(early.length, 'holds', 'hold')} readings from before their person's consent; ${formatPlural(chances, 'such reading')} landed.`,
    };
  },
};

/** How many of certain people, in words: `2 of the 5 people`, `the only person`. */
function tellPeople(
  found: number,
  all: number,
  [ofOne, ofSeveral]: readonly [string, string],
): string {
  if (all === 1) return `the only ${ofOne}`;
  return `${formatCount(found)} of the ${formatCount(all)} ${ofSeveral}`;
}

/** The rows about certain people, and how many of these people are in them. */
function rowsAbout(
  evidence: Evidence,
  isMeant: (person: number) => boolean,
): { readonly rows: number; readonly people: number; readonly offenders: Offender[] } {
  const found = personalRows(evidence).filter(({ people }) => people.some(isMeant));
  const people = new Set(found.flatMap((row) => row.people.filter(isMeant)));
  const offenders = firstOffenders(found, (row) => consentOffender(evidence, row));
  return { rows: found.length, people: people.size, offenders };
}

/** A row with what the people in it decided; rows of customers tell that by themselves. */
function consentOffender(evidence: Evidence, { table, row, people }: PersonalRow): Offender {
  if (table === 'customer_trusted' || table === 'customer_curated') {
    return rowOffender(evidence, { table, row });
  }
  const why = [...new Set(people)].map((id) => `${namePerson(id)} ${tellConsent(evidence, id)}`);
  return rowOffender(evidence, { table, row, why: why.join('; '), people });
}
