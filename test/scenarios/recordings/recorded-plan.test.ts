import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadScenario, makePlan, parseScenario } from '../../../scenarios/index.ts';
import { createRecording } from '../../../simulator/live/recording-file.ts';
import { streamed } from '../../simulator/core/recorded-device.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-recorded-'));
  const { header, lines } = streamed(5);
  const file = createRecording(join(folder, 'quick.stlrec'), { ...header, baud: 115_200 });
  for (const line of lines) file.write(line);
  file.finish(5_000);
  writeFileSync(join(folder, 'broken.stlrec'), '{}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function scenarioOf(recorded: string, more = ''): string {
  return `version: 1
name: A recorded device takes part
world: { start: 2022-06-18T15:00:00Z, customers: 2, consent: { research: 50% } }
devices:
${more}  recorded: [${recorded}]
run: { duration: 4m }
expect: { landing.lost: 0 }
`;
}

async function problemOf(text: string): Promise<string> {
  const path = join(folder, 'scenario.yaml');
  writeFileSync(path, text);
  const failure: unknown = await loadScenario(path).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'SCENARIO_INVALID' });
  return (failure as Error).message.replaceAll(folder, '');
}

describe('a scenario with a recorded device', () => {
  it.each([
    [
      '{ file: nowhere.stlrec, at: 1s }',
      '',
      /recorded\[0\]\.file: Cannot read the recording \/nowhere/,
    ],
    [
      '{ file: broken.stlrec, at: 1s }',
      '',
      /recorded\[0\]\.file: \/broken\.stlrec:1: it must hold/,
    ],
    ['{ file: quick.stlrec, at: 1s }', '', /recorded\[0\]: .* recorded at 115200 Bd; set devices/],
    [
      '{ file: quick.stlrec, at: 230s }',
      '  trainer: { link: { baud: 115200 } }\n',
      /recorded\[0\]: the recording is over after 245s/,
    ],
    ['{ file: quick.stlrec }', '', /scenario\.yaml:\d+:\d+: devices\.recorded\[0\]/],
    ['{ file: quick.stlrec, at: 1s, of: 7 }', '', /of/],
  ])('is refused with %s', async (recorded, more, expected) => {
    expect(await problemOf(scenarioOf(recorded, more))).toMatch(expected);
  });

  it('needs its recordings to become a plan', () => {
    const scenario = parseScenario(scenarioOf('{ file: quick.stlrec, at: 1s }'), 'x.yaml');
    expect(() => makePlan(scenario, {})).toThrow(
      expect.objectContaining({ code: 'SCENARIO_INVALID' }) as Error,
    );
  });
});
