import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../../bridge/index.ts';
import { tellFaults } from '../../../../cli/commands/quarantine/faults.ts';
import { formatCounts } from '../../../../cli/commands/quarantine/list.ts';
import { workAt } from '../../../../cli/commands/quarantine/place.ts';
import { formatReplay, hasFailed } from '../../../../cli/commands/quarantine/replay.ts';
import { readSelection } from '../../../../cli/commands/quarantine/select.ts';
import { describeEntry, formatEntry } from '../../../../cli/commands/quarantine/show.ts';

const KEY = 'accelerometer_landing/date=2022-06-18/b-0f3a-0000000001.json.gz';
const TABLE = 'accelerometer_landing' as const;
const ENTRY: Entry = {
  object: { key: `quarantine/${KEY}`, table: TABLE, day: '2022-06-18', name: 'b' },
  line: 7,
  id: `${KEY}#7`,
  reason: 'not-utf8',
  rule: undefined,
  source: 'mqtt',
  position: undefined,
  arrivedAt: 1_655_553_600_000,
  original: Buffer.from([0xff, 0x1b]),
  originalBytes: 70_000,
  originalTopic: 'a\u001b[2Jb',
};

describe('list', () => {
  it('shows counts, what has landed again, and some ids', () => {
    const group = { table: TABLE, day: '2022-06-18', reason: 'not-json' };
    const groups = [{ ...group, entries: 1200, replayed: 2, ids: [`${KEY}#1`] }];
    expect(formatCounts({ groups, faults: [] })).toBe(
      `    1,200  2022-06-18  accelerometer_landing  not-json, 2 landed again
           ${KEY}#1
           and 1,197 more`,
    );
    expect(formatCounts({ groups: [], faults: [] })).toBe('Nothing is in quarantine.');
  });
});

describe('show', () => {
  it('shows everything, and nothing of it reaches the terminal as a command', () => {
    const text = formatEntry(ENTRY);
    expect(text).toContain('original      /xs=');
    expect(text).toContain('originalTopic a [2Jb');
    expect(text).toContain('originalBytes 70000');
    expect(text).toContain('arrivedAt     2022-06-18T12:00:00.000Z');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('undefined');
  });

  it('tells where and when it landed after all', () => {
    const replay = {
      object: `${TABLE}/x-replay-0001.json.gz`,
      rows: 2,
      landedMs: 1_655_553_600_001,
    };
    const text = formatEntry(ENTRY, replay);
    expect(text).toContain(`landedIn      ${TABLE}/x-replay-0001.json.gz`);
    expect(text).toContain('landedRows    2');
    expect(text).toContain('landedAt      2022-06-18T12:00:00.001Z');
    expect(describeEntry(ENTRY, replay)).toMatchObject({ landedAt: 1_655_553_600_001 });
    const unfinished = formatEntry(ENTRY, { ...replay, landedMs: undefined });
    expect(unfinished).toContain('landedAt      not yet: the replay was broken off');
    expect(formatEntry(ENTRY)).not.toContain('landed');
  });

  it('gives originals as text where they are', () => {
    const original = Buffer.from('{"ż":');
    expect(describeEntry({ ...ENTRY, original, originalBytes: undefined })).toMatchObject({
      encoding: 'utf8',
      original: '{"ż":',
      originalBytes: 6,
      arrivedAt: 1_655_553_600_000,
    });
  });
});

describe('replay', () => {
  it('tells what landed, and why the rest cannot', () => {
    const refused = Array.from({ length: 12 }, (_, line) => ({
      id: `${KEY}#${line}`,
      reason: line === 0 ? 'needs-device-clock' : 'not-json',
    }));
    const text = formatReplay({
      entries: 1,
      rows: 50,
      already: 3,
      finished: 1,
      refused,
      faults: [],
    });
    expect(text.split('\n').slice(0, 5)).toEqual([
      'Landed 50 rows of 1 entry.',
      '3 entries had landed before.',
      '1 object of a replay that had been broken off landed too.',
      '12 entries did not land:',
      `  ${KEY}#0  needs-device-clock: the time of a framed reading came from the fit of the device clock then`,
    ]);
    expect(text.split('\n').at(-1)).toBe('  and 2 more; --json names all');
  });
});

it.each([
  ['mended', 'not-json', true],
  ['mended', 'no-such-entry', true],
  ['mended', 'not-selected', false],
  ['another', 'not-json', false],
])('%s that did not land as %s: failed is %s', (id, reason, isFailure) => {
  const corrections = new Map([['mended', new Uint8Array()]]);
  expect(hasFailed({ refused: [{ id, reason }] }, corrections)).toBe(isFailure);
});

it('tells what is no object of a bridge, but not for ever', () => {
  const fault = { key: 'quarantine/a\u001bb', fault: 'foreign-object' } as const;
  const lines = tellFaults([
    { ...fault, fault: 'not-an-entry', line: 4 },
    ...Array(20).fill(fault),
  ]);
  expect(lines[0]).toBe('quarantine/a b, line 4 is no entry of a quarantine.');
  expect(lines[1]).toBe('quarantine/a b is no object of a bridge.');
  expect(lines).toHaveLength(11);
  expect(lines[10]).toBe('There are 11 more of these.');
});

describe('what is meant', () => {
  it('is all, or what is named', () => {
    expect(readSelection({ table: undefined, reason: 'not-json' })).toEqual({ reason: 'not-json' });
    expect(readSelection({ table: TABLE, reason: undefined }, [`quarantine/${KEY}#7`])).toEqual({
      table: TABLE,
      ids: new Set([`${KEY}#7`]),
    });
    expect(() => readSelection({ table: undefined, reason: undefined }, ['x'])).toThrow(/no entry/);
    expect(() => readSelection({ table: undefined, reason: 'not-jsno' })).toThrow(
      '--reason takes one of a fixed list, and "not-jsno" is not in it: did you mean "not-json"?',
    );
    expect(() => readSelection({ table: 'acelerometer_landing', reason: undefined })).toThrow(
      'did you mean "accelerometer_landing"?',
    );
    expect(() => readSelection({ table: 'steps', reason: undefined })).toThrow(
      'it has accelerometer_landing, step_trainer_landing.',
    );
  });

  it('lies in one place', async () => {
    const none = { bucket: undefined, s3: undefined, out: undefined };
    const work = (): Promise<string> => Promise.resolve('done');
    await expect(workAt(none, work)).rejects.toThrow(/--bucket NAME or --out/);
    await expect(workAt({ ...none, bucket: 'b', out: 'o' }, work)).rejects.toThrow(/--bucket NAME/);
    const withUse = { ...none, out: 'o', s3: 'http://host' };
    await expect(workAt(withUse, work)).rejects.toThrow(/--s3 is for --bucket/);
    await expect(workAt({ ...none, bucket: 's3://b/x' }, work)).rejects.toThrow(/--bucket takes/);
    await expect(workAt({ ...none, out: 'o' }, work)).rejects.toThrow('There is no folder o.');
    await expect(workAt({ ...none, out: 'test' }, work)).resolves.toBe('done');
  });
});
