import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  formatRecordedScenario,
  loadScenario,
  makePlan,
  parseScenario,
  writeRecordedScenario,
} from '../../../scenarios/index.ts';
import { createRecording, readRecordingFile } from '../../../simulator/live/recording-file.ts';
import { streamed } from '../../simulator/core/recorded-device.ts';

const RECORDING = streamed(50);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-recorded-'));
  const file = createRecording(join(folder, 'board.stlrec'), RECORDING.header);
  for (const line of RECORDING.lines) file.write(line);
  file.finish(RECORDING.durationMs);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the scenario of a recording', () => {
  it('is one that can be loaded, and holds the recording in its plan', async () => {
    const path = join(folder, 'board.yaml');
    expect(await writeRecordedScenario(path, join(folder, 'board.stlrec'))).toBe(path);
    const plan = makePlan(await loadScenario(path), { seed: 3 });
    expect(plan.recorded).toEqual([
      {
        file: 'board.stlrec',
        atMs: Date.parse('2022-06-18T15:00:30Z'),
        recording: await readRecordingFile(join(folder, 'board.stlrec')),
      },
    ]);
    const { model, serial } = RECORDING.header;
    expect(plan.name).toBe(
      `The recorded ${model} with the serial number ${serial} sends again what it sent`,
    );
  });

  it('does not replace what is there', async () => {
    writeFileSync(join(folder, 'mine.yaml'), 'mine');
    await expect(
      writeRecordedScenario(join(folder, 'mine.yaml'), join(folder, 'board.stlrec')),
    ).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });

  it('lasts as long as the recording needs, at its baud rate', () => {
    const header = { baud: 115_200, serial: undefined, model: undefined, firmware: undefined };
    const long = { ...RECORDING, header, durationMs: 1_000_500 };
    const scenario = parseScenario(formatRecordedScenario(long, 'a "b".stlrec'), 'x.yaml');
    expect(scenario.run.duration).toBe(1_061_000);
    expect(scenario.devices.trainer?.link?.baud).toBe(115_200);
    expect(scenario.devices.recorded).toEqual([{ file: 'a "b".stlrec', at: 30_000 }]);
  });
});
