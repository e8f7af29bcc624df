import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBurst, clockError, toHostMs } from '../../../bridge/core/clock-fit.ts';
import type { ClockFit, SyncSample } from '../../../bridge/core/clock-fit.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { exchangeBurst, ticksAt } from './ticking-device.ts';
import type { TickingDevice } from './ticking-device.ts';

const START_MS = 1_655_564_400_000;
const UINT32 = 2 ** 32;
/** Epoch ms have this much resolution in a double, a few operations on. */
const ROUNDING_MS = 0.002;

const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const bootTicks = fc.oneof(
  fc.constant(0),
  fc.nat(UINT32 - 1),
  fc.integer({ min: UINT32 - 12_000, max: UINT32 - 1 }),
);

function deviceOf(change: Partial<TickingDevice>): TickingDevice {
  return { bootMs: START_MS, driftPpm: 0, startTicks: 0, ...change };
}

function fitOnce(samples: readonly SyncSample[]): ClockFit {
  return addBurst(undefined, samples, 200) as ClockFit;
}

/** How far the fit is from the moment at which the device's counter went over to a count. */
function errorMs(fit: ClockFit, device: TickingDevice, elapsedTicks: number): number {
  const ticks = (device.startTicks + elapsedTicks) % UINT32;
  const trueMs = device.bootMs + elapsedTicks / (1 + device.driftPpm / 1e6);
  return toHostMs(fit, ticks) - trueMs;
}

describe('a clock fitted to one burst', () => {
  it('is as good as it says, and as the quickest exchange and one tick allow, whatever the latency', () => {
    const latencies = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), {
      minLength: 2,
      maxLength: 16,
    });
    fc.assert(
      fc.property(latencies, fraction, fraction, bootTicks, (drawn, boot, start, startTicks) => {
        const device = deviceOf({ bootMs: START_MS + boot, startTicks });
        let next = 0;
        const samples = exchangeBurst(device, {
          startMs: START_MS + 5_000 + start,
          exchanges: Math.floor(drawn.length / 2),
          latencyMs: () => drawn[next++] as number,
        });
        const fit = fitOnce(samples);
        const quickestMs = Math.min(...samples.map((each) => each.receivedMs - each.sentMs));
        const burstMs = (samples.at(-1)?.receivedMs ?? 0) - (samples[0]?.sentMs ?? 0);
        // Within the burst, a clock of 200 ppm may gain as much again.
        const boundMs = quickestMs + 1 + burstMs * 0.0004 + ROUNDING_MS;
        expect(clockError(fit, 0)).toBeLessThanOrEqual(boundMs);
        const atTicks = (fit.atTicks - startTicks + 2 * UINT32) % UINT32;
        for (const ticks of [0, 9_000, 20_000]) {
          const claimMs = clockError(fit, ticks - atTicks) + ROUNDING_MS;
          expect(Math.abs(errorMs(fit, device, ticks))).toBeLessThanOrEqual(claimMs);
        }
      }),
    );
  });

  it('is right to 0.5 ms when latency is up to 1 ms each way: 500 bursts of eight', () => {
    const random = seededStreams(1)('latency');
    const errors = Array.from({ length: 500 }, () => {
      const device = deviceOf({ bootMs: START_MS + random.next() });
      const startMs = START_MS + 5_000 + random.next();
      const latencyMs = (): number => random.next();
      return errorMs(
        fitOnce(exchangeBurst(device, { startMs, exchanges: 8, latencyMs })),
        device,
        0,
      );
    });
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.5);
    expect(Math.abs(errors.reduce((sum, error) => sum + error) / 500)).toBeLessThan(0.03);
  });

  it('is right to a tenth of a tick without latency: eight exchanges fall on different fractions', () => {
    fc.assert(
      fc.property(fraction, fraction, bootTicks, (boot, start, startTicks) => {
        const device = deviceOf({ bootMs: START_MS + boot, startTicks });
        const startMs = START_MS + 5_000 + start;
        const fit = fitOnce(exchangeBurst(device, { startMs, exchanges: 8, latencyMs: () => 0 }));
        expect(Math.abs(errorMs(fit, device, 6_000))).toBeLessThan(0.1);
      }),
    );
  });

  it('is exact after rounding when the device booted at a whole ms and nothing delays', () => {
    fc.assert(
      fc.property(fraction, fc.nat(60_000), bootTicks, (start, elapsedMs, startTicks) => {
        const device = deviceOf({ startTicks });
        const startMs = START_MS + 5_000 + start;
        const fit = fitOnce(exchangeBurst(device, { startMs, exchanges: 8, latencyMs: () => 0 }));
        const ticks = ticksAt(device, START_MS + elapsedMs);
        expect(Math.round(toHostMs(fit, ticks))).toBe(START_MS + elapsedMs);
      }),
    );
  });

  it('takes no drift for granted', () => {
    const device = deviceOf({ driftPpm: 200 });
    const samples = exchangeBurst(device, { startMs: START_MS, exchanges: 8, latencyMs: () => 0 });
    expect(fitOnce(samples).driftPpm).toBe(0);
  });

  it.each([0, 1, 4, 7])('is not disturbed by ticks that wrap before exchange %d', (wrapsAt) => {
    const spacingMs = 25.37;
    const wrapMs = Math.floor(wrapsAt * spacingMs - 10);
    const device = deviceOf({ startTicks: UINT32 - 5_000 - wrapMs });
    const samples = exchangeBurst(device, {
      startMs: START_MS + 5_000,
      exchanges: 8,
      latencyMs: () => 0,
    });
    const wrapped = samples.filter(({ rxTicks }) => rxTicks < UINT32 / 2);
    expect(wrapped).toHaveLength(8 - wrapsAt);
    const fit = fitOnce(samples);
    for (const elapsed of [0, 4_000, 5_000 + wrapMs - 1, 5_000 + wrapMs, 60_000]) {
      expect(Math.abs(errorMs(fit, device, elapsed))).toBeLessThan(0.1);
    }
  });
});

