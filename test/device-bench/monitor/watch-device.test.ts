import { describe, expect, it } from 'vitest';
import { NEW_MONITOR, stepMonitor } from '../../../device-bench/monitor/monitor-state.ts';
import type { MonitorEvent } from '../../../device-bench/monitor/monitor-state.ts';
import { watchDevice } from '../../../device-bench/monitor/watch-device.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualBoard } from '../../../simulator/virtual/virtual-board.ts';
import type { VirtualBoardOptions } from '../../../simulator/virtual/virtual-board-options.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

interface Stage {
  readonly time: VirtualTime;
  readonly board: VirtualBoard;
  readonly events: MonitorEvent[];
  readonly abort: AbortController;
  readonly end: Promise<string>;
}

function watch(passive: boolean, options: Partial<VirtualBoardOptions> = {}): Stage {
  const time = new VirtualTime(0);
  const board = new VirtualBoard({ timers: time, streams: seededStreams(1), ...options });
  const abort = new AbortController();
  const events: MonitorEvent[] = [];
  const onEvent = (event: MonitorEvent): void => void events.push(event);
  const end = watchDevice(board, { passive, signal: abort.signal, onEvent });
  return { time, board, events, abort, end };
}

const run = ({ time }: Stage, ms: number): void =>
  void time.run(time.now() + ms, Number.POSITIVE_INFINITY);

const kinds = (events: readonly MonitorEvent[]): Set<string> =>
  new Set(events.map(({ kind }) => kind));

describe('watching a device', () => {
  it('starts it, and tells its identity, readings and clock', async () => {
    const stage = watch(false, { driftPpm: 150 });
    run(stage, 60_000);
    const state = stage.events.reduce(stepMonitor, NEW_MONITOR);
    expect(state).toMatchObject({
      phase: 'streaming',
      identity: { serialNumber: stage.board.serialNumber },
      counts: { gaps: 0 },
    });
    expect(state.counts.readings).toBeGreaterThan(2_800);
    expect(state.clock?.driftPpm).toBeGreaterThan(130);
    expect(state.clock?.driftPpm).toBeLessThan(170);
    expect(state.clock?.errorMs).toBeLessThan(1);
    expect(state.rejected.size).toBe(0);
    stage.abort.abort();
    run(stage, 1_000);
    await expect(stage.end).resolves.toBe('stopped');
    expect(stage.events.at(-1)?.kind).toBe('line');
    const sent = stage.events.filter((event) => event.kind === 'sent');
    expect(sent.at(-1)?.bytes).toContain(' STOP*');
    // It streams no more, and nobody hears what it still says.
    const { length } = stage.events;
    run(stage, 20_000);
    expect(stage.events).toHaveLength(length);
  });

  it('sends nothing when it only listens', async () => {
    const stage = watch(true);
    run(stage, 10_000);
    expect(kinds(stage.events)).toEqual(new Set(['line']));
    stage.abort.abort();
    run(stage, 1);
    await expect(stage.end).resolves.toBe('stopped');
  });

  it('ends when the device goes away', async () => {
    const stage = watch(false);
    run(stage, 5_000);
    stage.board.unplug();
    run(stage, 1);
    await expect(stage.end).resolves.toBe('device-gone');
    expect(stage.events.at(-1)?.kind).toBe('closed');
  });

  it('tells which whole readings a bridge would not land, and damaged lines once', () => {
    const stage = watch(false, {
      distanceAt: () => 300,
      rework: ({ encode }) => ({
        encode: (line) => {
          if (line.kind !== 'reading') return encode(line);
          return line.seq % 10 === 0
            ? encode(line).replace('300', '301')
            : encode({ ...line, flags: 2 });
        },
      }),
    });
    run(stage, 5_000);
    const state = stage.events.reduce(stepMonitor, NEW_MONITOR);
    const { 'bad-crc': damaged = 0, 'distance-out-of-range': refused = 0 } = Object.fromEntries(
      state.rejected,
    );
    expect(damaged).toBeGreaterThan(10);
    expect(refused).toBe(state.counts.readings);
    expect(state.rejected.size).toBe(2);
  });
});
