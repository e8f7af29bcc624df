/** A bridge whose storage was away is killed, and starts again with a long spool. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, startBridge } from './contenders.ts';
import type { Load } from './load.ts';
import { publish } from './measure.ts';
import { peakMbOf } from './process-cost.ts';

const CONNECTIONS = 20;
const BATCH_SAMPLES = 50;
const LOOK_EVERY_MS = 20;

/** How a backlog went. */
export interface Backlog {
  readonly readings: number;
  /** From the start of the process until the last object was stored. */
  readonly seconds: number;
  readonly objects: number;
  readonly lost: number;
  /** The most memory of the bridge, before and after it was killed. */
  readonly peakMb: number;
}

/** Fills the spool with that many readings while nobody answers for the storage, kills the bridge, and starts it again. */
export async function backlogAfterRestart(readings: number): Promise<Backlog> {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
  const messagesPerConnection = Math.ceil(readings / BATCH_SAMPLES / CONNECTIONS);
  const load: Load = { kind: 'batch', connections: CONNECTIONS, messagesPerConnection };
  const nobody = `http://127.0.0.1:${await freePort()}`;
  try {
    const away = await startBridge(folder, { sink: ['--bucket', 'away', '--s3', nobody] });
    await (
      await publish(load, away.port)
    )();
    const peakBefore = peakMbOf(away.pid);
    await away.end('SIGKILL');
    const fromMs = performance.now();
    const back = await startBridge(folder, { sink: ['--out', join(folder, 'landing')] });
    const wanted = CONNECTIONS * messagesPerConnection * BATCH_SAMPLES;
    while ((await back.landed()) < wanted) await delay(LOOK_EVERY_MS);
    const seconds = (performance.now() - fromMs) / 1_000;
    const peakMb = Math.max(peakBefore, peakMbOf(back.pid));
    await back.end('SIGTERM');
    const { distinct, objects } = back.count();
    return { readings: wanted, seconds, objects, lost: wanted - distinct, peakMb };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
