import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bin } from '../../../scenarios/evidence/bins.ts';
import { explainReading } from '../../../scenarios/explain/explain-reading.ts';
import { formatLife } from '../../../scenarios/explain/format-life.ts';
import type { Life, LifeStage } from '../../../scenarios/explain/life.ts';
import type { Truth } from '../../../simulator/index.ts';
import { makeRun } from './explained-run.ts';
import type { ExplainedRun } from './explained-run.ts';

let made: ExplainedRun;
beforeAll(async () => {
  made = await makeRun('classic');
}, 60_000);
afterAll(() => made.remove());

function explainFirst(bin: Bin, kind: Truth['kind']): Promise<Life> {
  const entry = made.ledger.entries.find((reading) => reading.bin === bin && reading.kind === kind);
  return explainReading(made.run, String(entry?.id));
}

function textsOf({ stages }: Life, stage: LifeStage['stage']): string[] {
  return stages.filter((entry) => entry.stage === stage).map(({ text }) => text);
}

describe('a trainer reading', () => {
  test('that landed is followed from the step to its rows, with its bytes and its line', async () => {
    const life = await explainFirst('landed', 'distance');
    const order = life.stages.map(({ stage }) => stage);
    expect(new Set(order)).toEqual(
      new Set(['motion', 'device', 'wire', 'bridge', 'landing', 'zones']),
    );
    const sent = life.stages.find(({ stage, bytes }) => stage === 'device' && bytes);
    expect(sent?.bytes?.text).toMatch(/^\$R,[0-9A-F]{4},\d+,\d+,\d+,0\*[0-9A-F]{4}\\r\\n$/);
    expect(sent?.bytes?.hex).toMatch(/^24 52 2c .* 0d 0a$/);
    const landed = life.stages.find(({ stage }) => stage === 'landing');
    expect(landed?.place).toMatch(/^landing\/step_trainer_landing\/date=2022-06-18\/.+:\d+$/);
    expect(landed?.row).toHaveProperty('distanceFromObject');
    expect(textsOf(life, 'zones').join(' ')).toContain(
      'It has 1 row in step_trainer_trusted, as it should:',
    );
    expect(life).toMatchObject({
      bin: 'landed',
      end: expect.stringContaining('Landed right') as string,
    });
  });

  test('that was garbled ends in quarantine, with what the wire did to it', async () => {
    const life = await explainFirst('garbled', 'distance');
    const wire = textsOf(life, 'wire').join(' ');
    expect(wire).toContain('The line is hit by: garble.');
    expect(textsOf(life, 'bridge').join(' ')).toContain('cannot take this line for a reading');
    expect(textsOf(life, 'landing').join(' ')).toContain('into quarantine: garbled-line');
    expect(life.stages.find(({ stage }) => stage === 'landing')?.place).toMatch(
      /^landing\/quarantine\/step_trainer_landing\/.+:\d+$/,
    );
  });

  test('that is wrongly kept is told with the consent that it lacks', async () => {
    const life = await explainFirst('wronglyKept', 'distance');
    expect(life.end).toMatch(
      /Wrongly kept\. .*Person 0 shares data for research from .* ms before that\./,
    );
  });
});

describe('a phone sample', () => {
  test('is followed from its clock through its message to its row', async () => {
    const life = await explainFirst('landed', 'acceleration');
    expect(textsOf(life, 'device').join(' ')).toContain('its clock is right');
    const sent = life.stages.find(({ stage, bytes }) => stage === 'device' && bytes);
    expect(sent?.bytes?.text).toContain('"samples":[[');
    expect(textsOf(life, 'wire')).toEqual([
      expect.stringMatching(/^The message arrives at the bridge \d+ ms later, byte for byte\.$/),
    ]);
    expect(life.reading.sameStep.length).toBeGreaterThan(0);
  });

  test.each([
    [false, /"user":"\*+"/, 'e-mail of person '],
    [true, /"user":"[^"*]+@[^"*]+"/, '@'],
  ])('tells whose it is in bytes and rows if asked to: %s', async (personal, bytes, user) => {
    const entry = made.ledger.entries.find(
      ({ bin, kind }) => bin === 'landed' && kind === 'acceleration',
    );
    const life = await explainReading(made.run, String(entry?.id), { personal });
    const sent = life.stages.find(({ stage, bytes: shown }) => stage === 'device' && shown);
    expect(sent?.bytes?.text).toMatch(bytes);
    expect(sent?.bytes?.hex.includes('**')).toBe(!personal);
    const rows = life.stages.flatMap(({ row }) => (row === undefined ? [] : [row['user']]));
    expect(rows.length).toBeGreaterThan(1);
    for (const value of rows) expect(value).toContain(user);
    const email = made.ledger.world.people[life.reading.person]?.identity.email ?? '';
    const told = JSON.stringify(life) + formatLife(life, { width: 10_000, color: false });
    expect(told.toLowerCase().includes(email.toLowerCase())).toBe(personal);
  });

  test('of a message that was lost ends on the way', async () => {
    const life = await explainFirst('lost', 'acceleration');
    expect(textsOf(life, 'wire')).toEqual(['The message does not arrive: it is lost on the way.']);
    expect(textsOf(life, 'landing')).toEqual(['It is neither in landing nor in quarantine.']);
  });
});

test('the text has the stages in their order and no line wider than the terminal', async () => {
  const life = await explainFirst('garbled', 'distance');
  const text = formatLife(life, { width: 80, color: false });
  const headings = text.split('\n').filter((line) => /^[A-Z][a-z]+$/.test(line));
  expect(headings).toEqual(['Motion', 'Device', 'Wire', 'Bridge', 'Landing', 'Zones', 'End']);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test('a run whose reading is not the same again is told as stale', async () => {
  const { run } = made;
  const changed = { ...run, plan: { ...run.plan, seed: 2 } };
  await expect(explainReading(changed, '0')).rejects.toMatchObject({ code: 'RUN_STALE' });
});

test('the rerun is told once the reading is found, and not before', async () => {
  let told = 0;
  const onRetrace = (): void => void told++;
  await expect(explainReading(made.run, 'banana', { onRetrace })).rejects.toMatchObject({
    code: 'READING_NOT_FOUND',
  });
  expect(told).toBe(0);
});
