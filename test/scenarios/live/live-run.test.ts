/** A live run on real parts, and what somebody does to it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openStorage } from '../../../pipeline/index.ts';
import { startLiveRun } from '../../../scenarios/live/index.ts';
import type { LiveRun } from '../../../scenarios/live/index.ts';
import { makePlan } from '../../../scenarios/planning/plan.ts';
import { parseScenario } from '../../../scenarios/reading/yaml-scenario.ts';
import { seededStreams, TrainerPorts, WallTime } from '../../../simulator/index.ts';

/** How long anything may take on a slow machine, in ms. */
const PATIENCE = { timeout: 60_000, interval: 20 };

const SCENARIO = `version: 1
name: Three people walk
world:
  start: 2022-06-18T15:00:00Z
  customers: 3
  consent: { research: 100% }
  feed: { every: 20s }
run: { duration: 215s, mode: live }
faults: []
expect: { landing.lost: 0 }
`;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-live-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function start(options: { speed: number; truthFile?: string; serialPorts?: string[] }) {
  const { speed, serialPorts, ...rest } = options;
  const plan = makePlan(parseScenario(SCENARIO, 'walk.yaml'), { speed });
  const streams = seededStreams(plan.seed);
  const run = await startLiveRun(plan, {
    ...rest,
    streams,
    parts: { serialPorts },
    flushMs: 5_000,
  });
  onTestFinished(() => run.close());
  return run;
}

function afterSeconds(run: LiveRun, seconds: number): Promise<void> {
  const untilMs = run.plan.world.startMs + seconds * 1_000;
  return vi.waitFor(() => expect(run.atMs).toBeGreaterThanOrEqual(untilMs), PATIENCE);
}

/** The rows of a landing table by the storage's own account. */
async function landedRows(run: LiveRun, table: string): Promise<string[]> {
  const storage = openStorage(run.landingPlace);
  const folder = temporaryFolder();
  try {
    const rows: string[] = [];
    for (const object of await storage.list(`${table}/`)) {
      const bytes = readFileSync(await storage.fetch(object, folder));
      const text = (object.key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      rows.push(...text.trimEnd().split('\n'));
    }
    return rows;
  } finally {
    storage.close();
  }
}

describe.skipIf(!existsSync('/dev/ptmx'))('a live run', () => {
  test(
    'waits for a storage and a broker that are taken away, lands everything, and has written the truth of it',
    { timeout: 120_000 },
    async () => {
      const truthFile = join(temporaryFolder(), 'truth.ndjson');
      const run = await start({ speed: 40, truthFile });
      const phases: string[] = [];
      run.onPhase((phase) => phases.push(phase));
      const signals: number[] = [];
      run.onSignal(0, ({ atMs }) => signals.push(atMs));
      await afterSeconds(run, 30);
      run.do({ do: 'storage', isUp: false });
      run.do({ do: 'broker', isUp: false });
      const changedMs = run.do({ do: 'consent', person: 1, isGiven: false });
      await vi.waitFor(() => expect(run.flow).toMatchObject({ mqtt: { isUp: false } }), PATIENCE);
      await vi.waitFor(
        () => expect(run.ledger.occurrences('storage-down')).toBeGreaterThan(0),
        PATIENCE,
      );
      run.do({ do: 'storage', isUp: true });
      run.do({ do: 'broker', isUp: true });
      expect(run.phones[1]).toMatchObject({ person: 1, isConsenting: false });
      await run.ended;
      expect(phases).toEqual(['draining', 'ended']);
      expect(run.world.consents[1]?.at(-1)).toMatchObject({ atMs: changedMs, research: undefined });
      expect(run.deeds.map(({ deed }) => deed.do)).toEqual(['storage', 'broker', 'consent']);

      const { flow } = run;
      expect(flow.spool.waitingRows).toBe(0);
      expect(flow.s3.rows).toBe(flow.spool.rows);
      expect(flow.bridge.quarantined).toBe(0);
      const [steps = [], samples = []] = await Promise.all(
        ['step_trainer_landing', 'accelerometer_landing'].map((table) => landedRows(run, table)),
      );
      expect(samples).toHaveLength(flow.mqtt.samples);
      expect(steps.length + samples.length).toBe(flow.s3.rows);

      await run.close();
      const lines = readFileSync(truthFile, 'utf8').trimEnd().split('\n');
      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      const made = entries.filter(({ kind }) => kind !== undefined);
      expect(made.map(({ id }) => id)).toEqual(
        Array.from({ length: run.ledger.count }, (_, id) => id),
      );
      expect(signals).toEqual(made.filter(({ person }) => person === 0).map(({ atMs }) => atMs));
      const fates = new Map(
        entries.filter(({ id }) => id !== undefined).map(({ id, fate }) => [id, fate]),
      );
      const sent = [...fates.values()].filter((fate) => fate === 'sent').length;
      // A broker that comes back delivers again what it has not seen acknowledged.
      expect(sent).toBe(new Set([...steps, ...samples]).size);
      expect(entries).toContainEqual({ occurrence: 'broker-restarted' });
    },
  );

  test(
    'stands still, goes on and is closed in the middle, and leaves nothing behind',
    { timeout: 60_000 },
    async () => {
      const folder = temporaryFolder();
      vi.stubEnv('TMPDIR', folder);
      onTestFinished(() => void vi.unstubAllEnvs());
      const run = await start({ speed: 40 });
      expect(readdirSync(folder)).toHaveLength(1);
      await afterSeconds(run, 25);
      run.pause();
      const { atMs } = run;
      expect(run.isPaused).toBe(true);
      run.setSpeed(20);
      expect(run.atMs).toBe(atMs);
      run.resume();
      expect(run.speed).toBe(20);
      await afterSeconds(run, 30);
      run.pause();
      run.do({ do: 'storage', isUp: false });
      await Promise.all([
        expect(run.ended).rejects.toMatchObject({ code: 'RUN_CLOSED' }),
        run.close(),
      ]);
      expect(run.phase).toBe('failed');
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test(
    'is joined by a real device, whose clock cannot be made faster',
    { timeout: 60_000 },
    async () => {
      const folder = temporaryFolder();
      const timers = new WallTime(Date.now(), 1);
      const ports = new TrainerPorts({
        folder: join(folder, 'ports'),
        trainers: 1,
        baudRate: 57_600,
        profile: 'continuous',
        streams: seededStreams(1),
        timers,
      });
      onTestFinished(() => {
        ports.close();
        timers.stop();
      });
      const [device] = ports.ports;
      const run = await start({ speed: 1, serialPorts: [String(device?.link)] });
      await vi.waitFor(
        () => expect(run.trainers[3]).toMatchObject({ station: 3, condition: 'measuring' }),
        PATIENCE,
      );
      expect(run.stations[3]).toEqual({ id: 3, port: device?.link, kind: 'real' });
      await vi.waitFor(() => expect(run.trainers[3]?.readings).toBeGreaterThan(0), PATIENCE);
      expect(run.trainers[3]?.serialNumber).toBe(device?.serialNumber);
      expect(run.isSpeedFixed).toBe(true);
      for (const change of [() => run.setSpeed(2), () => run.pause()]) {
        expect(change).toThrow(expect.objectContaining({ code: 'DEED_REFUSED' }));
      }
    },
  );
});
