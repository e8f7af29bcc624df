/** Storage that takes longer for an object than an attempt may, in virtual time: what was given up may still arrive. */
import { describe, expect, it } from 'vitest';
import { Lander } from '../../bridge/landing/lander.ts';
import { drawInteger } from '../../simulator/core/random.ts';
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

const SEGMENTS = 12;
const HOUR_MS = 3_600_000;
/** Just less than an attempt may take, in ms. */
const SLOW = [20_000, 29_900] as const;
/** More than that. */
const TOO_SLOW = [31_000, 240_000] as const;

interface SlowSpell {
  readonly verdict: FaultVerdict;
  readonly notices: readonly string[];
  readonly attempts: number;
  readonly failures: number;
  /** Objects that were stored by an attempt that was given up. */
  readonly late: number;
  readonly landed: readonly string[];
}

/** Lands while, from a drawn attempt on, a drawn number of them takes as long as it is drawn from `range`. */
async function landSlowly(
  seed: number,
  range: readonly [number, number],
  attemptsMin: number,
): Promise<SlowSpell> {
  const random = seededStreams(seed)('slow');
  const time = new VirtualTime(NOON_MS);
  const source = new MemorySource();
  const sink = new MemorySink();
  const notices: string[] = [];
  const from = drawInteger(random, 1, SEGMENTS / 2);
  const until = from + drawInteger(random, attemptsMin, attemptsMin + 10);
  let late = 0;
  sink.before = async (_object, signal) => {
    if (sink.attempts < from || sink.attempts >= until) return;
    const ms = drawInteger(random, ...range);
    await new Promise<void>((resolve) => time.at(time.now() + ms, resolve));
    if (signal?.aborted === true) late++;
  };
  const lander = new Lander({
    source,
    sink,
    bridgeId: 'bridge-7',
    timers: time,
    random: () => random.next(),
    compress: gzipNow,
    onNotice: ({ text }) => notices.push(text),
  });
  const sent: SentRow[] = [];
  for (let number = 0; number < SEGMENTS; number++) {
    const line = JSON.stringify({ seed, number });
    sent.push({ line, acknowledged: true, poison: false });
    source.seal('step_trainer_landing', [line]);
  }
  lander.start();
  await pass(time, NOON_MS + HOUR_MS);
  const fresh = '{"fresh":true}';
  source.seal('step_trainer_landing', [fresh]);
  await pass(time, time.now() + HOUR_MS);
  const rows = sent.length + 1;
  const verdict = judgeFault({
    sent,
    objects: sink.list(),
    duplicatesRecognised: 0,
    fresh,
    deliveries: { least: rows, most: rows },
  });
  const { putFailures: failures } = lander.status;
  return { verdict, notices, attempts: sink.attempts, failures, late, landed: source.landed };
}

const IN_ORDER = Array.from(
  { length: SEGMENTS + 1 },
  (_, index) => `step_trainer_landing ${index + 1}`,
);

describe('storage that is slow', () => {
  it.each(SEEDS)('but within the limit of an attempt is waited for (seed %i)', async (seed) => {
    const spell = await landSlowly(seed, SLOW, 1);
    expect(spell.verdict.violations).toEqual([]);
    expect(spell).toMatchObject({ attempts: SEGMENTS + 1, notices: [], landed: IN_ORDER });
  });

  it.each(SEEDS)('beyond it is given up and tried again until it works (seed %i)', async (seed) => {
    const spell = await landSlowly(seed, TOO_SLOW, 3);
    expect(spell.verdict.violations).toEqual([]);
    expect(spell.verdict.duplicates).toBe(0);
    expect(spell.landed).toEqual(IN_ORDER);
    expect(spell.failures).toBeGreaterThanOrEqual(3);
    // All of them arrived after they were given up, with the bytes that were there already.
    expect(spell.late).toBe(spell.failures);
    expect(spell.attempts).toBe(SEGMENTS + 1 + spell.failures);
    expect(spell.notices).toEqual([
      expect.stringMatching(/^The storage fails\. It did not answer within 30 s\. Check/),
      'The storage works again.',
    ]);
  });
});
