import type { CommandModule } from 'yargs';
import { parsePlace, runPipeline } from '../../pipeline/index.ts';
import type { PipelineProgress, PipelineResult } from '../../pipeline/index.ts';
import { interruptSignal } from '../interrupt.ts';
import { refuseFile } from '../out-folder.ts';
import { openProgress, printJson, printNote, printResult, terminalStyle } from '../terminal.ts';
import { describePipelineArguments } from './pipeline-arguments.ts';
import type { PipelineArguments } from './pipeline-arguments.ts';
import { outcomeOf } from './pipeline-outcome.ts';
import { describeStep, ProgressLines } from './pipeline-progress.ts';
import { prepareReport, writePage } from './pipeline-report-file.ts';
import { formatPipelineRun, renderPipelineReport } from './pipeline-report.ts';

/** A log gets a line about a run under way this often, in ms. */
const LOG_EVERY_MS = 60_000;

const pipelineRunCommand: CommandModule<object, PipelineArguments> = {
  command: 'run',
  describe: 'Make the zones from any landing data, and audit what is in it',
  builder: (yargs) => describePipelineArguments(yargs),
  handler: async (options) => {
    const { landing, out, report, json, s3 } = options;
    const place = parsePlace(out, s3);
    if (place.kind === 'folder') refuseFile(place.path);
    if (report !== undefined) {
      await prepareReport(report, [parsePlace(landing, s3), place]);
    }
    const { result, refusal } = await outcomeOf(runShown(options));
    const run = { result, landing, out, isPublished: refusal === undefined };
    if (report !== undefined) await writePage(report, renderPipelineReport(run));
    if (json) {
      const { cost, ...found } = result;
      printJson({ ...found, published: run.isPublished, ...cost });
    } else {
      printResult(formatPipelineRun(run, terminalStyle()));
      printResult(`\n${describeCost(result)}`);
      if (report !== undefined) printResult(`Report: ${report}`);
    }
    if (refusal !== undefined) throw refusal;
  },
};

/** `stedi pipeline`: the zones on their own. */
export const pipelineCommand: CommandModule = {
  command: 'pipeline',
  describe: 'Make the zones from landing data',
  builder: (yargs) =>
    yargs.command(pipelineRunCommand).demandCommand(1, 'Say what to do: npx stedi pipeline run'),
  handler: () => undefined,
};

async function runShown(options: PipelineArguments): Promise<PipelineResult> {
  const { landing, out, policy, consent, memory, threads, scratch, s3 } = options;
  const progress = openProgress(1);
  const lines = new ProgressLines(LOG_EVERY_MS, performance.now());
  const show = (now: PipelineProgress): void => {
    progress.update(describeStep(now), now.share);
    if (process.stderr.isTTY) return;
    const line = lines.at(now, performance.now());
    if (line !== undefined) printNote(line);
  };
  const notices: string[] = [];
  progress.begin(`zones of ${landing}`);
  try {
    const result = await runPipeline({
      landing: parsePlace(landing, s3),
      out: parsePlace(out, s3),
      policy,
      consent,
      memoryBytes: memory,
      threads,
      scratch,
      signal: interruptSignal(),
      onProgress: show,
      onNotice: (notice) => notices.push(notice),
    });
    progress.end('done');
    return result;
  } finally {
    progress.stop();
    // Beside a moving line it could not be read.
    for (const notice of notices) printNote(`Note: ${notice}`);
  }
}

function describeCost({ cost: { seconds, cpuSeconds, peakMemoryBytes } }: PipelineResult): string {
  const memory = Math.round(peakMemoryBytes / 1e6).toLocaleString('en-US');
  return `Took ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, and ${memory} MB of memory at most.`;
}
