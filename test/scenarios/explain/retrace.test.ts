import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { retrace } from '../../../scenarios/explain/retrace.ts';
import type { Retrace } from '../../../scenarios/explain/retrace.ts';
import type { LedgerEntry } from '../../../scenarios/explain/run-ledger.ts';
import { makeRun } from './explained-run.ts';
import type { ExplainedRun } from './explained-run.ts';

let made: ExplainedRun;
let scratch: string;
const before = process.env['TMPDIR'];
beforeAll(async () => {
  made = await makeRun('strict');
  scratch = await mkdtemp(join(tmpdir(), 'stedi-retrace-'));
  process.env['TMPDIR'] = scratch;
}, 60_000);
afterAll(async () => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await rm(scratch, { recursive: true });
  await made.remove();
});

function readingOf(bin: LedgerEntry['bin'], kind: LedgerEntry['kind']): LedgerEntry {
  return made.ledger.entries.find(
    (entry) => entry.bin === bin && entry.kind === kind,
  ) as LedgerEntry;
}

function retraceOf(truth: LedgerEntry): Promise<Retrace> {
  return retrace(made.run, { truth, world: made.ledger.world });
}

describe('a reading of a trainer', () => {
  test('has its one line, and all that came over its own port, in order', async () => {
    const truth = readingOf('landed', 'distance');
    const { sent, source, heard, away } = await retraceOf(truth);
    expect(sent).toMatchObject([
      { readings: [truth.id], damages: [], meant: expect.stringMatching(/^\$R,/) },
    ]);
    expect(sent[0]?.passed).toBe(sent[0]?.meant);
    expect(source).toBe(`memory:ttySTEDI${made.ledger.world.people[truth.person]?.station}`);
    const times = heard.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    const text = heard.map(({ bytes }) => bytes).join('');
    expect(text).toContain(sent[0]?.meant);
    // One box says who it is on this port, and no other.
    expect(new Set(text.match(/=ID,[^\r]*/g)?.map((line) => line.split(',')[5])).size).toBe(1);
    expect(away).toEqual([]);
  });

  test('that was hit has what was meant beside what passed', async () => {
    const { sent, heard } = await retraceOf(readingOf('garbled', 'distance'));
    const [line] = sent;
    expect(line?.damages).toEqual(['garble']);
    expect(line?.passed).not.toBe(line?.meant);
    const text = heard.map(({ bytes }) => bytes).join('');
    expect(text).toContain(line?.passed.replace(/[\r\n]+$/, ''));
    expect(text).not.toContain(line?.meant);
  });
});

test('a sample has its message, on the topic of its phone', async () => {
  const truth = readingOf('landed', 'acceleration');
  const { sent, source, heard } = await retraceOf(truth);
  expect(sent).toHaveLength(1);
  expect(source).toContain(`phone-00000${truth.person}`);
  expect(heard.map(({ bytes }) => bytes)).toContain(sent[0]?.meant);
});

test('without a reading the run is made again, and no bytes are kept', async () => {
  const { sent, source, heard } = await retrace(made.run, { world: made.ledger.world });
  expect([sent, source, heard]).toEqual([[], undefined, []]);
});

test.each([
  ['another person', { person: 2 }],
  ['another time', { atMs: 0 }],
  ['another fate', { fate: 'lost' }],
  ['another kind', { kind: 'acceleration' }],
] as const)(
  'a reading that comes with %s this time is told as stale, with the command',
  async (_what, change) => {
    const entry = made.ledger.entries.find(
      ({ person, bin, kind }) => person === 0 && bin === 'landed' && kind === 'distance',
    );
    const truth = { ...entry, ...change } as LedgerEntry;
    await expect(retraceOf(truth)).rejects.toMatchObject({
      code: 'RUN_STALE',
      message: expect.stringContaining(made.run.result.repro) as string,
    });
  },
);

test('tells when there was no bridge', async () => {
  const { plan } = made.run;
  const kill = {
    kind: 'bridge-killed',
    atMs: plan.world.startMs + 60_000,
    untilMs: plan.world.startMs + 70_000,
  } as const;
  const run = { ...made.run, plan: { ...plan, faults: [kill] } };
  const { away } = await retrace(run, { world: made.ledger.world });
  expect(away).toEqual([kill]);
});

test('nothing of it stays on the disk, whether it comes to something or is stopped', async () => {
  const { run, ledger } = made;
  await retrace(run, { world: ledger.world });
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(retrace(run, { world: ledger.world, signal })).rejects.toThrow('enough');
  expect(await readdir(scratch)).toEqual([]);
});
