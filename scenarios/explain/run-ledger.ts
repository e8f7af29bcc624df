/** The truth ledger as a run left it, with the world that it is of. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { drawWorld, seededStreams } from '../../simulator/index.ts';
import type { Truth, World } from '../../simulator/index.ts';
import type { Bin } from '../evidence/bins.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { FoundRun } from './find-run.ts';

/** A reading with its bin. */
export type LedgerEntry = Truth & { readonly bin: Bin };

/** What a run left of the truth. */
export interface RunLedger {
  readonly world: World;
  /** By truth id. */
  readonly entries: readonly LedgerEntry[];
}

/**
 * Reads the ledger of a run.
 *
 * @throws ScenarioError RUN_NOT_FOUND when the run has no ledger, or one that is not whole
 */
export async function readRunLedger({ folder, plan, result }: FoundRun): Promise<RunLedger> {
  const path = join(folder, 'ledger.ndjson');
  const entries = await readEntries(path).catch((cause: unknown) => {
    const message = `${path} cannot be read. Make the run again: its result names the command.`;
    throw new ScenarioError('RUN_NOT_FOUND', message, { cause });
  });
  const odd = entries.findIndex(({ id }, index) => id !== index);
  if (odd >= 0 || entries.length !== result.ledger.emitted) {
    const lines = `${entries.length} of ${result.ledger.emitted} readings are there`;
    const what = odd < 0 ? lines : `line ${odd + 1} is not of reading ${odd}`;
    const message = `${path} is not as the run left it: ${what}. Make the run again: ${result.repro}`;
    throw new ScenarioError('RUN_NOT_FOUND', message);
  }
  return { world: drawWorld(plan.world, seededStreams(plan.seed)), entries };
}

async function readEntries(path: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) entries.push(JSON.parse(line) as LedgerEntry);
  return entries;
}
