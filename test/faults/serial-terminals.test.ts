/** Real pseudo-terminals that come and go under a bridge: pulled in the middle of lines, held by others, moved. */
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSerialPort } from '../../bridge/adapters/serial-port.ts';
import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { drawInteger } from '../../simulator/core/random.ts';
import { openVirtualPort } from '../../simulator/live/pty.ts';
import { WallTime } from '../../simulator/live/wall-time.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { judgeFault } from './oracle.ts';
import { BAUD, BenchTrainer, SerialBench } from './serial-bench.ts';

const UNPLUGS = 50;
const POLL_MS = 5;
/** A machine that does much else is late, and so is what the clock fit rests on. */
const TIME_ERROR_MS_MAX = 1_000;
const LANDING = 'step_trainer_landing';

interface TerminalStage {
  readonly folder: string;
  readonly bench: SerialBench;
  /** Resolves as soon as it holds. */
  readonly until: (holds: () => boolean) => Promise<void>;
  /** Resolves when the only port is open so often: what comes before that, the opening throws away. */
  readonly opened: (times: number) => Promise<void>;
}

function openStage(): TerminalStage {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-serial-'));
  const timers = new SystemTimers();
  const bench = new SerialBench({
    timers,
    ports: [join(folder, 'tty*')],
    pollMs: POLL_MS,
    timeErrorMsMax: TIME_ERROR_MS_MAX,
  });
  onTestFinished(async () => {
    await bench.close();
    timers.stop();
    rmSync(folder, { recursive: true });
  });
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => timers.at(timers.now() + 1, resolve));
  };
  const opened = (times: number): Promise<void> =>
    until(
      () =>
        bench.status.ports[0]?.state === 'open' &&
        bench.notices.filter((text) => text.endsWith('is open.')).length === times,
    );
  return { folder, bench, until, opened };
}

function record(distance: number): string {
  return `{"sensorReadingTime":1655553600000,"serialNumber":"07","distanceFromObject":${distance}}\r\n`;
}

/** Lets a name lead to a terminal, whatever it led to before. */
function linkTo(terminal: string, name: string): void {
  rmSync(name, { force: true });
  symlinkSync(terminal, name);
}

describe.skipIf(!existsSync('/dev/ptmx'))('a pseudo-terminal', () => {
  it(`that is pulled in mid-line ${UNPLUGS} times loses no line that came whole`, async () => {
    const { folder, bench, until, opened } = openStage();
    const random = seededStreams(1)('instants');
    const link = join(folder, 'ttyDEVICE');
    for (let time = 0; time < UNPLUGS; time++) {
      const port = openVirtualPort({ link });
      await opened(time + 1);
      for (let line = drawInteger(random, 1, 9); line > 0; line--)
        port.write(record(10 * time + line));
      port.write(record(1_000 + time).slice(0, drawInteger(random, 1, 60)));
      await until(() => bench.isMidLine(link));
      port.close();
      await until(() => !bench.isMidLine(link));
    }
    const port = openVirtualPort({ link });
    onTestFinished(() => port.close());
    await opened(UNPLUGS + 1);
    port.write(record(2_000));
    await until(() => bench.store.of(LANDING).at(-1)?.includes(':2000') === true);
    const outcome = bench.outcome();
    expect(outcome.sent.filter(({ poison }) => poison)).toHaveLength(UNPLUGS);
    expect(judgeFault(outcome).violations).toEqual([]);
    expect(bench.notices.filter((text) => text.endsWith('is open.'))).toHaveLength(UNPLUGS + 1);
    expect(bench.notices.filter((text) => text.includes('is gone.'))).toHaveLength(UNPLUGS);
  });

  it('with a trainer at it that is pulled while it streams, and put back elsewhere, is known again', async () => {
    const { folder, bench, until } = openStage();
    const world = new WallTime(Date.now(), 1);
    onTestFinished(() => world.stop());
    const { truth } = bench;
    const random = seededStreams(2)('instants');
    const trainers = [1, 2, 3, 4].map(
      (box) =>
        new BenchTrainer({ box, timers: world, streams: seededStreams(box), truth, rateHz: 50 }),
    );
    onTestFinished(() => trainers.forEach((trainer) => trainer.unplug(false)));
    const landedOf = (serialNumber: string): number =>
      bench.store.of(LANDING).filter((line) => line.includes(serialNumber)).length;
    await Promise.all(
      trainers.map(async (trainer, at) => {
        for (let time = 0; time < 3; time++) {
          const link = join(folder, `tty${at}x${time % 2}`);
          trainer.plug(openVirtualPort({ link }));
          const enough = landedOf(trainer.serialNumber) + drawInteger(random, 5, 12);
          await until(() => landedOf(trainer.serialNumber) >= enough && bench.isMidLine(link));
          trainer.unplug(at % 2 === 0);
          await until(() => !bench.isMidLine(link));
        }
      }),
    );
    expect(judgeFault(bench.outcome()).violations).toEqual([]);
    for (const { serialNumber } of trainers) {
      const told = bench.notices.filter((text) => text.startsWith(`Device ${serialNumber} is on`));
      expect(told).toHaveLength(3);
      expect(told.slice(1).every((text) => text.includes(', before it was on '))).toBe(true);
    }
  });

  it('that another program has is said once, and opened when it is free', async () => {
    const { folder, bench, until, opened } = openStage();
    const device = openVirtualPort();
    onTestFinished(() => device.close());
    const other = await openSerialPort({ path: device.path, baudRate: BAUD });
    const link = join(folder, 'ttyBUSY');
    linkTo(device.path, link);
    let looks = 0;
    await until(() => bench.status.ports[0]?.state === 'busy' && looks++ > 50);
    expect(bench.notices.filter((text) => !text.startsWith('There is no'))).toEqual([
      expect.stringMatching(
        /ttyBUSY is in use by another program.* It is tried again by itself\.$/,
      ),
    ]);
    await other.close();
    await opened(1);
    device.write(record(1));
    await until(() => bench.store.of(LANDING).length === 1);
    expect(judgeFault(bench.outcome()).violations).toEqual([]);
  });

  it('whose name is given to another one is closed, and the other one opened', async () => {
    const { folder, bench, until, opened } = openStage();
    const ports = [openVirtualPort(), openVirtualPort()];
    onTestFinished(() => ports.forEach((port) => port.close()));
    const name = join(folder, 'ttyNAME');
    for (const [at, port] of ports.entries()) {
      linkTo(port.path, name);
      await opened(at + 1);
      port.write(record(at));
      await until(() => bench.store.of(LANDING).length === at + 1);
    }
    ports[0]?.write(record(2));
    ports[1]?.write(record(3));
    await until(() => bench.store.of(LANDING).length === 3);
    expect(bench.store.of(LANDING).at(-1)).toContain(':3');
    expect(judgeFault(bench.outcome()).violations).toEqual([]);
  });
});
