import type { Argv, CommandModule } from 'yargs';
import { parsePlace, runPipeline, ZONE_TABLES } from '../../pipeline/index.ts';
import type { PipelineResult } from '../../pipeline/index.ts';
import { interruptSignal } from '../interrupt.ts';
import { checkS3Url } from '../s3-url.ts';
import { refuseRepeats } from '../repeats.ts';
import { openProgress, printJson, printResult } from '../terminal.ts';

interface PipelineArguments {
  readonly landing: string;
  readonly out: string;
  readonly policy: 'strict' | 'classic';
  readonly s3: string | undefined;
  readonly json: boolean;
}

const pipelineRunCommand: CommandModule<object, PipelineArguments> = {
  command: 'run',
  describe: 'Make the zones from any landing data, and audit what is in it',
  builder: (yargs) => describeArguments(yargs),
  handler: async ({ landing, out, policy, s3, json }) => {
    const progress = openProgress(1);
    progress.begin(`zones of ${landing}`);
    let result: PipelineResult;
    try {
      result = await runPipeline({
        landing: parsePlace(landing, s3),
        out: parsePlace(out, s3),
        policy,
        signal: interruptSignal(),
        onProgress: ({ step, done, total }) => progress.update(step, done / total),
      });
      progress.end('done');
    } finally {
      progress.stop();
    }
    if (json) printJson(result);
    else printResult(formatResult(result, out));
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

function describeArguments(yargs: Argv): Argv<PipelineArguments> {
  return yargs
    .options({
      landing: {
        describe: 'Folder of the landing zone, or s3://bucket/prefix',
        type: 'string',
        demandOption: true,
        requiresArg: true,
      },
      out: {
        describe: 'Folder for the zones, or s3://bucket/prefix',
        type: 'string',
        demandOption: true,
        requiresArg: true,
      },
      policy: {
        describe: 'strict: the right answer; classic: what the published projects do',
        choices: ['strict', 'classic'] as const,
        default: 'strict' as const,
      },
      s3: {
        describe: 'S3 endpoint for s3:// places, such as http://host:9000',
        type: 'string',
        coerce: checkS3Url,
        requiresArg: true,
      },
      json: { describe: 'Print one JSON document', type: 'boolean', default: false },
    })
    .check(refuseRepeats([]));
}

function formatResult(result: PipelineResult, out: string): string {
  const { policy, tables, attribution, audit, quarantine } = result;
  const lines = [`Zones by the ${policy} policy in ${out}`, ''];
  for (const table of [
    'customer_landing',
    'accelerometer_landing',
    'step_trainer_landing',
    ...ZONE_TABLES,
  ] as const) {
    lines.push(`  ${table.padEnd(26)}${tables[table].rows.toLocaleString('en-US').padStart(14)}`);
  }
  lines.push('', `Quarantine: ${quarantine.lines.toLocaleString('en-US')} lines`);
  if (attribution.sessions > 0) {
    const { sessions, attributed, ambiguous, unattributed } = attribution;
    lines.push(
      `Sessions of trainers: ${sessions}, of which ${attributed} attributed, ${ambiguous} ambiguous, ${unattributed} unattributed`,
    );
  }
  const findings = audit.filter(({ rows }) => rows > 0);
  lines.push('', findings.length === 0 ? 'The audit found nothing.' : 'The audit found:');
  for (const { title, why, fix } of findings) lines.push(`  ${title}`, `    ${why}`, `    ${fix}`);
  return lines.join('\n');
}
