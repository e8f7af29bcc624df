/** Recorded devices in scenarios: their files are read, checked against the scenario, and become a part of the plan. */
import { dirname, resolve } from 'node:path';
import { readRecordingFile, SimulatorError } from '../simulator/index.ts';
import type { RecordedDevice } from '../simulator/index.ts';
import { ScenarioError } from './scenario-error.ts';
import type { Scenario, ScenarioRecording } from './schema/index.ts';

/** A host needs this long to start a device, and a bridge to take the last line of it, in ms. */
const MARGIN_MS = 10_000;
const DEFAULT_BAUD = 57_600;

/** A recorded device in a plan. The plan holds the recording itself: it is replayed without the file. */
export interface PlannedRecording extends RecordedDevice {
  readonly file: string;
}

/**
 * Reads the recordings that a scenario names; their paths are relative to its `file`.
 *
 * @throws ScenarioError SCENARIO_INVALID
 */
export async function readRecordings(scenario: Scenario, file: string): Promise<Scenario> {
  const { recorded } = scenario.devices;
  if (recorded === undefined) return scenario;
  const read: ScenarioRecording[] = [];
  for (const [index, entry] of recorded.entries()) {
    const recording = await readOne(resolve(dirname(file), entry.file), (problem, cause) =>
      complain(`${file}: devices.recorded[${index}].file: ${problem}`, cause),
    );
    const problem = findProblem({ ...entry, recording }, scenario);
    if (problem !== undefined) throw complain(`${file}: devices.recorded[${index}]: ${problem}`);
    read.push({ ...entry, recording });
  }
  return { ...scenario, devices: { ...scenario.devices, recorded: read } };
}

/** The recorded devices of a scenario, in a plan whose world starts at `startMs`. */
export function planRecordings(scenario: Scenario, startMs: number): readonly PlannedRecording[] {
  return (scenario.devices.recorded ?? []).map(({ file, at, recording }) => {
    if (recording === undefined) throw complain(`The recording ${file} was not read.`);
    return { file, atMs: startMs + at, recording };
  });
}

type Recording = RecordedDevice['recording'];

async function readOne(
  path: string,
  complaint: (problem: string, cause: unknown) => ScenarioError,
): Promise<Recording> {
  try {
    return await readRecordingFile(path);
  } catch (cause) {
    if (cause instanceof SimulatorError) throw complaint(cause.message, cause);
    throw cause;
  }
}

function findProblem(
  { at, recording }: ScenarioRecording & { recording: Recording },
  { run, devices }: Scenario,
): string | undefined {
  const neededMs = at + recording.durationMs + MARGIN_MS;
  if (neededMs > run.duration) {
    return `the recording is over after ${Math.ceil(neededMs / 1000)}s; make the run at least as long`;
  }
  const { baud = DEFAULT_BAUD } = devices.trainer?.link ?? {};
  return recording.header.baud > baud
    ? `the device was recorded at ${recording.header.baud} Bd; set devices.trainer.link.baud to that`
    : undefined;
}

function complain(message: string, cause?: unknown): ScenarioError {
  return new ScenarioError('SCENARIO_INVALID', message, { cause });
}
