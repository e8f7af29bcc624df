import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { formatCoverage, formatSummary, tellStopped, withLikeness } from '../../scenarios/index.ts';
import type { RunDocument, ScenarioResult } from '../../scenarios/index.ts';
import { withoutControls } from '../../presentation/index.ts';
import { UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { findOlderReports, refuseForeignReports, writeReports } from '../report-file.ts';
import { RunClock } from '../run-clock.ts';
import { planJobs } from '../run-jobs.ts';
import { folderName, runPlanned } from '../run-planned.ts';
import { printJson, printNote, printResult, terminalStyle } from '../terminal.ts';
import { describeRunArguments } from './run-arguments.ts';
import type { RunArguments } from './run-arguments.ts';
import { exitOfRun } from './run-outcome.ts';

/** So many runs that could not be done are told one by one. */
const NOT_RUN_MAX = 20;

/** `stedi run`: runs scenarios and judges them. */
export const runCommand: CommandModule<object, RunArguments> = {
  command: 'run [files..]',
  describe: 'Run scenarios and hold the zones against the truth, record by record',
  builder: (yargs) => describeRunArguments(yargs),
  handler: async (argv) => {
    const jobs = await planJobs(argv);
    if (argv.out === '') throw new UsageError('--out takes the name of a folder.');
    await refuseForeignReports(argv.out, argv.report);
    const clock = new RunClock();
    const done = await runPlanned(jobs, { argv, clock, signal: interruptSignal() });
    const document = withLikeness(done);
    const folderOf = (result: ScenarioResult): string => join(argv.out, folderName(result));
    const reports = await writeReports(document, clock, { folder: argv.out, kinds: argv.report });
    if (argv.json) printJson(document);
    else printResult(formatSummary(document, { ...terminalStyle(), folderOf }));
    if (argv.coverage && !argv.json)
      printResult(`\n${formatCoverage(document.coverage, terminalStyle())}`);
    tellNotes(document, argv.json);
    for (const report of reports) printNote(`Report: ${report}`);
    const older = await findOlderReports(argv.out, argv.report);
    if (older.length > 0) printNote(`Of an earlier call, not of this one: ${older.join(', ')}`);
    if (argv['check-determinism']) tellDeterminism(document);
    process.exitCode = exitOfRun(document);
  },
};

/** What a result does not say, or not where it is one document. */
function tellNotes(document: RunDocument, json: boolean): void {
  const { notRun = [], sweep } = document;
  if (json && sweep?.stopped === true) printNote(tellStopped(sweep));
  for (const { file, seed, reason } of notRun.slice(0, NOT_RUN_MAX)) {
    printNote(`Not run: ${withoutControls(file)}, seed ${seed}. ${reason}`);
  }
  if (notRun.length > NOT_RUN_MAX) {
    printNote(`And ${notRun.length - NOT_RUN_MAX} more; --json has them.`);
  }
  for (const { mutant, title, likeness } of document.behavesLike ?? []) {
    printNote(`Behaves like ${mutant} (${Math.round(likeness * 100)} %): ${title}`);
  }
}

function tellDeterminism({ sweep }: RunDocument): void {
  const runs = sweep?.stopped === true ? 'Every run that was done' : 'Every run';
  printNote(`${runs} was repeated by other processes, and nothing differed.`);
}
