import { writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { readRecordingFile } from '../../simulator/index.ts';
import type { Recording } from '../../simulator/index.ts';
import { ScenarioError } from '../scenario-error.ts';

/** When the recorded device is plugged in. */
const AT_SECONDS = 30;
/** A run has room for four people, and after the recording for whatever is late. */
const RUN_SECONDS_MIN = 300;
const TAIL_SECONDS = 30;
const DEFAULT_BAUD = 57_600;

/**
 * Writes a scenario in which the device of a recording takes part, and gives back its path. The scenario names the
 * recording by its path from there.
 *
 * @throws ScenarioError OUTPUT_UNWRITABLE; SimulatorError RECORDING_NOT_FOUND, RECORDING_INVALID
 */
export async function writeRecordedScenario(path: string, recordingPath: string): Promise<string> {
  const recording = await readRecordingFile(recordingPath);
  const file = relative(dirname(resolve(path)), resolve(recordingPath))
    .split(sep)
    .join('/');
  try {
    await writeFile(path, formatRecordedScenario(recording, file), { flag: 'wx' });
  } catch (cause) {
    const message = `Cannot write the scenario ${path}. Choose a name that is not taken, in a folder that you may write to.`;
    throw new ScenarioError('OUTPUT_UNWRITABLE', message, { cause });
  }
  return path;
}

/** The text of a scenario in which the device of a recording takes part. `file` is the path from one to the other. */
export function formatRecordedScenario(recording: Recording, file: string): string {
  const { baud, serial, model } = recording.header;
  const seconds = Math.ceil(recording.durationMs / 1000);
  const name =
    serial === undefined
      ? 'The recorded device'
      : `The recorded ${model ?? 'device'} with the serial number ${serial}`;
  const runSeconds = Math.max(RUN_SECONDS_MIN, AT_SECONDS + seconds + TAIL_SECONDS);
  const link = baud > DEFAULT_BAUD ? `  trainer: { link: { baud: ${baud} } }\n` : '';
  return `version: 1
name: ${quote(`${name} sends again what it sent`)}
about: >
  A recorded device takes part beside the trainers of four people. Every reading that was intact when it was recorded
  must land, and everything that was damaged must be refused. Nobody of this world made these readings, so that none may
  be taken for anybody's.
tags: [recorded]
world:
  start: 2022-06-18T15:00:00Z
  customers: 4
  consent: { research: 100% }
devices:
${link}  recorded:
    - { file: ${quote(file)}, at: ${AT_SECONDS}s }
run: { duration: ${runSeconds}s }
expect:
  landing.unsent: 0
  landing.lost: 0
  landing.rejected: 0
  landing.unexpected: 0
  landing.clockError: { max: 5 }
  attribution.precision: { min: 1 }
  attribution.recall: { min: 1 }
  ml.pairing: 0
  zones.missing: 0
  zones.unexpected: 0
`;
}

/** A YAML text in double quotes; JSON is one. */
function quote(text: string): string {
  return JSON.stringify(text);
}
