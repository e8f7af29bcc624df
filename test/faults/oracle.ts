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
  /** Rows that the bridge said to have taken before, and did not land again. */
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
  readonly peakRssBytes?: number;
  /**
   * Rows in all deliveries, every redelivery counted: in those that were acknowledged, and in all. What came in must
   * lie between them. Leave it out where nobody can know.
   */
  readonly deliveries?: { readonly acknowledged: number; readonly all: number };
}

/** What the oracle counted. All is well when `violations` is empty. */
export interface FaultVerdict {
  /** Acknowledged rows that are nowhere. */
  readonly lost: number;
  /** Lines in landing or quarantine that nobody sent, or that are in the wrong one of both. */
  readonly unexpected: number;
  /** Objects that cannot be unpacked to their end, and lines that are cut off or no JSON. */
  readonly torn: number;
  /** Landed rows, quarantine lines and recognised duplicates. */
  readonly in: number;
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
  const { fresh, duplicatesRecognised, peakRssBytes } = outcome;
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
    in: landed.lines + duplicatesRecognised,
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
      ...sums(verdict, outcome.deliveries, { damage, salvagedAgain: landed.salvagedAgain }),
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
  { in: rowsIn, trusted, quarantined, duplicates }: Omit<FaultVerdict, 'violations'>,
  deliveries: FaultOutcome['deliveries'],
  { damage, salvagedAgain }: { readonly damage: number; readonly salvagedAgain: number },
): string[] {
  const wrong: string[] = [];
  if (rowsIn !== trusted + quarantined + duplicates) {
    wrong.push(
      `sum: in ${rowsIn}, but trusted ${trusted} + quarantined ${quarantined} + duplicates ${duplicates}`,
    );
  }
  if (deliveries === undefined) return wrong;
  const delivered = rowsIn - damage - salvagedAgain;
  // Damage takes rows that were acknowledged; how many is what `damagedRowsAllowed` bounds.
  if (damage === 0 && delivered < deliveries.acknowledged) {
    wrong.push(
      `sum: ${deliveries.acknowledged} rows were acknowledged, but ${delivered} accounted for`,
    );
  }
  if (delivered > deliveries.all) {
    wrong.push(`sum: ${deliveries.all} rows were delivered, but ${delivered} came in`);
  }
  return wrong;
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