describe('a clock fitted to one burst after the other', () => {
  /** Largest error in ms, against the middle of a tick, in the 30 s after each burst. */
  function worstAfterEachBurst(device: TickingDevice, latencyMs: () => number): number[] {
    let fit: ClockFit | undefined;
    return Array.from({ length: 20 }, (_, burst) => {
      const startMs = START_MS + 2_000 + burst * 30_200.7;
      const exchanges = burst === 0 ? 8 : 4;
      fit = addBurst(fit, exchangeBurst(device, { startMs, exchanges, latencyMs }), 200);
      const errors = [300, 10_000, 20_000, 30_000].map((laterMs) => {
        const trueMs = startMs + laterMs;
        return toHostMs(fit as ClockFit, ticksAt(device, trueMs)) - (trueMs - 0.5);
      });
      return Math.max(...errors.map(Math.abs));
    });
  }

  it.each([-200, -50, -5, 0, 5, 20, 50, 200])(
    'follows a drift of %d ppm to within a ms from the second burst on',
    (driftPpm) => {
      const random = seededStreams(1)(`drift ${driftPpm}`);
      for (let trial = 0; trial < 20; trial++) {
        const device = deviceOf({ bootMs: START_MS + random.next(), driftPpm });
        const [first, ...later] = worstAfterEachBurst(device, () => 0);
        // Nothing is known of the drift before the second burst.
        expect(first).toBeLessThan(0.7 + Math.abs(driftPpm) * 0.03);
        expect(Math.max(...later)).toBeLessThan(1);
      }
    },
  );

  it.each([-200, -20, 0, 20, 200])(
    'follows a drift of %d ppm to within a ms in the end, with latency up to 1 ms each way',
    (driftPpm) => {
      const random = seededStreams(1)(`drift ${driftPpm} and latency`);
      for (let trial = 0; trial < 20; trial++) {
        const device = deviceOf({ bootMs: START_MS + random.next(), driftPpm });
        const worst = worstAfterEachBurst(device, () => random.next());
        expect(Math.max(...worst.slice(12))).toBeLessThan(1);
      }
    },
  );

  it('follows the ticks across their wrap and on', () => {
    for (const driftPpm of [-200, 0, 200]) {
      const device = deviceOf({ startTicks: UINT32 - 300_000, driftPpm });
      expect(Math.max(...worstAfterEachBurst(device, () => 0).slice(1))).toBeLessThan(1);
    }
  });

  it('remembers 16 bursts', () => {
    let fit: ClockFit | undefined;
    for (let burst = 0; burst < 40; burst++) {
      const startMs = START_MS + burst * 30_000;
      fit = addBurst(
        fit,
        exchangeBurst(deviceOf({}), { startMs, exchanges: 4, latencyMs: () => 0 }),
        200,
      );
    }
    expect(fit?.bursts).toHaveLength(16);
  });

  it('is what it was after an empty burst', () => {
    const fit = fitOnce([{ sentMs: START_MS, receivedMs: START_MS, rxTicks: 5, txTicks: 5 }]);
    expect(addBurst(fit, [], 200)).toBe(fit);
    expect(addBurst(undefined, [], 200)).toBeUndefined();
  });

  it('believes the latest of two bursts that contradict each other', () => {
    const at = (hostMs: number, ticks: number): SyncSample[] => [
      { sentMs: hostMs, receivedMs: hostMs, rxTicks: ticks, txTicks: ticks },
    ];
    const fit = addBurst(fitOnce(at(START_MS, 5)), at(START_MS + 100, 6), 200) as ClockFit;
    // The tick lasts for 1 ms: the burst says half a ms less than the time at which it read the clock.
    expect(toHostMs(fit, 6)).toBe(START_MS + 99.5);
    expect(fit.bursts).toHaveLength(1);
  });

  it('takes the middle of what contradicts itself, and promises nothing', () => {
    const burst = [0, 50, 300].map((laterMs) => {
      const atMs = START_MS + laterMs;
      return { sentMs: atMs, receivedMs: atMs, rxTicks: 5, txTicks: 5 };
    });
    const fit = fitOnce(burst);
    expect(toHostMs(fit, 5)).toBe(START_MS + 149.5);
    expect(fit.driftPpm).toBe(0);
    expect(clockError(fit, 0)).toBe(Infinity);
  });

  it('follows a clock that drifts more than its device states', () => {
    const device = deviceOf({ driftPpm: 900 });
    expect(Math.max(...worstAfterEachBurst(device, () => 0).slice(1))).toBeLessThan(1);
  });

  it('stays a number, whatever a device says of its clock', () => {
    const sample = fc.record({
      sentMs: fc.nat(UINT32 - 1).map((ms) => START_MS + ms),
      receivedMs: fc.nat(UINT32 - 1).map((ms) => START_MS + ms),
      rxTicks: fc.nat(UINT32 - 1),
      txTicks: fc.nat(UINT32 - 1),
    });
    const bursts = fc.array(fc.array(sample, { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(bursts, fc.nat(UINT32 - 1), (all, ticks) => {
        const fit = all.reduce<ClockFit | undefined>(
          (known, burst) => addBurst(known, burst, 200),
          undefined,
        );
        expect(Number.isFinite(toHostMs(fit as ClockFit, ticks))).toBe(true);
      }),
    );
  });
});
