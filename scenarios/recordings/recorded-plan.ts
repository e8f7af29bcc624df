/** Recorded devices in scenarios: their files are read, checked against the scenario, and become a part of the plan. */
import { dirname, resolve } from 'node:path';
import { readRecordingFile, SimulatorError } from '../../simulator/index.ts';
import type { RecordedDevice } from '../../simulator/index.ts';
import type { Complaint } from '../reading/complaints.ts';
import { ScenarioError } from '../scenario-error.ts';
import type { Scenario, ScenarioRecording } from '../schema/index.ts';

/** A host needs this long to start a device, and a bridge to take the last line of it, in ms. */
const MARGIN_MS = 10_000;
const DEFAULT_BAUD = 57_600;

/** A recorded device in a plan. The plan holds the recording itself: it is replayed without the file. */
export interface PlannedRecording extends RecordedDevice {
  readonly file: string;
}

/** A scenario with its recordings, and what is wrong with them. */
export interface WithRecordings {
  readonly scenario: Scenario;
  readonly complaints: readonly Complaint[];
}

/** Reads the recordings that a scenario names; their paths are relative to its `file`. */
export async function readRecordings(scenario: Scenario, file: string): Promise<WithRecordings> {
  const { recorded } = scenario.devices;
  if (recorded === undefined) return { scenario, complaints: [] };
  const read: ScenarioRecording[] = [];
  const complaints: Complaint[] = [];
  for (const [index, entry] of recorded.entries()) {
    const path = ['devices', 'recorded', index];
    const recording = await readOne(resolve(dirname(file), entry.file));
    if (recording instanceof SimulatorError) {
      complaints.push({ path: [...path, 'file'], message: recording.message });
      continue;
    }
    const message = findProblem({ ...entry, recording }, scenario);
    if (message !== undefined) complaints.push({ path, message });
    read.push({ ...entry, recording });
  }
  return {
    scenario: { ...scenario, devices: { ...scenario.devices, recorded: read } },
    complaints,
  };
}

/** The recorded devices of a scenario, in a plan whose world starts at `startMs`. */
export function planRecordings(scenario: Scenario, startMs: number): readonly PlannedRecording[] {
  return (scenario.devices.recorded ?? []).map(({ file, at, recording }) => {
    if (recording === undefined) {
      throw new ScenarioError('SCENARIO_INVALID', `The recording ${file} was not read.`);
    }
    return { file, atMs: startMs + at, recording };
  });
}

type Recording = RecordedDevice['recording'];

/** A recording, or why it cannot be read. */
async function readOne(path: string): Promise<Recording | SimulatorError> {
  try {
    return await readRecordingFile(path);
  } catch (cause) {
    if (cause instanceof SimulatorError) return cause;
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
