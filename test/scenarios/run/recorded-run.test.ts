import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  loadScenario,
  makePlan,
  runScenario,
  writeRecordedScenario,
} from '../../../scenarios/index.ts';
import type { Plan, ScenarioResult } from '../../../scenarios/index.ts';
import { garbleLine } from '../../../simulator/core/garble.ts';
import type { RecordedLine } from '../../../simulator/core/recording.ts';
import { createRecording } from '../../../simulator/live/recording-file.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { recordingOf, streamed } from '../../simulator/core/recorded-device.ts';

let folder: string;
let plan: Plan;

/** Half a minute of readings at 50 Hz, one line in ten of which was damaged. */
function damagedRecording(): readonly RecordedLine[] {
  const random = seededStreams(5)('damage');
  return streamed(1_500).lines.map((line) => {
    const isHit = line.bytes.startsWith('$R') && random.next() < 0.1;
    // Its line end stays, so that it takes no other line with it.
    if (!isHit) return line;
    const damaged = garbleLine(line.bytes.slice(0, -2), random).replaceAll('\n', 'x');
    return { ...line, bytes: `${damaged}\r\n` };
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-recorded-run-'));
  const { header, lines, durationMs } = recordingOf(damagedRecording());
  const file = createRecording(join(folder, 'board.stlrec'), header);
  for (const line of lines) file.write(line);
  file.finish(durationMs);
  await writeRecordedScenario(join(folder, 'board.yaml'), join(folder, 'board.stlrec'));
  plan = makePlan(await loadScenario(join(folder, 'board.yaml')), { seed: 2 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (changed: Partial<Plan>, out: string): Promise<ScenarioResult> =>
  runScenario({ plan: { ...plan, ...changed }, file: 'board', out: join(folder, out) });

const failures = ({ oracles }: ScenarioResult): string[] =>
  oracles.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);

describe('a run with a recorded device', () => {
  it('lands what was intact, refuses what was damaged, and takes none of it for anybody', async () => {
    const silent = { oracle: 'landing.silent', limit: { max: 0 } } as const;
    const result = await run({ expectations: [...plan.expectations, silent] }, 'out');
    expect(failures(result)).toEqual([]);
    expect(result.oracles.find(({ id }) => id === 'landing.silent')?.chances).toBeGreaterThan(100);
    expect(result.ledger.bins.rightlyFiltered).toBeGreaterThan(1_300);
    expect(result.ledger.bins.misattributed + result.ledger.bins.wronglyKept).toBe(0);
  });

  it('is the same again from its plan alone', async () => {
    const again = JSON.parse(JSON.stringify(plan)) as Plan;
    const [first, second] = [await run({}, 'first'), await run(again, 'second')];
    expect(second).toEqual(first);
  });

  it('fails when the bridge has not the time to take it', async () => {
    const short = { ...plan.world, durationMs: 200_000 };
    const recorded = plan.recorded?.map((each) => ({ ...each, atMs: short.startMs + 195_000 }));
    const result = await run({ world: short, ...(recorded && { recorded }) }, 'short');
    expect(failures(result)).toContain('landing.unsent');
  });
});
