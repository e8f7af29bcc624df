/** A real bridge on serial ports and at a real Mosquitto, killed again and again while trainers stream and phones publish. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import { seededStreams, WallTime } from '../../simulator/index.ts';
import { objectsIn } from '../e2e/bridge-stage.ts';
import { temporaryFolder } from '../e2e/stedi.ts';
import { LACKS_MOSQUITTO, Mosquitto, NEEDS_MOSQUITTO } from '../mosquitto.ts';
import { BridgeProcess } from './bridge-process.ts';
import { INSTANTS } from './measure.ts';
import { judgeFault } from './oracle.ts';
import type { Landed, SentRow } from './oracle.ts';
import { ReadingPublisher, ReadingSource } from './reading-publisher.ts';
import type { Reading } from './reading-publisher.ts';
import { landingLine } from './serial-truth.ts';
import { WiredTrainer } from './wired-trainer.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });
const PATIENCE = { timeout: 60_000, interval: 5 };

const TRAINERS = 2;
/** A life ends after so many lines on a wire, or messages that Mosquitto has acknowledged, at most. */
const LINES_MAX = 40;
const MESSAGES_MAX = 400;

async function openStage() {
  const folder = await temporaryFolder();
  const mosquitto = await Mosquitto.start();
  onTestFinished(() => mosquitto.close());
  const timers = new WallTime(Date.now(), 1);
  const trainers = Array.from(
    { length: TRAINERS },
    (_, at) => new WiredTrainer({ box: at + 1, timers, link: join(folder, `tty${at}`) }),
  );
  const out = join(folder, 'landing');
  const bridge = await BridgeProcess.prepare(
    ['--out', out, '--spool', join(folder, 'spool'), '--flush', '100ms'].concat([
      '--serial',
      join(folder, 'tty*'),
      '--broker',
      mosquitto.url,
    ]),
  );
  onTestFinished(async () => {
    await bridge.kill();
    for (const trainer of trainers) trainer.unplug();
    timers.stop();
  });
  /** Starts it, and resolves when every trainer sends to it, and Mosquitto knows it. */
  const start = async (): Promise<void> => {
    await bridge.start();
    for (const trainer of trainers) {
      await vi.waitUntil(() => bridge.said.includes(`${trainer.path} is open.`), PATIENCE);
      trainer.bridgeIsBack();
      const { lines } = trainer;
      await vi.waitUntil(() => trainer.lines > lines + 1, PATIENCE);
    }
    await vi.waitUntil(() => bridge.said.includes(' serves the bridge.'), PATIENCE);
  };
  const kill = async (): Promise<void> => {
    await bridge.kill();
    for (const trainer of trainers) trainer.bridgeDied();
  };
  return { mosquitto, trainers, out, bridge, start, kill };
}

/** All lines of landing and quarantine that can be read, without CR and LF. */
async function linesIn(out: string): Promise<{ readonly key: string; readonly lines: string[] }[]> {
  return (await objectsIn(out)).map(({ key, body }) => ({
    key,
    lines: gunzipSync(body).toString('utf8').split('\n').slice(0, -1),
  }));
}

interface Parsed {
  readonly source?: string;
  readonly original?: string;
  readonly serialNumber?: string;
  readonly distanceFromObject?: number;
}

/** What the oracle needs: readings of trainers with their true times, and what must have become of each line on a wire. */
async function tellTruth(out: string, trainers: readonly WiredTrainer[]) {
  const landed = trainers.map(() => new Set<number>());
  const quarantined = trainers.map((): string[] => []);
  const objects = (await linesIn(out)).map(({ key, lines }): Landed => {
    const told = lines.map((line) => {
      const row = JSON.parse(line) as Parsed;
      const { source, original = '', serialNumber, distanceFromObject = -1 } = row;
      const at = trainers.findIndex(
        (trainer) => trainer.path === source || trainer.serialNumber === serialNumber,
      );
      const reading = trainers[at]?.withTrueTime({ ...row });
      if (source !== undefined) quarantined[at]?.push(original);
      if (reading === undefined) return line;
      landed[at]?.add(distanceFromObject);
      return landingLine(reading);
    });
    return { key, body: Buffer.from(told.map((line) => `${line}\n`).join('')) };
  });
  const rows = trainers.map((trainer, at) =>
    trainer.sent(landed[at] ?? new Set(), quarantined[at] ?? []),
  );
  return { objects, rows };
}

test.skipIf(LACKS_MOSQUITTO || !existsSync('/dev/ptmx'))(
  `SIGKILL at many instants: what came by serial port, and what Mosquitto has acknowledged, lands ${NEEDS_MOSQUITTO}`,
  async () => {
    const { mosquitto, trainers, out, bridge, start, kill } = await openStage();
    const random = seededStreams(4)('instants');
    const source = new ReadingSource();
    const sent: Reading[] = [];
    await start();
    const { port } = mosquitto;
    const publisher = await ReadingPublisher.connect({ port, clientId: 'phone-1' });
    onTestFinished(() => publisher.close());
    for (let instant = 1; instant <= INSTANTS; instant++) {
      const readings = source.next(drawInteger(random, 1, MESSAGES_MAX), 'phone-1');
      const published = publisher.publish(readings);
      sent.push(...readings);
      const trainer = drawOne(random, trainers);
      const lines = trainer.lines + drawInteger(random, 1, LINES_MAX);
      await vi.waitUntil(() => trainer.lines >= lines, PATIENCE);
      // What comes now comes while the bridge dies, and after.
      const more = source.next(drawInteger(random, 1, MESSAGES_MAX), 'phone-1');
      const publishedMore = published.then(() => publisher.publish(more));
      sent.push(...more);
      await kill();
      await Promise.all([publishedMore, start()]);
    }
    const fresh = source.next(1, 'phone-1');
    await publisher.publish(fresh);
    expect([...sent, ...fresh].every(({ isAccepted }) => isAccepted)).toBe(true);
    const line = fresh[0]?.line ?? '';
    const all = async (): Promise<string[]> => (await linesIn(out)).flatMap(({ lines }) => lines);
    const isDone = async (): Promise<boolean> => {
      const lines = await all();
      const rowsOf = ({ serialNumber }: WiredTrainer): number =>
        lines.filter((text) => text.includes(serialNumber)).length;
      return lines.includes(line) && trainers.every((trainer) => rowsOf(trainer) > INSTANTS);
    };
    await vi.waitUntil(isDone, { ...PATIENCE, interval: 50 });
    expect(await bridge.stop()).toBe(0);
    for (const trainer of trainers) trainer.bridgeDied();
    const { objects, rows } = await tellTruth(out, trainers);
    const phones = sent.map((one): SentRow => ({
      line: one.line,
      acknowledged: true,
      poison: false,
    }));
    const verdict = judgeFault({
      sent: [...phones, ...rows.flat()],
      objects,
      duplicatesRecognised: 0,
      fresh: line,
      deliveries: { unknown: 'Mosquitto does not tell what it delivers again after a death.' },
      peakRssBytes: bridge.peakRssBytes,
    });
    expect(verdict.violations).toEqual([]);
    for (const each of rows) {
      expect(each.filter(({ poison }) => !poison).length).toBeGreaterThan(INSTANTS);
    }
  },
);
