/** Runs a publishing process that is killed, and looks at what readers find then. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { openStorage } from '../../../pipeline/storage/open-storage.ts';
import type { Place } from '../../../pipeline/storage/place.ts';
import { filesOf, readPointer } from '../../../pipeline/zones/zones-pointer.ts';

const SCRIPT = fileURLToPath(new URL('publishing-process.ts', import.meta.url));

/** How a publishing process ended. */
export interface EndedProcess {
  readonly wasKilled: boolean;
  /** The calls of the file system that it made; the last one was not carried out if it was killed. */
  readonly calls: readonly string[];
}

/** Starts a process that publishes a text. `killAt` is the number of a call; `onStart` gets what kills it at other times. */
export async function publishInProcess(
  place: Place,
  text: string,
  { killAt, onStart }: { killAt?: number; onStart?: (kill: () => void) => void } = {},
): Promise<EndedProcess> {
  const when = killAt === undefined ? [] : [killAt.toString()];
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', SCRIPT, JSON.stringify(place), text, ...when],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  onStart?.(() => child.kill('SIGKILL'));
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (exit, by) => resolve([exit, by]));
  });
  if (signal === null) expect(`${code} ${Buffer.concat(errors).toString()}`).toMatch(/^0/);
  const calls = Buffer.concat(output).toString().split('\n').filter(Boolean);
  return { wasKilled: signal === 'SIGKILL', calls };
}

/** The text that a reader who follows the pointer finds in all tables; fails when it is not the same in each. */
export async function readText(place: Place): Promise<string> {
  const storage = openStorage(place);
  try {
    const stored = await storage.read('_zones.json');
    const pointer = stored === undefined ? undefined : readPointer(stored.bytes);
    const texts = await Promise.all(
      ZONE_TABLES.map(async (table) => {
        const file = await storage.read(pointer?.tables[table].file ?? 'none');
        return file?.bytes.toString('utf8').replace(` ${table}`, '') ?? 'nothing';
      }),
    );
    expect(new Set(texts).size).toBe(1);
    return texts[0] ?? 'nothing';
  } finally {
    storage.close();
  }
}

/** The keys of all objects, and those that the pointer names beside its own. */
export async function listBoth(
  place: Place,
): Promise<{ readonly there: string[]; readonly named: string[] }> {
  const storage = openStorage(place);
  try {
    const there = (await storage.list('')).map(({ key }) => key);
    const stored = await storage.read('_zones.json');
    const pointer = stored === undefined ? undefined : readPointer(stored.bytes);
    const files = pointer === undefined ? [] : filesOf(pointer).map(({ file }) => file);
    return { there, named: [...files, '_zones.json'].toSorted() };
  } finally {
    storage.close();
  }
}
