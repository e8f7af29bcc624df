/** The signals of one session, beside what became of each reading. */
import type { Truth } from '../../simulator/index.ts';
import { sortIntoBins } from '../evidence/bins.ts';
import type { Bin } from '../evidence/bins.ts';
import { findClaims } from '../evidence/claims.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { placeOf } from '../evidence/truth-words.ts';
import type { OracleResult } from '../oracles/judge.ts';

/** Readings of each signal that a plot holds at most; of a session with more, those around the offending one. */
const READINGS_MAX = 600;

/** One distance that the trainer measured. */
export interface PlottedDistance {
  /** Truth id. */
  readonly id: number;
  /** World time in epoch ms. */
  readonly atMs: number;
  /** As it lands in `distanceFromObject`. */
  readonly distance: number;
  readonly bin: Bin;
  /** People whom the pipeline takes it for. */
  readonly believed: readonly number[];
}

/** One sample that the phone took. */
export interface PlottedAcceleration {
  /** Truth id. */
  readonly id: number;
  /** World time in epoch ms. */
  readonly atMs: number;
  /** The time that the phone gave it, in epoch ms. */
  readonly timeStamp: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly bin: Bin;
}

/** One session of one person with both signals on the world's time axis. */
export interface SessionPlot {
  /** The oracle that the session offends. */
  readonly oracle: string;
  readonly person: number;
  /** Number of the person's session, from 0. */
  readonly session: number;
  /** The box that measured; left out when there was none. */
  readonly serialNumber?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly distances: readonly PlottedDistance[];
  readonly accelerations: readonly PlottedAcceleration[];
}

/** The session of the first reading that a failing oracle complains about; `undefined` when there is none. */
export function plotSession(
  evidence: Evidence,
  oracles: readonly OracleResult[],
): SessionPlot | undefined {
  for (const { id, verdict, offenders } of oracles) {
    if (verdict === 'pass') continue;
    for (const reading of offenders.flatMap(({ readings }) => readings)) {
      const truth = evidence.readings[reading];
      const plot = truth && plotAround(evidence, id, truth);
      if (plot !== undefined) return plot;
    }
  }
  return undefined;
}

function plotAround(evidence: Evidence, oracle: string, truth: Truth): SessionPlot | undefined {
  const session = placeOf(evidence, truth)?.session;
  const span = session === undefined ? undefined : sessionOf(evidence, truth.person, session);
  if (session === undefined || span === undefined) return undefined;
  const { startMs, endMs } = span;
  const readings = evidence.readings.filter(
    ({ person, atMs }) => person === truth.person && startMs <= atMs && atMs < endMs,
  );
  const distances = nearest(readings.filter(isDistance), truth.atMs);
  const accelerations = nearest(readings.filter(isAcceleration), truth.atMs);
  const serialNumber = distances[0]?.serialNumber;
  const bins = sortIntoBins(evidence);
  const { believedOf } = findClaims(evidence);
  return {
    oracle,
    person: truth.person,
    session,
    ...(serialNumber !== undefined && { serialNumber }),
    startMs,
    endMs,
    distances: distances.map(({ id, atMs, distance }) => ({
      id,
      atMs,
      distance,
      bin: bins[id] as Bin,
      believed: believedOf.get(id) ?? [],
    })),
    accelerations: accelerations.map(({ id, atMs, timeStamp, x, y, z }) => ({
      id,
      atMs,
      timeStamp,
      x,
      y,
      z,
      bin: bins[id] as Bin,
    })),
  };
}

function sessionOf({ world }: Evidence, person: number, session: number): Span | undefined {
  return world.people[person]?.sessions[session];
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

function isDistance(truth: Truth): truth is Extract<Truth, { kind: 'distance' }> {
  return truth.kind === 'distance';
}

function isAcceleration(truth: Truth): truth is Extract<Truth, { kind: 'acceleration' }> {
  return truth.kind === 'acceleration';
}

/** The readings around a moment, in the order of time. */
function nearest<Reading extends Truth>(readings: readonly Reading[], atMs: number): Reading[] {
  const inOrder = readings.toSorted((left, right) => left.atMs - right.atMs);
  const middle = inOrder.findIndex((reading) => reading.atMs >= atMs);
  const from = Math.max(0, Math.min(middle - READINGS_MAX / 2, inOrder.length - READINGS_MAX));
  return inOrder.slice(from, from + READINGS_MAX);
}
