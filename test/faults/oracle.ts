/** The one judge of all fault tests: what was sent and acknowledged against what lies in the storage afterwards. */
import { readLanded } from './landed-lines.ts';
import type { Landed, LandedLines } from './landed-lines.ts';

export type { Landed } from './landed-lines.ts';

/** Resident memory that a bridge may reach, in bytes, whatever happens to it. */
export const PEAK_RSS_BYTES_MAX = 256_000_000;

/** One reading, listed once, however often it was delivered. Equal readings are listed as often as there were any. */
export interface SentRow {
  /**
   * The landing line that it must become, without LF. For poison: the original payload, as text, or as base64 where it
   * is not UTF-8.
   */
  readonly line: string;
  /** Whether the sender was told that it is safe, or, for a complete serial line, whether it was read. */
  readonly acknowledged: boolean;
  /** Must end in quarantine. */
  readonly poison: boolean;
}

/** What a fault test did and found. */
export interface FaultOutcome {
  readonly sent: readonly SentRow[];
  /** Everything that the storage lists at the end, landing and quarantine. */
  readonly objects: readonly Landed[];
  /**
   * Rows that the bridge said to have taken before, and did not land again. What a process that was killed had counted
   * died with it: then these are those of the others.
   */
  readonly duplicatesRecognised: number;
  /** Landing line of the record that was sent after the fault. */
  readonly fresh: string;
  /**
   * Acknowledged rows that damage of the disk may have cost. Given only where the test itself damaged the disk, 0 where
   * that hit no row.
   */
  readonly damagedRowsAllowed?: number;
  /** Set where power failed, too: then damage of the last bytes of a segment looks like a write that was cut off. */
  readonly damageMayBeUntold?: boolean;
  /** Given wherever a bridge, a broker or a spool runs in a process of its own. */
  readonly peakRssBytes?: number;
  readonly deliveries: Deliveries | UnknownDeliveries;
}

/**
 * Rows in deliveries, the fresh one and every redelivery included, as those counted them who delivered, or who stood at
 * the bridge's door: never the bridge itself. What is accounted for (different rows, quarantine lines, and duplicates,
 * both those that landed and those that were recognised) must lie between the two.
 *
 * - No process died, and each delivery was seen at the door: both are the same, and the sum is exact. A message that was
 *   dropped and one that was recognised but not counted are missing then; a duplicate that never came is too many.
 * - A process was killed or lost its power: what it had taken and not made durable need not be anywhere, and what it had
 *   recognised is not counted any more. But each acknowledgement stands for rows that are somewhere: `least` has the rows
 *   of each acknowledged message once, `most` all that was ever sent. Where the test knows what died with the process, it
 *   takes that from both, and the sum is exact again.
 * - Connections broke on the way to a process: nobody knows which of the last messages still reached it, so `most` has
 *   them and `least` has not.
 * - The test damaged the disk: what that may have cost (`damagedRowsAllowed`) may be missing from `least`.
 */
export interface Deliveries {
  readonly least: number;
  readonly most: number;
}

/** For the few tests in which nobody can count deliveries. The sum is not judged then. */
export interface UnknownDeliveries {
  readonly unknown: string;
}

/** What the oracle counted. All is well when `violations` is empty. */
export interface FaultVerdict {
  /** Acknowledged rows that are nowhere. */
  readonly lost: number;
  /** Lines in landing or quarantine that nobody sent, or that are in the wrong one of both. */
  readonly unexpected: number;
  /** Objects that cannot be unpacked to their end, and lines that are cut off or no JSON. */
  readonly torn: number;
  /** Rows that were delivered: the most that it can have been, where it is not known to the row. */
  readonly in: number | undefined;
  /** Different rows that landed: what the trusted zone keeps at most. */
  readonly trusted: number;
  readonly quarantined: number;
  /** Recognised duplicates, and copies in landing and quarantine. */
  readonly duplicates: number;
  readonly freshLanded: boolean;
  readonly peakRssBytes?: number;
  readonly violations: readonly string[];
}

