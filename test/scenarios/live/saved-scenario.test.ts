import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DoneDeed, LiveDeed } from '../../../scenarios/live/deeds.ts';
import { effectOf } from '../../../scenarios/live/deeds.ts';
import { formatSavedScenario } from '../../../scenarios/live/saved-scenario.ts';
import { findContradictions, makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import { drawWorld, scheduleFleet, seededStreams, TruthLedger } from '../../../simulator/index.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const WRITTEN = `version: 1
name: Six people walk
world:
  start: 2022-06-18T15:00:00Z
  customers: 6
  serials: { pool: 3 }
  consent: { research: 50%, changes: [{ at: 1s, person: 0, research: given }] }
run: { duration: 5m }
expect: { privacy.leaks: 0 }
`;
const START_MS = Date.parse('2026-11-23T10:00:00Z');
const END_MS = START_MS + 300_000;

function at(seconds: number, deed: LiveDeed, untilSeconds?: number): DoneDeed {
  const untilMs = untilSeconds === undefined ? undefined : START_MS + untilSeconds * 1_000;
  return { deed, atMs: START_MS + seconds * 1_000, untilMs };
}

const DEEDS: readonly DoneDeed[] = [
  at(20, { do: 'consent', person: 4, isGiven: true }),
  at(30.5, { do: 'serials', pool: 2 }),
  at(40, { do: 'skew', ms: 300 }),
  at(41, { do: 'unplug', station: 1, isOn: true }, 51.25),
  at(42, { do: 'garble', station: 2, isOn: true }),
  at(43, { do: 'swap', station: 3, with: 4 }),
  at(44, { do: 'broker', isUp: false }, 44),
  at(45, { do: 'storage', isUp: false }, 60),
  at(70, { do: 'serials', pool: null }),
  at(80, { do: 'consent', person: 4, isGiven: false }),
];

function save(deeds: readonly DoneDeed[]): string {
  const written = parse(WRITTEN) as Record<string, unknown>;
  return formatSavedScenario({
    written,
    file: 'six.yaml',
    seed: 7,
    startMs: START_MS,
    endMs: END_MS,
    deeds,
  });
}

test('a saved run is a sound scenario that begins when it began, at its seed, and has every deed as a key', () => {
  const text = save(DEEDS);
  expect(text).toContain('# Saved from a live run of six.yaml');
  const scenario = parseScenario(text, 'saved.yaml');
  expect(findContradictions(scenario)).toEqual([]);
  const plan = makePlan(scenario, {});
  expect(plan.seed).toBe(7);
  expect(plan.world.startMs).toBe(START_MS);
  const from = (seconds: number): number => START_MS + seconds * 1_000;
  expect(plan.faults).toEqual([
    { kind: 'unplug', atMs: from(41), untilMs: from(51.25), station: 1 },
    {
      kind: 'wire',
      damage: 'garble',
      from: 'device',
      station: 2,
      rate: 0.2,
      atMs: from(42),
      untilMs: END_MS,
    },
    { kind: 'swap-device', atMs: from(43), station: 3, with: 4 },
    { kind: 'broker-down', atMs: from(44), untilMs: from(44) + 1 },
    { kind: 'storage-down', atMs: from(45), untilMs: from(60) },
  ]);
});

test('the world of a saved run is the one that the deeds made, and the older changes of the file come first', () => {
  const plan = makePlan(parseScenario(save(DEEDS), 'saved.yaml'), {});
  const begun = makePlan(parseScenario(save([]), 'begun.yaml'), {});
  const timers = new VirtualTime(START_MS);
  const fleet = scheduleFleet({
    world: drawWorld(begun.world, seededStreams(7)),
    faults: [],
    timers,
    streams: seededStreams(7),
    ledger: new TruthLedger(),
    cables: {
      plug: () => ({ send: () => true, onReceive: () => undefined, close: () => undefined }),
    },
    network: { connect: () => ({ publish: () => undefined, close: () => undefined }) },
    broker: { down: () => undefined, up: () => undefined },
  });
  for (const { deed, atMs } of DEEDS) {
    const effect = effectOf(deed);
    if (effect.kind !== 'change') continue;
    // What is done now holds from the next ms on.
    timers.at(atMs - 1, () => undefined);
    timers.run(atMs - 1, Infinity);
    expect(fleet.change(effect.change).atMs).toBe(atMs);
  }
  expect(drawWorld(plan.world, seededStreams(7))).toEqual(fleet.world);
});
