import type { CommandModule } from 'yargs';
import {
  formatKillSheet,
  isStrictSound,
  loadCatalogue,
  loadNamed,
  makePlan,
  MUTANTS,
  splitBySize,
  toKillSheet,
  tryMutants,
} from '../../scenarios/index.ts';
import type { Mutant, MutantScenario } from '../../scenarios/index.ts';
import { readWhole } from '../amounts.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { refuseRepeats } from '../repeats.ts';
import { refuseNoSeed } from '../seed-argument.ts';
import { openSweepProgress } from '../sweep-progress.ts';
import { printJson, printNote, printResult, terminalStyle } from '../terminal.ts';

const WORKERS_MAX = 256;

interface MutantsArguments {
  readonly scenario: string[] | undefined;
  readonly mutant: string[] | undefined;
  readonly pipeline: 'strict' | 'classic' | undefined;
  readonly seed: number | undefined;
  readonly workers: number | undefined;
  readonly json: boolean;
}

/** `stedi mutants`: runs wrong pipelines, and shows which scenario and which oracle notices each. */
export const mutantsCommand: CommandModule<object, MutantsArguments> = {
  command: 'mutants',
  describe: 'Run pipelines that are wrong on purpose, and show what notices each of them',
  builder: (yargs) =>
    yargs
      .options({
        pipeline: {
          describe: 'Only mutants of this pipeline; both if not given',
          choices: ['strict', 'classic'] as const,
        },
        mutant: {
          describe: 'Only these mutants, such as M07',
          type: 'string',
          array: true,
          requiresArg: true,
        },
        scenario: {
          describe: 'Only these scenarios: names, files or folders; the catalogue if not given',
          type: 'string',
          array: true,
          requiresArg: true,
        },
        seed: { describe: 'Seed of the runs', type: 'number', requiresArg: true },
        workers: {
          describe: 'Processes that work at the same time; if not given, one per core',
          type: 'string',
          coerce: readWhole('--workers', 1, WORKERS_MAX),
          requiresArg: true,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats(['mutant', 'scenario'])),
  handler: async (argv) => {
    const mutants = chooseMutants(argv);
    const scenarios = await chooseScenarios(argv);
    const progress = openSweepProgress(scenarios.length);
    try {
      const found = await tryMutants(scenarios, mutants, {
        workers: argv.workers,
        signal: interruptSignal(),
        onEvent: (event) => {
          if (event.kind === 'started') progress.begin(event.job.file);
          else progress.update(event.job.file, event.stage, event.share);
        },
        onDone: (found) => {
          const verdict = isStrictSound(found) ? 'pass' : 'fail';
          progress.end(found.file, found.broken === undefined ? verdict : 'not run');
        },
      });
      const isChosen = argv.scenario !== undefined || argv.seed !== undefined;
      const sheet = toKillSheet(mutants, found, isChosen ? 'chosen' : 'catalogue');
      if (argv.json) printJson(sheet);
      else printResult(formatKillSheet(sheet, terminalStyle()));
      process.exitCode = sheet.verdict === 'pass' ? EXIT.PASS : EXIT.EXPECTATION_FAILED;
    } finally {
      progress.stop();
    }
  },
};

function chooseMutants({ pipeline, mutant }: MutantsArguments): Mutant[] {
  const wanted = mutant?.map((id) => id.toUpperCase());
  const unknown = wanted?.find((id) => !MUTANTS.some((known) => known.id === id));
  if (unknown !== undefined) {
    const last = MUTANTS.at(-1)?.id ?? '';
    throw new UsageError(`There is no mutant ${unknown}. They are called M01 to ${last}.`);
  }
  const chosen = MUTANTS.filter(
    ({ id, base }) =>
      (pipeline === undefined || base === pipeline) &&
      (wanted === undefined || wanted.includes(id)),
  );
  if (chosen.length === 0) {
    throw new UsageError(`None of these mutants is one of ${pipeline}. Leave --pipeline out.`);
  }
  return chosen;
}

async function chooseScenarios({ scenario, seed }: MutantsArguments): Promise<MutantScenario[]> {
  refuseNoSeed(seed);
  const named =
    scenario === undefined
      ? await loadCatalogue()
      : (await Promise.all(scenario.map(loadNamed))).flat();
  const planned = named.map((one) => ({
    file: one.file,
    plan: makePlan(one.scenario, { seed, mode: one.scenario.run.mode }),
  }));
  const simulated = planned.filter(({ plan }) => plan.mode === 'sim');
  if (simulated.length === 0) {
    throw new UsageError('Mutants are tried in simulated scenarios, and all of these are live.');
  }
  if (scenario !== undefined) return simulated;
  const { small, large } = splitBySize(simulated);
  if (large.length > 0) {
    const names = large.map(({ file }) => file).join(', ');
    printNote(`Left out because of their size: ${names}. Name them with --scenario to try them.`);
  }
  return [...small];
}
