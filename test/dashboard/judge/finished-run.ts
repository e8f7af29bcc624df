/** A run in `sim` that is over, to be shown to a judge as if it went on: landing objects and ledger, piece by piece. */
import { appendFile, copyFile, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeFolders } from '../../../pipeline/index.ts';
import { listFiles } from '../../../scenarios/evidence/ndjson-files.ts';
import { makePlan, parseScenario, runScenario } from '../../../scenarios/index.ts';
import type { Plan, ScenarioResult } from '../../../scenarios/index.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';
import type { World } from '../../../simulator/index.ts';

/** Six people, half of whom consent, with two serial numbers among them; one withdraws on the way. */
const SCENARIO = `version: 1
name: Six people share two serial numbers and one withdraws consent
world:
  start: 2022-06-18T15:00:00Z
  customers: 6
  consent: { research: 60%, withdrawDuringRun: 1 }
  serials: { pool: 2, assign: round-robin }
run: { duration: 4m }
pipeline: classic
expect:
  privacy.leaks: 0
  ml.pairing: 0
  landing.lost: 0
  counts.machine_learning_curated: 0
`;

const SEED = 4;

/** A run, as the scenario runner judges the classic pipeline on it. */
export interface FinishedRun {
  readonly folder: string;
  readonly plan: Plan;
  readonly world: World;
  readonly result: ScenarioResult;
}

/** Makes it below a folder. */
export async function finishedRun(folder: string): Promise<FinishedRun> {
  const plan = makePlan(parseScenario(SCENARIO, 'six.yaml'), { seed: SEED });
  const out = join(folder, 'run');
  const result = await runScenario({ plan, file: 'six.yaml', out });
  return { folder: out, plan, world: drawWorld(plan.world, seededStreams(SEED)), result };
}

/** Where a run is shown: a landing folder and a ledger that are empty at first. */
export class ShownRun {
  readonly landing: string;
  readonly ledger: string;
  readonly #run: FinishedRun;
  #ledgerUntilMs = -Infinity;

  constructor(run: FinishedRun, folder: string) {
    this.#run = run;
    this.landing = join(folder, 'shown');
    this.ledger = join(folder, 'shown.ndjson');
  }

  /** Shows the landing objects whose keys begin with `prefix`. */
  async land(prefix: string): Promise<void> {
    const from = join(this.#run.folder, 'landing');
    for (const path of await listFiles(from)) {
      const key = relative(from, path);
      if (!key.startsWith(prefix)) continue;
      makeFolders(dirname(join(this.landing, key)));
      await copyFile(path, join(this.landing, key));
    }
  }

  /** Shows the truth until a time, in epoch ms; all of it if none is given. */
  async tell(untilMs: number = Infinity): Promise<void> {
    const text = await readFile(join(this.#run.folder, 'ledger.ndjson'), 'utf8');
    const lines = text.split('\n').filter((line) => {
      const atMs = line === '' ? NaN : (JSON.parse(line) as { atMs: number }).atMs;
      return atMs > this.#ledgerUntilMs && atMs <= untilMs;
    });
    this.#ledgerUntilMs = untilMs;
    await appendFile(this.ledger, lines.map((line) => `${line}\n`).join(''));
  }
}
