/** A demo's server over a run of a test, with time that the test makes pass. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDemoServer } from '../../../dashboard/server/index.ts';
import type { DemoServer, StartRun } from '../../../dashboard/server/index.ts';
import { FakeRun } from './fake-run.ts';

/** A pulse that beats when it is told. */
export class HandPulse {
  readonly #beats = new Set<{ readonly everyMs: number; readonly beat: () => void }>();

  readonly pulse = (everyMs: number, beat: () => void): (() => void) => {
    const entry = { everyMs, beat };
    this.#beats.add(entry);
    return () => this.#beats.delete(entry);
  };

  /** Everything that beats this often, beats once. */
  beat(everyMs: number): void {
    for (const entry of this.#beats) if (entry.everyMs === everyMs) entry.beat();
  }

  get size(): number {
    return this.#beats.size;
  }
}

/** Parts of a server under test. */
export interface ServedFake {
  readonly server: DemoServer;
  readonly hand: HandPulse;
  /** All runs that were begun, the last one last. */
  readonly runs: FakeRun[];
}

/** Serves fake runs, one after the other, until the test is over. */
export async function serveFake(options: { start?: StartRun } = {}): Promise<ServedFake> {
  const runs: FakeRun[] = [];
  const hand = new HandPulse();
  const start: StartRun = () => {
    const run = new FakeRun(`run-${runs.length + 1}`);
    runs.push(run);
    return Promise.resolve(run);
  };
  const server = await openDemoServer({
    host: '127.0.0.1',
    port: 0,
    page: await writePage(),
    start: options.start ?? start,
    pulse: hand.pulse,
  });
  onTestFinished(() => server.close());
  return { server, hand, runs };
}

/** A folder with a built page of three files. */
export async function writePage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stedi-page-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Demo</title>');
  await writeFile(join(folder, 'page.js'), 'export {};');
  await writeFile(join(folder, 'notes.txt'), 'not of the page');
  return folder;
}
