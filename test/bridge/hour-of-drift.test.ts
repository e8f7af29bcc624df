import { describe, expect, it } from 'vitest';
import type { SerialChannel } from '../../bridge/ports.ts';
import { encodeHostCommand } from '../../firmware-protocol/index.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { VirtualBoard } from '../../simulator/virtual/virtual-board.ts';
import { NOON_MS, Stage, STEPS } from './bridge-stage.ts';

const HOUR_MS = 3_600_000;
/** The ticks wrap in the middle of the hour. */
const FIRST_TICKS: number = 2 ** 32 - HOUR_MS / 2;
const STEP_MS = 2_033;
const DRIFTS_PPM = [-200, -100, -20, 0, 37, 100, 200];

interface Landed {
  readonly sensorReadingTime: number;
  readonly distanceFromObject: number;
}

interface Hour {
  /** By how many ms the time of each landed reading is off. */
  readonly errors: readonly number[];
  /** When the first landed reading was measured, in ms of the hour. */
  readonly firstMs: number;
  /** The ticks of all readings, as they passed the line. */
  readonly ticks: readonly number[];
}

function landAnHour(options: {
  readonly driftPpm: number;
  readonly seed: number;
  readonly latencyMsMax: number;
}): Hour {
  const stage = new Stage();
  /** When each reading was measured: its distance says which one it is. */
  const truths: number[] = [];
  const board = new VirtualBoard({
    timers: stage.time,
    streams: seededStreams(options.seed),
    driftPpm: options.driftPpm,
    latencyMsMax: options.latencyMsMax,
    stepPeriodMs: STEP_MS,
    distanceAt: (timeMs) => truths.push(timeMs) - 1,
  });
  board.write(encodeHostCommand('1', { kind: 'reboot', seq: 0, ticks: FIRST_TICKS }));
  stage.run(100);
  const heard: string[] = [];
  stage.bridge.attach(channelOf(board, heard), 57_600);
  stage.time.run(NOON_MS + HOUR_MS, Number.POSITIVE_INFINITY);
  void stage.close();
  const rows = stage.rows(STEPS) as Landed[];
  const truthOf = (row: Landed): number => truths[row.distanceFromObject] ?? Number.NaN;
  const lines = heard.join('').matchAll(/\$R,\w+,\d+,(\d+),/g);
  return {
    errors: rows.map((row) => row.sensorReadingTime - truthOf(row)),
    firstMs: truthOf(rows[0] as Landed) - NOON_MS,
    ticks: [...lines].map((match) => Number(match[1])),
  };
}

function channelOf(board: VirtualBoard, heard: string[]): SerialChannel {
  return {
    path: 'board',
    write: (bytes) => board.write(bytes),
    onData: (listener) =>
      board.onData((chunk) => {
        heard.push(Buffer.from(chunk).toString('latin1'));
        listener(chunk);
      }),
    onClose: (listener) => board.onClose(listener),
  };
}

function worst(errors: readonly number[]): number {
  return Math.max(...errors.map(Math.abs));
}

describe('an hour of readings across the wrap of the ticks', () => {
  it.each(DRIFTS_PPM)(
    'lands each within 5 ms at a drift of %d ppm, on a line that holds bytes back for up to 16 ms',
    (driftPpm) => {
      for (const seed of [1, 2, 3]) {
        const hour = landAnHour({ driftPpm, seed: seed + 10 * driftPpm, latencyMsMax: 16 });
        expect(worst(hour.errors)).toBeLessThanOrEqual(5);
        expect(hour.errors.length).toBeGreaterThan(HOUR_MS / STEP_MS - 6);
        expect(hour.errors).toHaveLength(hour.ticks.length);
        expect(hour.firstMs).toBeLessThan(8_000);
        expect(hour.ticks[0]).toBeGreaterThan(FIRST_TICKS);
        expect(hour.ticks.at(-1)).toBeLessThan(HOUR_MS);
      }
    },
  );

  it.each([-200, 0, 37, 200])('lands each within 2 ms at %d ppm on a quick line', (driftPpm) => {
    const hour = landAnHour({ driftPpm, seed: 1, latencyMsMax: 0 });
    expect(hour.errors.length).toBeGreaterThan(HOUR_MS / STEP_MS - 6);
    expect(worst(hour.errors)).toBeLessThanOrEqual(2);
  });
});
