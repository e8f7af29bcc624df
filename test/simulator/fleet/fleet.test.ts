import { describe, expect, it } from 'vitest';
import { WIRE_DAMAGES } from '../../../simulator/core/faults.ts';
import type { Fault, WireDamage, WireFault } from '../../../simulator/core/faults.ts';
import type { Fate } from '../../../simulator/core/truth-ledger.ts';
import { WORLD_START_MS } from '../core/sample-world.ts';
import { quarantinedLine } from '../../bridge/bridge-stage.ts';
import { OCCURRENCES } from '../../../simulator/core/truth-ledger.ts';
import { customerFeed } from '../../../simulator/core/customer-feed.ts';
import type { SuddenChange } from '../../../simulator/core/world-spec.ts';
import { SmallRun, sorted } from './small-run.ts';

const STEPS = 'step_trainer_landing';
const PHONES = 'accelerometer_landing';
const FOUR_MINUTES = { durationMs: 240_000 };
const at = (afterMs: number): number => WORLD_START_MS + afterMs;
const span = (
  fromMs: number,
  untilMs: number,
): { readonly atMs: number; readonly untilMs: number } => ({
  atMs: at(fromMs),
  untilMs: at(untilMs),
});

/** Lines of a trainer are damaged all the time. */
function wire(damage: WireDamage, station: number, rate: number): WireFault {
  return { kind: 'wire', damage, station, from: 'device', rate, ...span(0, 240_000) };
}

/** What every run must keep, whatever went wrong in it. */
function expectSoundLedger(run: SmallRun): void {
  const { readings } = run.ledger;
  expect(readings.map(({ id }) => id)).toEqual(readings.map((_, index) => index));
  const steps = run.world.people.flatMap(({ sessions }) => sessions.flatMap((each) => each.steps));
  const samples = steps.flatMap(({ accelerations }) => accelerations);
  expect(readings.filter(({ kind }) => kind === 'distance')).toHaveLength(steps.length);
  expect(readings.filter(({ kind }) => kind === 'acceleration')).toHaveLength(samples.length);
}

/** What was sent whole lands as it was; what was not, does not. */
function expectHonestFates(run: SmallRun): void {
  expect(sorted(run.rows(STEPS))).toEqual(sorted(run.expectedRows('distance', 'sent')));
  const samples = new Set(sorted(run.rows(PHONES)));
  expect(samples).toEqual(new Set(sorted(run.expectedRows('acceleration', 'sent'))));
}

describe('a fleet without faults', () => {
  it.each([9_600, 57_600, 115_200])('lands everything at %d Bd', async (baudRate) => {
    const run = await new SmallRun(FOUR_MINUTES, { baudRate }).play();
    expectSoundLedger(run);
    expectHonestFates(run);
    expect(run.fates('distance')).toEqual({ sent: 300 });
    expect(Object.keys(run.fates('acceleration'))).toEqual(['sent']);
    expect(run.rows(PHONES)).toHaveLength(run.fates('acceleration').sent ?? 0);
    expect(run.rows(`quarantine/${STEPS}`)).toEqual([]);
  });

  it('lands everything of households with several sessions', async () => {
    const change = { customers: 5, householdSize: 3, sessionsPerPerson: 2, durationMs: 1_500_000 };
    const run = await new SmallRun(change).play();
    expectSoundLedger(run);
    expectHonestFates(run);
    expect(run.fates('distance')).toEqual({ sent: 300 });
    expect(run.ledger.occurrences('trainer-shared')).toBe(2);
  });

  it('numbers steps from 0, the same for a distance and its samples', async () => {
    const { ledger } = await new SmallRun(FOUR_MINUTES).play();
    const distances = ledger.readings.filter(({ kind }) => kind === 'distance');
    const numbers = distances.map(({ step }) => step).toSorted((left, right) => left - right);
    expect(numbers).toEqual(Array.from({ length: 300 }, (_, step) => step));
    const personOf = new Map(distances.map(({ step, person, atMs }) => [step, { person, atMs }]));
    for (const { step, person, atMs } of ledger.readings) {
      expect(personOf.get(step)).toEqual({ person, atMs });
    }
  });

  it('does the same each time', async () => {
    const fault = wire('garble', 0, 0.3);
    const runs = [
      await new SmallRun(FOUR_MINUTES).play(fault),
      await new SmallRun(FOUR_MINUTES).play(fault),
    ];
    expect(runs[0]?.objects).toEqual(runs[1]?.objects);
    expect(runs[0]?.ledger.readings).toEqual(runs[1]?.ledger.readings);
  });

  it('notes what scenarios may insist on', async () => {
    const run = await new SmallRun({
      ...FOUR_MINUTES,
      serials: { kind: 'pool', size: 4, assign: 'round-robin' },
      consent: { researchShare: 0.5, withdrawDuringRun: 2, consentDuringRun: 3 },
    }).play();
    const counts = (
      [
        'serial-shared',
        'consent-withdrawn-while-streaming',
        'consent-given-while-streaming',
      ] as const
    ).map((occurrence) => run.ledger.occurrences(occurrence));
    expect(counts).toEqual([6, 2, 3]);
    expect(run.ledger.occurrences('trainer-shared')).toBe(0);
  });
});

