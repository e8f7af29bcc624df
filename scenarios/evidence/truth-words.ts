/** What the world knows of people, readings and rows, in words without personal data: people are "person 7". */
import { hasWithdrawn, NOBODY } from '../../simulator/index.ts';
import type { Truth } from '../../simulator/index.ts';
import type { ZoneRow, ZoneTableName } from '../../pipeline/index.ts';
import type { Evidence } from './evidence.ts';
import { namePerson, tellTime } from './person-names.ts';
import { rowTruth } from './row-truth.ts';

/** What a person decided about research: the end of a sentence that begins with the person. */
export function tellConsent(evidence: Evidence, person: number): string {
  const history = evidence.world.consents[person];
  if (history === undefined) return 'is nobody of this world';
  const decisions = history.map(({ atMs, research }) =>
    research === undefined ? `refused at ${tellTime(atMs)}` : `shared from ${tellTime(research)}`,
  );
  const fromMs = evidence.consentFrom(person);
  if (fromMs === undefined) {
    if (!hasWithdrawn(history)) return 'never shared data for research';
    return `withdrew consent at ${tellTime(history.at(-1)?.atMs ?? 0)}`;
  }
  return history.length < 2
    ? `shares data for research from ${tellTime(fromMs)} on`
    : `shares data for research from ${tellTime(fromMs)} on (${decisions.join(', ')})`;
}

/** Who made a reading, and when: a sentence without its full stop. */
export function tellReading(evidence: Evidence, truth: Truth): string {
  if (truth.person === NOBODY) return `A recorded device sent it at ${tellTime(truth.atMs)}`;
  const place = placeOf(evidence, truth);
  const step = place === undefined ? '' : ` (session ${place.session}, step ${place.step})`;
  return `Person ${truth.person} made it at ${tellTime(truth.atMs)}${step}`;
}

/** Which session and step of its person a reading belongs to, both counted from 0. */
export function placeOf(
  { world }: Evidence,
  { person, atMs }: Truth,
): { readonly session: number; readonly step: number } | undefined {
  const sessions = world.people[person]?.sessions ?? [];
  const session = sessions.findIndex(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
  const step = sessions[session]?.steps.findIndex((candidate) => candidate.atMs === atMs) ?? -1;
  return step < 0 ? undefined : { session, step };
}

/** What really happened behind a row of a zone: a sentence without its full stop. */
export function tellRow(evidence: Evidence, table: ZoneTableName, row: ZoneRow): string {
  const { readings, people } = rowTruth(evidence, table, row);
  const [first, second] = readings;
  if (first === undefined) {
    const [person] = people;
    if (person !== undefined) return `Person ${person} ${tellConsent(evidence, person)}`;
    return 'Nobody of this world stands behind it';
  }
  if (second === undefined) return tellReading(evidence, first);
  return `${tellReading(evidence, first)}; the sample was made by ${namePerson(second.person)} at ${tellTime(second.atMs)}`;
}
