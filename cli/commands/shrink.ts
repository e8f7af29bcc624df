import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { loadWritten, RUNS_MAX, shrinkScenario, tellEnd, tellSize } from '../../scenarios/index.ts';
import type { Shrunk } from '../../scenarios/index.ts';
import { readWhole } from '../amounts.ts';
import { choosePipeline } from '../choose-pipeline.ts';
import { EXIT } from '../exit-codes.ts';
import { toFolderName } from '../folder-name.ts';
import { interruptSignal } from '../interrupt.ts';
import { refuseFile } from '../out-folder.ts';
import { refuseRepeats } from '../repeats.ts';
import { refuseNoSeed } from '../seed-argument.ts';
import { openShrinkProgress } from '../shrink-progress.ts';
import { printJson, printNote, printResult } from '../terminal.ts';

/** More runs than anybody waits for. */
const RUNS_ALLOWED = 100_000;

interface ShrinkArguments {
  readonly scenario: string;
  readonly seed: number | undefined;
  readonly swarm: boolean;
  readonly oracle: string | undefined;
  readonly pipeline: string | undefined;
  readonly out: string | undefined;
  readonly runs: number | undefined;
  readonly json: boolean;
}

/** `stedi shrink`: makes a small scenario of one that fails. */
export const shrinkCommand: CommandModule<object, ShrinkArguments> = {
  command: 'shrink <scenario>',
  describe: 'Reduce a failing run to the smallest one that fails in the same way',
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        describe: 'Scenario file, or a name from "npx stedi list"',
        type: 'string',
        demandOption: true,
      })
      .options({
        seed: { describe: 'Seed at which it fails', type: 'number', requiresArg: true },
        swarm: {
          describe: 'The seed drew its own mix of faults',
          type: 'boolean',
          default: false,
        },
        oracle: {
          describe: 'Oracle that must go on failing; the first that fails if none is given',
          type: 'string',
          requiresArg: true,
        },
        pipeline: {
          describe: 'Pipeline under test: strict, classic, or a mutant such as mutant:M07',
          type: 'string',
          requiresArg: true,
        },
        out: {
          describe: 'Folder for the small scenario; below stedi-out if none is given',
          type: 'string',
          requiresArg: true,
          coerce: refuseFile,
        },
        runs: {
          describe: `After so many runs the search ends with the smallest so far; ${RUNS_MAX} if not given`,
          type: 'string',
          coerce: readWhole('--runs', 1, RUNS_ALLOWED),
          requiresArg: true,
        },
        json: { describe: 'Print one JSON document', type: 'boolean', default: false },
      })
      .check(refuseRepeats([])),
  handler: async (argv) => {
    const scenario = await loadWritten(argv.scenario);
    const seed = argv.seed ?? scenario.scenario.run.seeds?.first ?? 1;
    refuseNoSeed(seed);
    const out = argv.out ?? join('stedi-out', `shrunk-${toFolderName(argv.scenario)}-seed${seed}`);
    const pipeline = choosePipeline(argv.pipeline ?? scenario.scenario.pipeline);
    const progress = openShrinkProgress();
    const startMs = performance.now();
    try {
      const shrunk = await shrinkScenario({
        scenario,
        name: argv.scenario,
        seed,
        swarm: argv.swarm,
        pipeline,
        oracle: argv.oracle,
        out,
        runsMax: argv.runs,
        signal: interruptSignal(),
        onProgress: (at) => progress.tell(at),
      });
      progress.stop();
      show(shrunk, argv, { seed, seconds: (performance.now() - startMs) / 1_000 });
    } finally {
      progress.stop();
    }
  },
};

function show(
  shrunk: Shrunk,
  argv: ShrinkArguments,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): void {
  if (argv.json) {
    const { result, ...told } = shrunk;
    printJson({ name: argv.scenario, seed, ...told, repro: result.repro, timing: { seconds } });
  } else {
    printResult(describe(shrunk, seconds));
  }
  if (shrunk.end === 'smallest') return;
  if (shrunk.end === 'interrupted') process.exitCode = EXIT.INTERRUPTED;
  printNote(tellEnd(shrunk.end, shrunk.runs));
}

function describe(shrunk: Shrunk, seconds: number): string {
  const { before, after, runs, story, scenario, landing, result } = shrunk;
  const took = `${runs} ${runs === 1 ? 'run' : 'runs'} and ${seconds.toFixed(1)} s`;
  return [
    `From ${tellSize(before)} to ${tellSize(after)}, in ${took}.`,
    '',
    story,
    '',
    `Scenario: ${scenario}`,
    `Landing:  ${landing}`,
    `Replay:   ${result.repro}`,
  ].join('\n');
}
