/** What a deed changed, in words: two judgements, one from before it and one that knows of it. */
import type { Deed, DemoPolicy } from '../api.ts';
import type { Judged } from './judged.ts';

/** A deed that was done. */
export interface DoneDeed {
  readonly deed: Deed;
  /** When it took effect, in epoch ms of the world. */
  readonly atMs: number;
  /** Numbers of the people whose devices it is about: of a station those who exercise there. */
  readonly people: readonly number[];
}

/** So long after a deed something of it is among what has landed, in ms of the world. */
const SETTLED_MS = 5_000;

/**
 * What came of a deed, as the end of a sentence that begins with the deed, such as `strict dropped 412 rows, classic kept
 * them`; `undefined` as long as nothing can be seen of it, and for deeds that change no data.
 */
export function tellEffect(done: DoneDeed, before: Judged, after: Judged): string | undefined {
  const { deed, atMs } = done;
  switch (deed.do) {
    case 'consent':
      return tellConsent(deed, atMs, { before, after });
    case 'serials':
      return isToldSince(after, atMs) ? tellShares(before, after) : undefined;
    case 'garble':
      return tellRefused(deed.isOn, before, after);
    case 'broker':
    case 'storage':
      return deed.isUp ? tellWaited(before, after) : undefined;
    default:
      return isLandedSince(after, atMs + SETTLED_MS) ? tellSigns(done, before, after) : undefined;
  }
}

/** What deeds change that show only in what is measured afterwards. */
function tellSigns(done: DoneDeed, before: Judged, after: Judged): string | undefined {
  switch (done.deed.do) {
    case 'skew':
      return tellNewPairs(before, after);
    case 'swap':
      return tellNewSteps(before, after);
    case 'unplug':
      return tellUnplugged(done, before, after);
    default:
      return undefined;
  }
}

function isLandedSince({ landed }: Judged, atMs: number): boolean {
  return landed.readingsUntilMs !== undefined && landed.readingsUntilMs >= atMs;
}

function isToldSince({ landed }: Judged, atMs: number): boolean {
  return landed.toldUntilMs.some((untilMs) => untilMs !== undefined && untilMs >= atMs);
}

function tellConsent(
  { person, isGiven }: Extract<Deed, { do: 'consent' }>,
  atMs: number,
  { before, after }: { readonly before: Judged; readonly after: Judged },
): string | undefined {
  const untilMs = after.landed.toldUntilMs[person];
  if (untilMs === undefined || untilMs < atMs) return undefined;
  const change = (policy: DemoPolicy): RowChange => ({
    had: before.rowsOf[policy][person] ?? 0,
    has: after.rowsOf[policy][person] ?? 0,
  });
  const [strict, classic] = [change('strict'), change('classic')];
  if (isGiven) {
    const gained = strict.has > strict.had || classic.has > classic.had;
    return gained ? `strict ${tellGain(strict)}, classic ${tellGain(classic)}` : undefined;
  }
  if (strict.had === 0 && classic.had === 0) return 'neither pipeline had rows about them';
  return `strict ${tellLoss(strict)}, classic ${tellKept(strict, classic)}`;
}

/** Rows about one person, before and after. */
interface RowChange {
  readonly had: number;
  readonly has: number;
}

function tellGain({ had, has }: RowChange): string {
  return has > had ? `took in ${plural(has - had, 'row')}` : 'took in none';
}

function tellLoss({ had, has }: RowChange): string {
  if (had === 0) return 'had no rows about them';
  if (has >= had) return `still holds ${plural(has, 'row')} about them`;
  return `dropped ${plural(had - has, 'row')}${has > 0 ? ` and holds ${count(has)}` : ''}`;
}

function tellKept(strict: RowChange, { had, has }: RowChange): string {
  if (had === 0 && has === 0) return 'had none';
  if (has < had) return tellLoss({ had, has });
  return has === strict.had ? 'kept them' : `keeps ${plural(has, 'row')} about them`;
}

/** How many of all trainer rows are given to the wrong person. */
function tellShares(before: Judged, after: Judged): string {
  const shareOf = (judged: Judged, policy: DemoPolicy): string => {
    const { tables, misattributed } = judged.verdict.policies[policy];
    return percent(misattributed, tables.step_trainer_trusted.rows);
  };
  const tell = (policy: DemoPolicy): string =>
    `${policy} gives ${shareOf(after, policy)} of its steps to the wrong person (before: ${shareOf(before, policy)})`;
  return `${tell('classic')}, ${tell('strict')}`;
}

/** The pairs that have come since, and how many of them are of two people. */
function tellNewPairs(before: Judged, after: Judged): string {
  const tell = (policy: DemoPolicy): string => {
    const [had, has] = [before, after].map((judged) => judged.verdict.policies[policy]);
    const rows = rowsSince(
      had?.tables.machine_learning_curated,
      has?.tables.machine_learning_curated,
    );
    if (rows <= 0) return `${policy} found no more pairs of step and phone`;
    const mixed = Math.max(0, (has?.mismatched ?? 0) - (had?.mismatched ?? 0));
    return `${policy} added ${plural(rows, 'pair')}, ${count(mixed)} of them of two people`;
  };
  return `${tell('classic')}, ${tell('strict')}`;
}

/** The trainer rows that have come since, and how many of them are somebody else's. */
function tellNewSteps(before: Judged, after: Judged): string {
  const tell = (policy: DemoPolicy): string => {
    const [had, has] = [before, after].map((judged) => judged.verdict.policies[policy]);
    const rows = rowsSince(had?.tables.step_trainer_trusted, has?.tables.step_trainer_trusted);
    if (rows <= 0) return `${policy} took in no more steps`;
    const wrong = Math.max(0, (has?.misattributed ?? 0) - (had?.misattributed ?? 0));
    return `${policy} took in ${plural(rows, 'step')}, ${count(wrong)} of them somebody else's`;
  };
  return `${tell('classic')}, ${tell('strict')}`;
}

function rowsSince(
  had: { readonly rows: number } | undefined,
  has: { readonly rows: number } | undefined,
): number {
  return (has?.rows ?? 0) - (had?.rows ?? 0);
}

function tellUnplugged(
  { deed, people }: DoneDeed,
  before: Judged,
  after: Judged,
): string | undefined {
  if (deed.do !== 'unplug') return undefined;
  const since = (which: 'stepsOf' | 'samplesOf'): number =>
    people.reduce(
      (sum, id) => sum + (after.landed[which][id] ?? 0) - (before.landed[which][id] ?? 0),
      0,
    );
  const [steps, samples] = [since('stepsOf'), since('samplesOf')];
  if (deed.isOn) {
    return `${plural(samples, 'phone sample')} and ${plural(steps, 'step')} from there have landed since`;
  }
  return steps > 0 ? `${plural(steps, 'step')} from there have landed since` : undefined;
}

function tellRefused(isOn: boolean, before: Judged, after: Judged): string | undefined {
  const refused = after.landed.quarantined - before.landed.quarantined;
  if (!isOn || refused <= 0) return undefined;
  const wrong = after.landed.unexpected - before.landed.unexpected;
  const landed = wrong > 0 ? `${plural(wrong, 'damaged row')} landed` : 'no damaged row landed';
  return `the bridge refused ${plural(refused, 'line')}, ${landed}`;
}

function tellWaited(before: Judged, after: Judged): string | undefined {
  const rows = after.landed.rows - before.landed.rows;
  return rows > 0 ? `${plural(rows, 'row')} have landed since` : undefined;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${Math.round((100 * part) / whole)} %`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
