/** All mutants in one scenario: the devices run once, what landed is loaded once, and every mutant's zones are judged. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../planning/plan.ts';
import { stageRun } from '../run/stage-run.ts';
import type { Mutant } from './mutant.ts';
import { Trial } from './trial.ts';
import type { BaseVerdict, MutantVerdict, ScenarioVerdicts } from './verdicts.ts';

/** What is tried. */
export interface MutantJob {
  readonly plan: Plan;
  /** What the scenario is called in results. */
  readonly file: string;
  readonly mutants: readonly Mutant[];
}

/** How far the work may go, and who is told. */
export interface MutantJobSurroundings {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((stage: string, share: number) => void) | undefined;
}

/**
 * Tries mutants, and the pipelines that they were made from, in one scenario. A mutant that cannot be run is told as
 * broken, and takes no other along.
 *
 * @throws PipelineError, SimulatorError, BridgeError
 */
export async function judgeMutants(
  { plan, file, mutants }: MutantJob,
  { signal, onProgress }: MutantJobSurroundings = {},
): Promise<ScenarioVerdicts> {
  const scratch = await mkdtemp(join(tmpdir(), 'stedi-mutants-'));
  try {
    const landing = join(scratch, 'landing');
    await mkdir(landing);
    const staged = await stageRun({
      plan,
      landing,
      signal,
      onProgress: (share) => onProgress?.('devices', share),
    });
    const trial = await Trial.open(plan, staged, { landing, scratch, signal });
    try {
      const bases: BaseVerdict[] = [];
      for (const pipeline of new Set(mutants.map(({ base }) => base))) {
        bases.push(await trial.judgeBase(pipeline));
      }
      const verdicts: MutantVerdict[] = [];
      for (const [index, mutant] of mutants.entries()) {
        signal?.throwIfAborted();
        onProgress?.('mutants', index / mutants.length);
        verdicts.push(await tryOne(trial, mutant, signal));
      }
      return { file, seed: plan.seed, bases, mutants: verdicts };
    } finally {
      trial.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function tryOne(
  trial: Trial,
  mutant: Mutant,
  signal: AbortSignal | undefined,
): Promise<MutantVerdict> {
  try {
    return await trial.judge(mutant);
  } catch (error) {
    signal?.throwIfAborted();
    const broken = error instanceof Error ? error.message : String(error);
    return { mutant: mutant.id, differs: [], failed: [], broken };
  }
}
