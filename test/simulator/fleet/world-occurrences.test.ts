import { describe, expect, it } from 'vitest';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { Occurrence } from '../../../simulator/core/truth-ledger.ts';
import { withChange } from '../../../simulator/core/world-changes.ts';
import type { WorldChange, WorldSpec } from '../../../simulator/core/world-spec.ts';
import { noteChange, noteWorld } from '../../../simulator/fleet/world-occurrences.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { sampleWorld, WORLD_START_MS } from '../core/sample-world.ts';

const PLAIN = { notGiven: 'absent', order: 'in-time', emailCase: 'same' } as const;
const CONSENT = { researchShare: 0.5, withdrawDuringRun: 0, consentDuringRun: 0 };

/** What is noted of a world of ten until its end, or until `untilMs`. */
function noted(change: Partial<WorldSpec>, untilMs?: number): (name: Occurrence) => number {
  const world = sampleWorld(change);
  const ledger = new TruthLedger();
  const timers = new VirtualTime(world.spec.startMs);
  noteWorld(() => world, timers, ledger);
  timers.run(untilMs ?? world.endMs, Infinity);
  return (name) => ledger.occurrences(name);
}

describe('what is noted of a world', () => {
  it.each<[Occurrence, number, Partial<WorldSpec>]>([
    ['serial-shared', 7, { serials: { kind: 'pool', size: 3, assign: 'round-robin' } }],
    ['serial-shared', 0, { serials: { kind: 'pool', size: 10, assign: 'shifted' } }],
    ['address-shared', 2, { namesakes: { pairs: 2, consent: 'drawn' } }],
    ['address-respelled', 10, { writing: { ...PLAIN, emailCase: 'mixed' } }],
    ['date-not-given-null', 10, { consent: { ...CONSENT, friendsShare: 0 }, writing: { ...PLAIN, notGiven: 'null' } }],
    ['date-not-given-zero', 10, { consent: { ...CONSENT, friendsShare: 0 }, writing: { ...PLAIN, notGiven: 'zero' } }],
    ['public-without-research', 10, { consent: { ...CONSENT, researchShare: 0, publicShare: 1 } }],
    ['consent-withdrawn-while-streaming', 3, { consent: { ...CONSENT, withdrawDuringRun: 3 } }],
    ['consent-given-while-streaming', 3, { consent: { ...CONSENT, consentDuringRun: 3 } }],
    ['consent-given-again-while-streaming', 3, { consent: { ...CONSENT, consentAgainDuringRun: 3 } }],
    ['consent-given-on-a-step', 3, { consent: { ...CONSENT, consentDuringRun: 3, onSteps: true } }],
  ])('%s: %i times', (name, times, change) => {
    expect(noted(change)(name)).toBe(times);
    expect(noted({ consent: { ...CONSENT, researchShare: 1 } })(name)).toBe(0);
  }); // prettier-ignore

  it('is when a version comes after a newer one', () => {
    const consent = { ...CONSENT, withdrawDuringRun: 6 };
    const late = noted({ consent, writing: { ...PLAIN, order: 'mixed' } });
    expect(late('customer-version-out-of-order')).toBe(3);
    expect(noted({ consent, writing: PLAIN })('customer-version-out-of-order')).toBe(0);
  });

  it('is a jump of a clock in the middle of a session, when it comes', () => {
    const jump = { atMs: WORLD_START_MS + 250_000, byMs: 3_600_000, share: 1 };
    const phoneClock = { skewMs: 0, driftPpm: 0, jump };
    const streaming = sampleWorld().people.filter(({ sessions }) =>
      sessions.some(({ startMs, endMs }) => startMs <= jump.atMs && jump.atMs < endMs),
    );
    expect(streaming.length).toBeGreaterThan(0);
    expect(noted({ phoneClock })('clock-jumped')).toBe(streaming.length);
    expect(noted({ phoneClock }, jump.atMs - 1)('clock-jumped')).toBe(0);
  });

  it('is that the website was told of another trainer', () => {
    const moves = { returns: 3, swaps: 0, told: { returns: true, swaps: false } };
    const spec = { moves, sessionsPerPerson: 2, durationMs: 1_200_000 };
    expect(noted(spec)('serial-told-anew')).toBe(3);
  });
});

const MID_MS = WORLD_START_MS + 250_000;
const POOL = { kind: 'pool', size: 3, assign: 'round-robin' } as const;

describe('what is noted of a change', () => {
  const streaming = sampleWorld().people.filter(({ sessions }) =>
    sessions.some(({ startMs, endMs }) => startMs <= MID_MS && MID_MS < endMs),
  );
  const busy = streaming[0]?.id ?? NaN;
  const everybody = { consent: { ...CONSENT, researchShare: 1, publicShare: 1 } };
  const nobody = { consent: { ...CONSENT, researchShare: 0 } };

  it.each<[Occurrence, number, Partial<WorldSpec>, WorldChange]>([
    ['clock-set-anew', streaming.length, {}, { kind: 'phone-clock', atMs: MID_MS, skewMs: 50 }],
    ['serial-told-anew', 10, {}, { kind: 'serials', atMs: MID_MS, serials: POOL }],
    ['serial-shared', 7, {}, { kind: 'serials', atMs: MID_MS, serials: POOL }],
    ['serial-shared', 0, {}, { kind: 'serials', atMs: MID_MS, serials: { kind: 'own' } }],
    ['consent-withdrawn-while-streaming', 1, everybody, { kind: 'consent', atMs: MID_MS, person: busy, research: 'withdrawn' }],
    ['consent-given-while-streaming', 1, nobody, { kind: 'consent', atMs: MID_MS, person: busy, research: 'given' }],
    ['consent-given-while-streaming', 0, everybody, { kind: 'consent', atMs: MID_MS, person: busy, research: 'given' }],
    ['consent-given-while-streaming', 0, nobody, { kind: 'consent', atMs: WORLD_START_MS + 1, person: busy, research: 'given' }],
  ])('%s: %i times, planned or not', (name, times, spec, change) => {
    expect(streaming.length).toBeGreaterThan(0);
    expect(noted({ ...spec, changes: [change] })(name)).toBe(times);
    const before = sampleWorld(spec);
    const world = withChange(before, change, seededStreams(1));
    const ledger = new TruthLedger();
    const timers = new VirtualTime(WORLD_START_MS);
    noteChange({ before, world, change }, timers, ledger);
    timers.run(world.endMs, Infinity);
    expect(ledger.occurrences(name)).toBe(times);
  }); // prettier-ignore
});
