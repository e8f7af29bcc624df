/** Makes a simulated run once more, and keeps the bytes of one reading: the same seed gives the same bytes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { phoneTopic } from '../../firmware-protocol/index.ts';
import type { SentBytes, Truth, World } from '../../simulator/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import { ScenarioError } from '../scenario-error.ts';
import { stageRun } from '../run/stage-run.ts';
import type { StagedRun } from '../run/stage-run.ts';
import type { FoundRun } from './find-run.ts';

/** Bytes that arrived at the bridge, one per character. */
export interface HeardBytes {
  /** World time in epoch ms. */
  readonly atMs: number;
  readonly bytes: string;
}

/** A run that was made again. */
export interface Retrace {
  readonly staged: StagedRun;
  /** The bytes that left a device with the reading in them. */
  readonly sent: readonly SentBytes[];
  /** The serial port or topic that the reading went through; `undefined` for readings of recorded devices. */
  readonly source: string | undefined;
  /** Everything that arrived there. */
  readonly heard: readonly HeardBytes[];
  /** When there was no bridge, as it had been killed: epoch ms. */
  readonly away: readonly Away[];
}

/** From when to when something was away, in epoch ms. */
export interface Away {
  readonly atMs: number;
  readonly untilMs: number;
}

/**
 * Runs the devices and the bridge of a run again.
 *
 * @throws ScenarioError RUN_STALE when the reading is not the same again; what the run throws
 */
export async function retrace(
  run: FoundRun,
  { truth, world, signal }: RetraceOptions,
): Promise<Retrace> {
  const source = sourceOf(truth, world);
  const landing = await mkdtemp(join(tmpdir(), 'stedi-explain-'));
  const sent: SentBytes[] = [];
  const heard: HeardBytes[] = [];
  try {
    const staged = await stageRun({
      plan: run.plan,
      landing,
      signal,
      onSent: (bytes) => {
        if (truth !== undefined && bytes.readings.includes(truth.id)) sent.push(bytes);
      },
      onTrace: (line) => {
        const entry = source === undefined ? undefined : parseTrace(line, source);
        if (entry !== undefined) heard.push(entry);
      },
    });
    if (truth !== undefined) requireSame(run, truth, staged.ledger.readings[truth.id]);
    const away = run.plan.faults.filter(({ kind }) => kind === 'bridge-killed') as readonly Away[];
    return { staged, sent, source, heard, away };
  } finally {
    await rm(landing, { recursive: true, force: true });
  }
}

/** What is looked at; without a reading, the run is made again for its evidence alone. */
export interface RetraceOptions {
  readonly truth?: Truth | undefined;
  readonly world: World;
  readonly signal?: AbortSignal | undefined;
}

function sourceOf(truth: Truth | undefined, world: World): string | undefined {
  if (truth === undefined || truth.person === NOBODY) return undefined;
  if (truth.kind === 'distance') return `memory:ttySTEDI${world.people[truth.person]?.station}`;
  const clientId = `phone-${truth.person.toString().padStart(6, '0')}`;
  return phoneTopic(clientId, 'accelerometer');
}

function parseTrace(line: string, source: string): HeardBytes | undefined {
  const at = line.indexOf(' ');
  if (!line.startsWith(`${source} `, at + 1)) return undefined;
  const bytes = JSON.parse(line.slice(at + source.length + 2)) as string;
  return { atMs: Number(line.slice(0, at)), bytes };
}

function requireSame({ folder, result }: FoundRun, before: Truth, again: Truth | undefined): void {
  const isSame =
    again?.kind === before.kind &&
    again.person === before.person &&
    again.atMs === before.atMs &&
    again.fate === before.fate;
  if (isSame) return;
  const message = `Reading ${before.id} of ${folder} cannot be made again: the run is of another version of stedi, or its files were changed. Run it again: ${result.repro}`;
  throw new ScenarioError('RUN_STALE', message);
}