describe('a fleet with faults', () => {
  it.each(WIRE_DAMAGES)(
    '%s: exactly what arrives whole lands, once, and all that is damaged is in quarantine',
    async (damage) => {
      const faults = [0, 1, 2].map((station): WireFault => {
        const baud = { sent: damage === 'wrong-baud' ? 9_600 : 74_880, read: 57_600 };
        return { ...wire(damage, station, damage === 'boot-garbage' ? 1 : 0.3), baud };
      });
      const run = await new SmallRun(FOUR_MINUTES).play(...faults);
      expectSoundLedger(run);
      expectHonestFates(run);
      const { damagedLines } = run.ledger;
      expect(damagedLines.length).toBeGreaterThan(2);
      const refused = run
        .rows(`quarantine/${STEPS}`)
        .filter(({ reason }) => reason !== 'repeated-reading')
        .map(quarantinedLine);
      // What damage has made to look like free text, nobody can tell from text that was meant.
      const keepable = (lines: readonly string[]): string[] =>
        lines.filter((text) => !text.startsWith('#')).toSorted();
      expect(keepable(refused)).toEqual(keepable(damagedLines));
    },
  );

  it.each<[string, (station: number) => Fault]>([
    ['bursts of 64', (station) => ({ kind: 'chunks', size: 64, station, ...span(0, 240_000) })],
    [
      'chunks of any size',
      (station) => ({ kind: 'chunks', size: 'any', station, ...span(0, 240_000) }),
    ],
    [
      'counters near their ends',
      (station) => ({
        kind: 'counter-wrap',
        seq: 65_521,
        ticks: 4_294_907_296,
        station,
        ...span(0, 240_000),
      }),
    ],
  ])('%s: everything arrives, everything lands', async (_what, faultOf) => {
    const run = await new SmallRun(FOUR_MINUTES).play(...[0, 1, 2].map(faultOf));
    expectSoundLedger(run);
    expect(run.fates('distance')).toEqual({ sent: 300 });
    expect(run.rows(STEPS)).toHaveLength(300);
    expect(run.rows(`quarantine/${STEPS}`)).toEqual([]);
    const happened = ['bytes-held-back', 'seq-wrapped', 'ticks-wrapped'] as const;
    expect(happened.some((each) => run.ledger.occurrences(each) >= 3)).toBe(true);
  });

  it('damaged commands: the trainer is asked again, and what it sends lands', async () => {
    const faults = [0, 1, 2].map((station): WireFault => ({
      ...wire('garble', station, 0.3),
      from: 'host',
    }));
    const run = await new SmallRun(FOUR_MINUTES).play(...faults);
    expectSoundLedger(run);
    expectHonestFates(run);
    expect(run.ledger.damagedLines).toEqual([]);
    expect(run.ledger.occurrences('line-garbled')).toBeGreaterThan(5);
    expect(run.fates('distance').sent).toBeGreaterThan(270);
  });

  it('garbled: nobody at another station draws or lands anything else', async () => {
    const fault = wire('garble', 0, 0.5);
    const [calm, garbled] = [
      await new SmallRun(FOUR_MINUTES).play(),
      await new SmallRun(FOUR_MINUTES).play(fault),
    ];
    const others = (run: SmallRun): string[] =>
      sorted(
        run.rows(STEPS).filter((row) => row['serialNumber'] !== run.world.boxes[0]?.serialNumber),
      );
    expect(others(garbled)).toEqual(others(calm));
    expect(sorted(garbled.rows(PHONES))).toEqual(sorted(calm.rows(PHONES)));
    expect(garbled.world).toEqual(calm.world);
  });

  it('unplugged: readings are never sent meanwhile, and land again after the trainer is back', async () => {
    const run = new SmallRun(FOUR_MINUTES);
    const start = (run.world.people[0]?.sessions[0]?.startMs ?? 0) - WORLD_START_MS;
    await run.play({ kind: 'unplug', station: 0, ...span(start + 20_000, start + 40_000) });
    expectSoundLedger(run);
    expectHonestFates(run);
    expect(run.ledger.occurrences('trainer-unplugged')).toBe(1);
    const mine = run.ledger.readings.filter(
      ({ kind, person }) => kind === 'distance' && person === 0,
    );
    const fatesIn = (fromMs: number, untilMs: number): Fate[] =>
      mine
        .filter(({ atMs }) => atMs >= at(start + fromMs) && atMs < at(start + untilMs))
        .map(({ fate }) => fate);
    // Three seconds are enough to boot, to be introduced and to fit the clock.
    expect(new Set(fatesIn(0, 20_000))).toEqual(new Set(['sent']));
    expect(new Set(fatesIn(20_000, 40_000))).toEqual(new Set(['never-sent']));
    expect(new Set(fatesIn(43_000, 120_000))).toEqual(new Set(['sent']));
  });

  it('unplugged in the middle of a line: what was under way is lost', async () => {
    const run = new SmallRun(FOUR_MINUTES, { baudRate: 9_600 });
    const step = run.world.people[0]?.sessions[0]?.steps[10];
    // A line of 30 bytes takes 31 ms.
    const fromMs = (step?.atMs ?? 0) + 10 - WORLD_START_MS;
    await run.play({ kind: 'unplug', station: 0, ...span(fromMs, fromMs + 10_000) });
    expectSoundLedger(run);
    expectHonestFates(run);
    expect(run.fates('distance').lost).toBe(1);
    const lost = run.ledger.readings.filter(({ fate }) => fate === 'lost');
    expect(lost).toMatchObject([{ atMs: step?.atMs, distance: step?.distance }]);
  });

  it('swapped: what lands has the serial number of the box that measured, not of the place', async () => {
    const run = new SmallRun({ ...FOUR_MINUTES, customers: 2, durationMs: 215_000 });
    const [first, second] = run.world.people.map(({ sessions }) => sessions[0]);
    const bothMs = Math.max(first?.startMs ?? 0, second?.startMs ?? 0);
    const step = first?.steps.find(({ atMs }) => atMs > bothMs + 10_000);
    // While the boxes are carried, one step finds none.
    const swapMs = (step?.atMs ?? 0) - 500;
    await run.play({ kind: 'swap-device', station: 0, with: 1, atMs: swapMs });
    expectSoundLedger(run);
    expectHonestFates(run);
    const [own, other] = run.world.boxes.map(({ serialNumber }) => serialNumber);
    const fatesOf = (serialNumber: string | undefined): string[] =>
      run.ledger.readings
        .filter((truth) => truth.kind === 'distance' && truth.person === 0)
        .filter((truth) => 'serialNumber' in truth && truth.serialNumber === serialNumber)
        .map(({ fate, atMs }) => `${fate} ${atMs < swapMs ? 'before' : 'after'}`);
    expect(new Set(fatesOf(own))).toEqual(new Set(['sent before']));
    expect(new Set(fatesOf(undefined))).toEqual(new Set(['never-sent after']));
    // The first step in front of the other box comes before it is introduced.
    expect(fatesOf(other).slice(1)).toEqual(
      fatesOf(other)
        .slice(1)
        .map(() => 'sent after'),
    );
    expect(fatesOf(other).length).toBeGreaterThan(5);
    expect(run.rows(`quarantine/${STEPS}`)).toEqual([]);
    expect(run.ledger.occurrences('device-swapped')).toBe(1);
  });

  it('sent twice: landing keeps what arrives, and the truth counts it once', async () => {
    const fault: Fault = { kind: 'duplicate', person: undefined, rate: 0.25, ...span(0, 240_000) };
    const run = await new SmallRun(FOUR_MINUTES).play(fault);
    expectSoundLedger(run);
    expectHonestFates(run);
    const twice = run.ledger.occurrences('message-duplicated');
    // Six standard deviations of a binomial count with n = 300 and p = 0.25.
    expect(Math.abs(twice - 75)).toBeLessThan(45);
    expect(run.rows(PHONES).length).toBeGreaterThan((run.fates('acceleration').sent ?? 0) + twice);
  });

  it('without a broker for a while: messages come late, all of them and in order', async () => {
    const fault: Fault = { kind: 'broker-down', ...span(60_000, 120_000) };
    const [calm, late] = [
      await new SmallRun(FOUR_MINUTES).play(),
      await new SmallRun(FOUR_MINUTES).play(fault),
    ];
    expectSoundLedger(late);
    expectHonestFates(late);
    expect(late.rows(PHONES)).toEqual(calm.rows(PHONES));
    expect(late.ledger.occurrences('broker-restarted')).toBe(1);
  });

  it('without a broker until the end: what was not acknowledged was never sent', async () => {
    const fault: Fault = { kind: 'broker-down', ...span(100_000, 1_000_000) };
    const run = await new SmallRun(FOUR_MINUTES).play(fault);
    expectSoundLedger(run);
    expectHonestFates(run);
    const { sent = 0, 'never-sent': never = 0 } = run.fates('acceleration');
    expect(Math.min(sent, never)).toBeGreaterThan(50);
    expect(run.ledger.occurrences('broker-restarted')).toBe(0);
  });
});

