/** Storage that fails, over HTTP, at 20 seeded instants for each fault; nothing is lost and nothing comes twice. */
import { describe, expect, it } from 'vitest';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/core/random.ts';
import type { ObjectStoreFault } from '../../simulator/object-store/index.ts';
import { runStorageFault, SEEDS } from './storage-stage.ts';
import type { FaultPlan, StorageOutcome } from './storage-stage.ts';

const VIOLATIONS_NONE = SEEDS.map(() => [] as string[]);
const violationsOf = (outcomes: readonly StorageOutcome[]): (readonly string[])[] =>
  outcomes.map(({ verdict }) => verdict.violations);

/** The fault from a drawn request on, for a drawn number of requests of that kind. */
function window(
  fault: (random: Random) => ObjectStoreFault,
  options: { readonly length: readonly [number, number]; readonly operation?: 'PutObject' },
): (random: Random) => FaultPlan {
  return (random) => {
    const from = drawInteger(random, 1, 4);
    const length = drawInteger(random, ...options.length);
    let seen = 0;
    return (_ordinal, { operation }) => {
      if (options.operation !== undefined && operation !== options.operation) return undefined;
      seen++;
      return seen >= from && seen < from + length ? fault(random) : undefined;
    };
  };
}

/** Every outcome is sound; the fault struck, was told once when it came and once when it went. */
function expectSound(outcomes: readonly StorageOutcome[]): void {
  expect(violationsOf(outcomes)).toEqual(VIOLATIONS_NONE);
  expect(outcomes.every(({ verdict }) => verdict.duplicates === 0 && verdict.in > 0)).toBe(true);
}

function expectTold(outcomes: readonly StorageOutcome[], words: RegExp): void {
  const struck = outcomes.filter(({ failures }) => failures > 0);
  // Some instants lie behind the last request; most do not.
  expect(struck.length).toBeGreaterThan(SEEDS.length / 2);
  for (const { notices, failures } of struck) {
    expect(notices[0]).toMatch(words);
    expect(notices.at(-1)).toBe('The storage works again.');
    expect(notices.length).toBeLessThanOrEqual(2 * failures);
  }
}

describe('the connection', () => {
  it('is reset after the body was taken', async () => {
    const plan = window(() => ({ kind: 'reset-after' }), { length: [1, 3] });
    const outcomes = await runStorageFault({ plan });
    expectSound(outcomes);
    expectTold(outcomes, /Cannot reach the S3 endpoint http:\/\/127\.0\.0\.1:\d+\. Check/);
  });

  it('is reset before anything is done', async () => {
    const plan = window(() => ({ kind: 'reset-before' }), { length: [1, 6] });
    const outcomes = await runStorageFault({ plan });
    expectSound(outcomes);
    expectTold(outcomes, /Cannot reach/);
  });
});

it('answers 429, 500 and 503 to every call for a while', async () => {
  const plan = window((random) => ({ kind: 'status', status: drawOne(random, [429, 500, 503]) }), {
    length: [3, 8],
  });
  const outcomes = await runStorageFault({ plan });
  expectSound(outcomes);
  expectTold(outcomes, /\(HTTP (?:429|500|503)\)\. It is overloaded or out of order/);
});

it('is slow, but works', async () => {
  const plan = window((random) => ({ kind: 'delay', delayMs: drawInteger(random, 5, 40) }), {
    length: [20, 20],
  });
  const outcomes = await runStorageFault({ plan });
  expectSound(outcomes);
});

it('hangs', async () => {
  const plan = window(() => ({ kind: 'hang' }), { length: [1, 2] });
  const outcomes = await runStorageFault({ plan });
  expectSound(outcomes);
  expectTold(outcomes, /did not answer within 3\d s/);
});

it('keeps less than it acknowledged', async () => {
  const plan = window((random) => ({ kind: 'truncate', keepBytes: drawInteger(random, 0, 60) }), {
    length: [1, 4],
    operation: 'PutObject',
  });
  const outcomes = await runStorageFault({ plan });
  expectSound(outcomes);
  expectTold(outcomes, /keeps something else: \d+ bytes of \d+\. Check the disks/);
});

it('refuses credentials until they are right', async () => {
  const wrong = { accessKeyId: 'faults', secretAccessKey: 'not the secret' };
  const right = { accessKeyId: 'faults', secretAccessKey: 'faults-secret' };
  const outcomes = await runStorageFault({
    prepare: (station) => station.useCredentials(wrong),
    onFailure: (station) => {
      if (station.failures() === 2 + (station.seed % 5)) station.useCredentials(right);
    },
  });
  expectSound(outcomes);
  expectTold(outcomes, /refused bucket bucket-\d+ \(HTTP 403\)\. Check AWS_ACCESS_KEY_ID/);
  expect(outcomes.every(({ notices }) => notices.length === 2)).toBe(true);
});

it('has no bucket until somebody makes it', async () => {
  const outcomes = await runStorageFault({
    withoutBucket: true,
    onFailure: async (station) => {
      if (station.failures() === 2 + (station.seed % 5)) await station.createBucket();
    },
  });
  expectSound(outcomes);
  expectTold(outcomes, /\(HTTP 404\)\. Create the bucket, or name another one with --bucket/);
});
