/** Why a reading ended where it did. */
import type { Truth } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Bin } from '../evidence/bins.ts';
import { findClaims } from '../evidence/claims.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { namePeople, tellTime } from '../evidence/person-names.ts';
import { placeOf, tellConsent } from '../evidence/truth-words.ts';
import { BIN_STORIES } from '../report/bin-stories.ts';
import { countExpected, rowsOf } from './zone-stages.ts';

/** The bin of a reading in words, and the reason as far as the truth knows it. */
export function tellEnd(
  evidence: Evidence,
  truth: Truth,
): { readonly bin: Bin; readonly end: string } {
  const bin = sortIntoBins(evidence)[truth.id] as Bin;
  const story = BIN_STORIES.find((candidate) => candidate.bin === bin);
  const label = `${story?.label ?? bin}. ${story?.meaning ?? ''}`.trim();
  const reason = reasonOf(evidence, truth, bin);
  return { bin, end: reason === undefined ? label : `${label} ${reason}` };
}

function reasonOf(evidence: Evidence, truth: Truth, bin: Bin): string | undefined {
  switch (bin) {
    case 'rightlyFiltered':
    case 'wronglyKept':
      return reasonNotToUse(evidence, truth);
    case 'wronglyFiltered':
      return tellSession(evidence, truth);
    case 'misattributed': {
      const believed = findClaims(evidence).believedOf.get(truth.id) ?? [];
      return `The pipeline takes it for a reading of ${namePeople(believed)}; it is one of person ${truth.person}.`;
    }
    case 'landed':
      return tellPairs(evidence, truth);
    default:
      return undefined;
  }
}

/** A reading may stand right in its trusted table, and its pairs be missing all the same. */
function tellPairs(evidence: Evidence, truth: Truth): string | undefined {
  const table = 'machine_learning_curated';
  const found = rowsOf(evidence, table, truth).length;
  const expected = countExpected(evidence, table, truth);
  return found === expected
    ? undefined
    : `In ${table} it stands in ${found === 1 ? '1 row' : `${found} rows`}, and should stand in ${expected}.`;
}

function reasonNotToUse(evidence: Evidence, { id, person }: Truth): string {
  const fromMs = evidence.consentFrom(person);
  const consent = `Person ${person} ${tellConsent(evidence, person)}`;
  const timeMs = evidence.landed.readings.get(id)?.timeMs;
  if (fromMs === undefined || timeMs === undefined) return `${consent}.`;
  return `${consent}; the reading is of ${tellTime(timeMs)}, ${fromMs - timeMs} ms before that.`;
}

/** Whether the pipeline left out one reading, or everything of its session. */
function tellSession(evidence: Evidence, truth: Truth): string {
  const session = placeOf(evidence, truth)?.session;
  const span = evidence.world.people[truth.person]?.sessions[session ?? -1];
  if (span === undefined) return 'It is of no session.';
  const bins = sortIntoBins(evidence);
  const usable = evidence.readings.filter(({ id, kind, person, atMs }) => {
    const landed = evidence.landed.readings.get(id);
    const isOfSession = person === truth.person && span.startMs <= atMs && atMs < span.endMs;
    if (kind !== truth.kind || !isOfSession || landed === undefined) return false;
    return evidence.mayBeUsed(person, landed.timeMs);
  });
  const missing = usable.filter(({ id }) => bins[id] === 'wronglyFiltered').length;
  const what = truth.kind === 'distance' ? 'trainer readings' : 'phone samples';
  return missing === usable.length
    ? `All ${usable.length} usable ${what} of its session are left out: the pipeline did not recognise the session, or does not have its person.`
    : `${missing} of the ${usable.length} usable ${what} of its session ${missing === 1 ? 'is' : 'are'} left out, the others are there.`;
}