describe('a fleet whose world changes while it goes on', () => {
  const SUDDEN: readonly (readonly [number, SuddenChange])[] = [
    [60_000, { kind: 'phone-clock', skewMs: 700 }],
    [61_000, { kind: 'consent', person: 2, research: 'withdrawn' }],
    [62_000, { kind: 'serials', serials: { kind: 'pool', size: 2, assign: 'random' } }],
    [90_000, { kind: 'consent', person: 2, research: 'given' }],
    [120_500.25, { kind: 'phone-clock', skewMs: 0 }],
  ];
  const people = { consent: { researchShare: 1, withdrawDuringRun: 0, consentDuringRun: 0 } };

  it('does what it would have done if all had been planned', async () => {
    const lived = await new SmallRun(
      { ...FOUR_MINUTES, ...people },
      {
        onFleet: (fleet, timers) => {
          for (const [afterMs, change] of SUDDEN) {
            timers.at(at(afterMs), () => expect(fleet.change(change)).toMatchObject(change));
          }
        },
      },
    ).play();
    const changes = SUDDEN.map(([afterMs, change]) => ({
      ...change,
      atMs: at(Math.floor(afterMs) + 1),
    }));
    const planned = await new SmallRun({ ...FOUR_MINUTES, ...people, changes }).play();
    expect(lived.world).toEqual(planned.world);
    expect(customerFeed(lived.world)).toHaveLength(22);
    expect(lived.ledger.readings).toEqual(planned.ledger.readings);
    expect(lived.objects).toEqual(planned.objects);
    const counts = ({ ledger }: SmallRun): number[] =>
      OCCURRENCES.map((name) => ledger.occurrences(name));
    expect(counts(lived)).toEqual(counts(planned));
    const off = lived.ledger.readings.flatMap((truth) =>
      truth.kind === 'acceleration' && truth.timeStamp !== truth.atMs ? [truth.atMs] : [],
    );
    expect(Math.min(...off)).toBeGreaterThan(at(60_000));
    expect(Math.max(...off)).toBeLessThanOrEqual(at(120_500));
  });

  it('tells how its trainers and phones are', async () => {
    const seen: unknown[] = [];
    const run = await new SmallRun(FOUR_MINUTES, {
      onFleet: (fleet, timers) => {
        const look = (afterMs: number): void =>
          timers.at(at(afterMs), () => seen.push([fleet.trainers[0], fleet.phones[0]]));
        look(1_000);
        look(100_000);
        timers.at(at(101_000), () => {
          const fault = fleet.strike({ kind: 'unplug', station: 0 });
          timers.at(at(103_000), () => fault.end());
        });
        look(102_000);
        look(104_000);
      },
    }).play();
    const serialNumber = run.world.boxes[0]?.serialNumber;
    const away = { station: 0, serialNumber: undefined, isUnplugged: false };
    expect(seen).toEqual([
      [away, { person: 0, isOpen: false }],
      [
        { ...away, serialNumber },
        { person: 0, isOpen: true },
      ],
      [
        { ...away, isUnplugged: true },
        { person: 0, isOpen: true },
      ],
      [
        { ...away, serialNumber },
        { person: 0, isOpen: true },
      ],
    ]);
    expectSoundLedger(run);
    expectHonestFates(run);
  });
});
