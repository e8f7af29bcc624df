import { describe, expect, it } from 'vitest';
import type { DeviceLink } from '../../../device-bench/index.ts';
import { interview } from '../../../device-bench/ports/interview.ts';
import type { Introduction } from '../../../device-bench/ports/interview.ts';
import { encodeDeviceLine, encodeHostCommand } from '../../../firmware-protocol/index.ts';
import { seededStreams, VirtualBoard, VirtualTime } from '../../../simulator/index.ts';
import type { VirtualBoardOptions } from '../../../simulator/index.ts';
import { FakeLink } from './fake-link.ts';

const WAIT_MS = 1_500;
const STEPS_MAX = 100_000;

/** The introduction, and when it came. */
async function meet(
  link: DeviceLink,
  timers: VirtualTime,
): Promise<{ found: Introduction; tookMs: number }> {
  const startMs = timers.now();
  let tookMs = Number.NaN;
  const found = interview(link, WAIT_MS).then((introduction) => {
    tookMs = timers.now() - startMs;
    return introduction;
  });
  for (let ms = startMs; ms <= startMs + 2 * WAIT_MS && Number.isNaN(tookMs); ms += 10) {
    timers.run(ms, STEPS_MAX);
    // Lets the promise of the interview settle.
    await Promise.resolve();
    await Promise.resolve();
  }
  return { found: await found, tookMs };
}

function makeBoard(options: Partial<VirtualBoardOptions> = {}): {
  board: VirtualBoard;
  timers: VirtualTime;
} {
  const timers = new VirtualTime(0);
  return {
    board: new VirtualBoard({ timers, streams: seededStreams(7), ...options }),
    timers,
  };
}

describe('an interview', () => {
  it('knows a device by its answers, as soon as they have come', async () => {
    const { board, timers } = makeBoard();
    const { found, tookMs } = await meet(board, timers);
    expect(found).toEqual({
      status: 'device',
      serial: board.serialNumber,
      model: 'ST-1',
      firmware: '1.0.0',
      boot: expect.stringMatching(/^[\dA-F]{4}$/) as string,
      level: 'L3',
      streaming: false,
    });
    expect(tookMs).toBeLessThan(100);
  });

  it('takes a device without SYNC for one of level 2', async () => {
    const { board, timers } = makeBoard({ capabilities: [] });
    expect((await meet(board, timers)).found).toMatchObject({ status: 'device', level: 'L2' });
  });

  it('waits for a device that its boot loader holds back', async () => {
    const { board, timers } = makeBoard({ bootDelayMs: 1_000, romGarbage: true });
    const { found, tookMs } = await meet(board, timers);
    expect(found).toMatchObject({ status: 'device', serial: board.serialNumber });
    expect(tookMs).toBeGreaterThan(1_000);
  });

  it('sees that a device was streaming, and leaves it so', async () => {
    const { board, timers } = makeBoard();
    board.write(encodeHostCommand('', { kind: 'start', rateHz: 100 }));
    timers.run(200, STEPS_MAX);
    const { found } = await meet(board, timers);
    expect(found).toMatchObject({ status: 'device', streaming: true });
    let later = '';
    board.onData((chunk) => (later += Buffer.from(chunk).toString('latin1')));
    timers.run(timers.now() + 500, STEPS_MAX);
    expect(later).toContain('$R,');
  });

  it('only asks', async () => {
    const link = new FakeLink();
    await meet(link, link.timers);
    const asked = link.written.map((line) => line.replaceAll(/^@who |\*....\r\n$/g, ''));
    expect(new Set(asked)).toEqual(new Set(['\r\n', 'ID?']));
  });

  it('is over in time when nothing comes', async () => {
    const link = new FakeLink();
    expect(await meet(link, link.timers)).toEqual({ found: { status: 'silent' }, tookMs: WAIT_MS });
  });

  it('is over when the device goes', async () => {
    const link = new FakeLink();
    link.timers.at(200, () => link.vanish());
    expect(await meet(link, link.timers)).toEqual({ found: { status: 'silent' }, tookMs: 200 });
  });

  it('knows a device that sends lines but answers nothing', async () => {
    const link = new FakeLink();
    const beat = encodeDeviceLine({ kind: 'heartbeat', boot: '7F3A', ticks: 4_000 });
    link.timers.at(100, () => link.say(beat));
    expect((await meet(link, link.timers)).found).toEqual({ status: 'unmanaged', level: 'L1' });
  });

  it('knows a device that sends raw records', async () => {
    const link = new FakeLink();
    const record = { sensorReadingTime: 1, serialNumber: 'a', distanceFromObject: 2 };
    link.timers.at(100, () => link.say(`${JSON.stringify(record)}\n`));
    expect((await meet(link, link.timers)).found).toEqual({ status: 'unmanaged', level: 'L0' });
  });

  it('shows the beginning of something else, however much of it comes', async () => {
    const link = new FakeLink();
    const babble = (): void => {
      link.say('ok T:21.4 /0.0 '.repeat(1_000));
      link.timers.at(link.timers.now() + 1, babble);
    };
    link.timers.at(1, babble);
    expect(await meet(link, link.timers)).toEqual({
      found: { status: 'foreign', sample: 'ok T:21.4 /0.0 ok T:21.4 /0.0 ok T:21.4 ' },
      tookMs: WAIT_MS,
    });
  });
});