/** Counts what was lost, made up or torn. */
export function judgeFault(outcome: FaultOutcome): FaultVerdict {
  const { fresh, deliveries, duplicatesRecognised, peakRssBytes } = outcome;
  const isDamaged = outcome.damagedRowsAllowed !== undefined;
  const landed = readLanded(outcome.objects);
  const rows = compare(ofKind(outcome.sent, false, fresh), landed.rows);
  const poison = compare(ofKind(outcome.sent, true), landed.quarantined);
  const damage = isDamaged ? landed.damage.length : 0;
  const unexpected = [
    ...rows.unexpected.map((line) => `never sent: ${line}`),
    ...poison.unexpected.map((line) => `in quarantine, but never sent as poison: ${line}`),
    ...(isDamaged ? [] : landed.damage.map((line) => `damage of the spool: ${line}`)),
  ];
  const lost = [...rows.lost, ...poison.lost];
  const verdict = {
    lost: lost.length,
    unexpected: unexpected.length,
    torn: landed.torn.length,
    in: 'most' in deliveries ? deliveries.most : undefined,
    trusted: rows.different,
    quarantined: poison.matched + damage,
    duplicates: rows.found - rows.different + poison.found - poison.matched + duplicatesRecognised,
    freshLanded: landed.rows.has(fresh),
    ...(peakRssBytes === undefined ? {} : { peakRssBytes }),
  };
  return {
    ...verdict,
    violations: [
      ...lostTooMuch(lost, outcome, landed),
      ...unexpected.map((text) => `unexpected: ${text}`),
      ...landed.torn.map((text) => `torn: ${text}`),
      ...landed.gaps.map((text) => `gap: ${text}`),
      ...landed.clashes.map((text) => `clash: ${text}`),
      ...(verdict.freshLanded ? [] : [`fresh: the record after the fault did not land: ${fresh}`]),
      // Lines about damage were never delivered, nor were rows a second time that damage brings a second time.
      ...sums(verdict, outcome, damage + landed.salvagedAgain),
      ...memory(peakRssBytes),
    ],
  };
}

function lostTooMuch(
  lost: readonly string[],
  { damagedRowsAllowed: allowed = 0, damageMayBeUntold = false }: FaultOutcome,
  landed: LandedLines,
): string[] {
  if (lost.length > allowed) return lost.map((line) => `lost: acknowledged, but nowhere: ${line}`);
  if (lost.length > 0 && landed.damage.length === 0 && !damageMayBeUntold) {
    return lost.map((line) => `lost: to damage that quarantine does not tell of: ${line}`);
  }
  return [];
}

function sums(
  { trusted, quarantined, duplicates }: Omit<FaultVerdict, 'violations'>,
  { deliveries, damagedRowsAllowed = 0 }: FaultOutcome,
  undelivered: number,
): string[] {
  if ('unknown' in deliveries) return [];
  const { least, most } = deliveries;
  const accounted = trusted + quarantined + duplicates - undelivered;
  const parts = `trusted ${trusted} + quarantined ${quarantined} + duplicates ${duplicates} - undelivered ${undelivered} = ${accounted}`;
  if (least > most) return [`sum: ${least} rows were acknowledged, but only ${most} delivered`];
  if (accounted < least - damagedRowsAllowed) return [`sum: ${least} rows came in, but ${parts}`];
  if (accounted > most) return [`sum: ${most} rows were delivered, but ${parts}`];
  return [];
}

function memory(peakRssBytes: number | undefined): string[] {
  if (peakRssBytes === undefined || peakRssBytes <= PEAK_RSS_BYTES_MAX) return [];
  return [`memory: ${peakRssBytes} bytes at the peak, more than ${PEAK_RSS_BYTES_MAX}`];
}

interface Expected {
  sent: number;
  acknowledged: number;
}

function ofKind(sent: readonly SentRow[], poison: boolean, fresh?: string): Map<string, Expected> {
  const lines = new Map<string, Expected>();
  for (const row of sent) {
    if (row.poison !== poison) continue;
    const entry = lines.get(row.line) ?? { sent: 0, acknowledged: 0 };
    entry.sent++;
    if (row.acknowledged) entry.acknowledged++;
    lines.set(row.line, entry);
  }
  // Whether the fresh record landed is judged by itself.
  if (fresh !== undefined && !lines.has(fresh)) lines.set(fresh, { sent: 1, acknowledged: 0 });
  return lines;
}

interface Comparison {
  readonly lost: readonly string[];
  readonly unexpected: readonly string[];
  /** Expected lines that were found, each counted once. */
  readonly different: number;
  /** Lines that were found, each counted as often as it was sent at most. */
  readonly matched: number;
  /** Lines that were found and expected, all copies counted. */
  readonly found: number;
}

function compare(
  expected: ReadonlyMap<string, Expected>,
  lines: ReadonlyMap<string, number>,
): Comparison {
  const lost: string[] = [];
  for (const [line, { acknowledged }] of expected) {
    for (let missing = acknowledged - (lines.get(line) ?? 0); missing > 0; missing--) {
      lost.push(line);
    }
  }
  const unexpected: string[] = [];
  let different = 0;
  let matched = 0;
  let found = 0;
  for (const [line, count] of lines) {
    const sent = expected.get(line)?.sent ?? 0;
    if (sent === 0) {
      for (let left = count; left > 0; left--) unexpected.push(line);
      continue;
    }
    different++;
    matched += Math.min(count, sent);
    found += count;
  }
  return { lost, unexpected, different, matched, found };
}
