/** Storage that is away for a whole day of virtual time, from 20 seeded instants on. */
import { describe, expect, it } from 'vitest';
import { BridgeError } from '../../bridge/bridge-error.ts';
import type { BatchTable } from '../../bridge/core/landing-batches.ts';
import { PAUSE_MS_MAX } from '../../bridge/core/backoff.ts';
import { Lander } from '../../bridge/landing/lander.ts';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import {
  gzipNow,
  MemorySink,
  MemorySource,
  NOON_MS,
  pass,
} from '../bridge/landing/memory-source.ts';
import { judgeFault } from './oracle.ts';
import type { FaultVerdict, SentRow } from './oracle.ts';
import { SEEDS } from './storage-stage.ts';

const AWAY = new BridgeError('STORAGE_UNREACHABLE', 'Cannot reach it.');
const HOUR_MS = 3_600_000;
const TABLES: readonly BatchTable[] = ['accelerometer_landing', 'step_trainer_landing'];

interface Day {
  readonly verdict: FaultVerdict;
  readonly notices: readonly string[];
  readonly attempts: number;
  /** Objects that were stored while the storage was away. */
  readonly storedMeanwhile: number;
  /** Segments that were not landed one pause after the storage was back. */
  readonly late: number;
  readonly mostOpen: number;
  readonly inOrder: boolean;
}

/** The bridge goes on to take records; about every 20 minutes a segment is full. */
async function liveThrough(seed: number): Promise<Day> {
  const random = seededStreams(seed)('day');
  const time = new VirtualTime(NOON_MS);
  const source = new MemorySource();
  const sink = new MemorySink();
  const notices: string[] = [];
  const awayMs = NOON_MS + drawInteger(random, 0, HOUR_MS);
  const backMs = awayMs + 24 * HOUR_MS;
  const isAway = (): boolean => time.now() >= awayMs && time.now() < backMs;
  sink.before = () => {
    if (isAway()) throw AWAY;
  };
  const lander = new Lander({
    source,
    sink,
    bridgeId: 'bridge-7',
    timers: time,
    // Long pauses: a day has fewer attempts then.
    random: () => 0.8 + 0.2 * random.next(),
    compress: gzipNow,
    onNotice: ({ text }) => notices.push(text),
  });
  const sent: SentRow[] = [];
  for (let atMs = NOON_MS; atMs < backMs; atMs += drawInteger(random, 1, 40 * 60_000)) {
    const table = drawOne(random, TABLES);
    const line = JSON.stringify({ table, atMs });
    sent.push({ line, acknowledged: true, poison: false });
    time.at(atMs, () => source.seal(table, [line], { firstArrivalMs: atMs, lastArrivalMs: atMs }));
  }
  lander.start();
  await pass(time, awayMs - 1);
  const before = sink.puts.length;
  await pass(time, backMs - 1);
  const storedMeanwhile = sink.puts.length - before;
  await pass(time, backMs + PAUSE_MS_MAX);
  const late = sent.length - source.landed.length;
  const fresh = '{"fresh":true}';
  source.seal('step_trainer_landing', [fresh]);
  await lander.drained();
  const verdict = judgeFault({
    sent,
    objects: sink.list(),
    duplicatesRecognised: 0,
    fresh,
    deliveries: { least: sent.length + 1, most: sent.length + 1 },
  });
  return {
    verdict,
    notices,
    attempts: sink.attempts,
    storedMeanwhile,
    late,
    mostOpen: source.mostOpen,
    inOrder: isInOrder(source.landed),
  };
}

function isInOrder(marks: readonly string[]): boolean {
  return TABLES.every((table) => {
    const numbers = marks
      .filter((mark) => mark.startsWith(table))
      .map((mark) => mark.split(' ')[1]);
    return numbers.every((number, index) => Number(number) === index + 1);
  });
}

describe('storage that is away for 24 hours', () => {
  it.each(SEEDS)(
    'loses nothing, and all is landed within a pause of its return (seed %i)',
    async (seed) => {
      const day = await liveThrough(seed);
      expect(day.verdict.violations).toEqual([]);
      expect(day.verdict.duplicates).toBe(0);
      expect(day).toMatchObject({ storedMeanwhile: 0, late: 0, inOrder: true });
      expect(day.mostOpen).toBeLessThanOrEqual(2);
      // Twice a minute at least, but without haste.
      expect(day.attempts).toBeGreaterThan(24 * 60 * 2);
      expect(day.attempts).toBeLessThan(24 * 60 * 12);
      expect(day.notices).toEqual([
        'The storage fails. Cannot reach it. It is tried again until it works; what waits stays in the spool.',
        'The storage works again.',
      ]);
    },
  );
});
