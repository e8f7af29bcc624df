import type { Argv, CommandModule } from 'yargs';
import { prepareArtifacts, REPORT_KINDS } from '../../../device-bench/index.ts';
import type { ReportKind } from '../../../device-bench/index.ts';
import { LEVELS } from '../../../firmware-protocol/index.ts';
import type { Level } from '../../../firmware-protocol/index.ts';
import { UsageError } from '../../exit-codes.ts';
import { interruptSignal } from '../../interrupt.ts';
import { refuseRepeats } from '../../repeats.ts';
import { readReportKinds } from '../../report-kinds.ts';
import { openBody } from './body.ts';
import { withPort } from './choose-port.ts';
import type { PortArguments } from './choose-port.ts';
import { runCheck } from './run-check.ts';

interface CheckArguments extends PortArguments {
  readonly level: Level | undefined;
  readonly report: ReportKind[];
  readonly out: string;
  readonly json: boolean;
}

/** The highest level there is. */
const LEVEL_MAX: Level = 'L3';

/** `stedi device check`: runs the conformance kit on a device. */
export const deviceCheckCommand: CommandModule<object, CheckArguments> = {
  command: 'check [port]',
  describe: 'Test whether a device keeps the serial protocol, rule by rule',
  builder: (yargs) => describeArguments(yargs),
  handler: async (argv) => {
    const { level, report: kinds, out, json } = argv;
    if (out === '') throw new UsageError('--out takes the name of a folder.');
    await prepareArtifacts(out, kinds);
    const signal = interruptSignal();
    const asked = { level: level ?? LEVEL_MAX, isLevelDemanded: level !== undefined };
    const body = await openBody(argv, asked);
    process.exitCode = await runCheck(body, { kinds, folder: out, json, signal });
  },
};

function describeArguments(yargs: Argv): Argv<CheckArguments> {
  return withPort(yargs)
    .options({
      level: {
        describe:
          'Level that the device has to reach, and the highest to test; without it, what the device claims is tested',
        choices: LEVELS,
        // The choices are checked behind it.
        coerce: (level: string | undefined) => level?.toUpperCase() as Level | undefined,
        requiresArg: true,
      },
      report: {
        describe: `Reports to write beside the byte log: ${REPORT_KINDS.join(', ')}`,
        type: 'string',
        default: [] as ReportKind[],
        defaultDescription: 'none',
        coerce: readReportKinds(REPORT_KINDS),
        requiresArg: true,
      },
      out: {
        describe: 'Folder for the byte log and the reports',
        type: 'string',
        default: 'stedi-out/device-check',
        requiresArg: true,
      },
      json: { describe: 'Print one JSON document', type: 'boolean', default: false },
    })
    .check(refuseRepeats(['report']));
}
