/** A real bridge for as long as one likes, with faults at random: seconds in CI, ten minutes with `npm run soak`. */
import { expect, test } from 'vitest';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import { judgedLine, ProcessStage } from './process-stage.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const SOAK_MS = Number(process.env['STEDI_SOAK_SECONDS'] ?? 15) * SECOND_MS;
const SEED = Number(process.env['STEDI_SOAK_SEED'] ?? 1);
/** Starts take their time on a busy machine, and so does the end. */
const PATIENCE_MS = SOAK_MS + 3 * MINUTE_MS;
const MESSAGES_MAX = 2_000;

test(
  `${SOAK_MS / SECOND_MS} s with faults at random lose nothing (seed ${SEED})`,
  async () => {
    const stage = await ProcessStage.open(SEED, { proxied: true });
    const faults = faultsOf(stage);
    const counts = new Map<string, number>();
    const endMs = performance.now() + SOAK_MS;
    let toldMs = performance.now();
    while (performance.now() < endMs) {
      await stage.acknowledgedMore(drawInteger(stage.random, 1, MESSAGES_MAX));
      const name = drawOne(stage.random, Object.keys(faults));
      counts.set(name, (counts.get(name) ?? 0) + 1);
      await faults[name]?.();
      if (performance.now() - toldMs < MINUTE_MS) continue;
      toldMs += MINUTE_MS;
      tell(`${stage.progress}; faults: ${JSON.stringify(Object.fromEntries(counts))}`);
    }
    stage.calm();
    await stage.storage.comeBack();
    // A bridge that knows its storage to be away leaves what waits in the spool when it ends; a new one lands it.
    await stage.bridge.stop();
    await stage.bridge.start();
    const { verdict, trustedRows, distinctRows } = await stage.finish();
    tell(`${judgedLine(verdict)}; faults: ${JSON.stringify(Object.fromEntries(counts))}`);
    expect(verdict.violations).toEqual([]);
    expect(trustedRows).toBe(distinctRows);
    expect(counts.size).toBeGreaterThan(1);
  },
  PATIENCE_MS,
);

/** What may happen at any time, by name. */
function faultsOf(stage: ProcessStage): Readonly<Record<string, () => Promise<void> | void>> {
  const { bridge, storage } = stage;
  return {
    kill: async () => {
      await bridge.kill();
      await bridge.start();
    },
    stop: async () => {
      await storage.comeBack();
      await bridge.stop();
      await bridge.start();
    },
    'storage away': () => storage.close(),
    'storage back': () => storage.comeBack(),
    'connections reset': () => stage.proxy?.reset(),
    'network slices and resets': () => {
      stage.weather({ sliceBytesMax: 200, resetAfterBytesMax: 200_000 });
    },
    'network is calm': () => stage.calm(),
  };
}

function tell(text: string): void {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}
