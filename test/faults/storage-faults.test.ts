/** Storage that fails, over HTTP, at 20 seeded instants for each fault; nothing is lost and nothing comes twice. */
import { describe, expect, it } from 'vitest';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/core/random.ts';
import type { ObjectStoreFault } from '../../simulator/object-store/index.ts';
import { runStorageFault, SEEDS } from './storage-stage.ts';
import type { FaultPlan, StorageOutcome } from './storage-stage.ts';

/** The fault from a drawn request on, for a drawn number of requests of that kind. */
function window(
  fault: (random: Random) => ObjectStoreFault,
  options: {
    readonly length: readonly [number, number];
    readonly operation?: 'PutObject' | 'HeadObject';
  },
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

/** What the oracle has against any outcome; nothing may come twice either. */
function violationsOf(outcomes: readonly StorageOutcome[]): string[] {
  return outcomes.flatMap(({ seed, verdict: { violations, duplicates } }) => [
    ...violations.map((violation) => `seed ${seed}: ${violation}`),
    ...(duplicates > 0 ? [`seed ${seed}: ${duplicates} rows landed twice`] : []),
  ]);
}

/** Each outage is told when it comes, with these words, and when it goes; an outage that no seed ran into is no test. */
function untoldOf(outcomes: readonly StorageOutcome[], words: RegExp): string[] {
  const struck = outcomes.filter(({ failures }) => failures > 0);
  if (struck.length <= SEEDS.length / 2) return [`only ${struck.length} seeds met the fault`];
  return struck.flatMap(({ seed, notices, failures }) => {
    const isTold =
      words.test(notices[0] ?? '') &&
      notices.at(-1) === 'The storage works again.' &&
      notices.length <= 2 * failures;
    return isTold ? [] : [`seed ${seed}: ${notices.join(' | ')}`];
  });
}

describe('the connection', () => {
  it('is reset after the body was taken', async () => {
    const plan = window(() => ({ kind: 'reset-after' }), { length: [1, 3] });
    const outcomes = await runStorageFault({ plan });
    expect(violationsOf(outcomes)).toEqual([]);
    expect(
      untoldOf(outcomes, /Cannot reach the S3 endpoint http:\/\/127\.0\.0\.1:\d+\. Check/),
    ).toEqual([]);
  });

  it('is reset before anything is done', async () => {
    const plan = window(() => ({ kind: 'reset-before' }), { length: [1, 6] });
    const outcomes = await runStorageFault({ plan });
    expect(violationsOf(outcomes)).toEqual([]);
    expect(untoldOf(outcomes, /Cannot reach/)).toEqual([]);
  });
});

const OUT_OF_ORDER = /\(HTTP (?:429|500|503)\)\. It is overloaded or out of order/;

describe.each([429, 500, 503] as const)('answers %i', (status) => {
  it('to every call for a long time, whatever it asks for', async () => {
    const refused = new Set<string>();
    const chosen = window(() => ({ kind: 'status', status }), { length: [8, 16] });
    const outcomes = await runStorageFault({
      plan: (random) => {
        const plan = chosen(random);
        return (ordinal, request) => {
          const fault = plan(ordinal, request);
          if (fault !== undefined) refused.add(request.operation);
          return fault;
        };
      },
    });
    expect(violationsOf(outcomes)).toEqual([]);
    expect(untoldOf(outcomes, OUT_OF_ORDER)).toEqual([]);
    // Each call of the period came to nothing, and the period began between PUT and HEAD, too.
    expect(outcomes.every(({ failures }) => failures >= 8)).toBe(true);
    expect([...refused].toSorted()).toEqual(['HeadObject', 'PutObject']);
  });
});

it('answers 429, 500 and 503 to every HEAD for a long time, after the object was taken', async () => {
  const plan = window((random) => ({ kind: 'status', status: drawOne(random, [429, 500, 503]) }), {
    length: [8, 16],
    operation: 'HeadObject',
  });
  const outcomes = await runStorageFault({ plan });
  expect(violationsOf(outcomes)).toEqual([]);
  expect(untoldOf(outcomes, OUT_OF_ORDER)).toEqual([]);
});

it('is slow, but works', async () => {
  const plan = window((random) => ({ kind: 'delay', delayMs: drawInteger(random, 5, 40) }), {
    length: [20, 20],
  });
  const outcomes = await runStorageFault({ plan });
  expect(violationsOf(outcomes)).toEqual([]);
});

it('hangs', async () => {
  const plan = window(() => ({ kind: 'hang' }), { length: [1, 2] });
  const outcomes = await runStorageFault({ plan });
  expect(violationsOf(outcomes)).toEqual([]);
  expect(untoldOf(outcomes, /did not answer within 3\d s/)).toEqual([]);
});

it('keeps less than it acknowledged', async () => {
  const plan = window((random) => ({ kind: 'truncate', keepBytes: drawInteger(random, 0, 60) }), {
    length: [1, 4],
    operation: 'PutObject',
  });
  const outcomes = await runStorageFault({ plan });
  expect(violationsOf(outcomes)).toEqual([]);
  expect(untoldOf(outcomes, /keeps something else: \d+ bytes of \d+\. Check the disks/)).toEqual(
    [],
  );
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
  expect(violationsOf(outcomes)).toEqual([]);
  expect(
    untoldOf(outcomes, /refused bucket bucket-\d+ \(HTTP 403\)\. Check AWS_ACCESS_KEY_ID/),
  ).toEqual([]);
  // Another table may be told of its refusal, signed before the mend, when the first one has stored something already.
  expect(outcomes.every(({ notices }) => notices.length === 2 || notices.length === 4)).toBe(true);
  expect(outcomes.every(({ notices }) => /works again/.test(notices.at(-1) ?? ''))).toBe(true);
});

it('has no bucket until somebody makes it', async () => {
  const outcomes = await runStorageFault({
    withoutBucket: true,
    onFailure: async (station) => {
      if (station.failures() === 2 + (station.seed % 5)) await station.createBucket();
    },
  });
  expect(violationsOf(outcomes)).toEqual([]);
  expect(
    untoldOf(outcomes, /\(HTTP 404\)\. Create the bucket, or name another one with --bucket/),
  ).toEqual([]);
});
