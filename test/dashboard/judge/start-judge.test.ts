import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startJudge } from '../../../dashboard/judge/index.ts';
import type { Judge, Judged, JudgeFailure } from '../../../dashboard/judge/index.ts';
import { makePlan, parseScenario } from '../../../scenarios/index.ts';
import { drawWorld, seededStreams } from '../../../simulator/index.ts';

/** Processes start slowly on a busy machine. */
const PROCESS_MS = 60_000;

const PLAN = makePlan(
  parseScenario(
    `version: 1
name: One person walks before a judge who has seen nothing
world: { start: 2022-06-18T15:00:00Z, customers: 1, consent: { research: 100% } }
run: { duration: 4m }
expect: { landing.lost: 0 }
`,
    'one.yaml',
  ),
  { seed: 1 },
);
const WORLD = drawWorld(PLAN.world, seededStreams(1));

let folder = '';
let judge: Judge | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-judge-'));
});

afterEach(async () => {
  await judge?.close();
  await rm(folder, { recursive: true });
});

function start(parts: {
  readonly ledger?: string;
  readonly onVerdict?: (judged: Judged) => void;
  readonly onTrouble?: (failure: JudgeFailure) => void;
}): Judge {
  judge = startJudge({
    landing: { kind: 'folder', path: join(folder, 'landing') },
    ledger: parts.ledger ?? join(folder, 'ledger.ndjson'),
    world: WORLD,
    plan: PLAN,
    file: 'one.yaml',
    folder: join(folder, 'judge'),
    now: () => WORLD.endMs,
    onVerdict: parts.onVerdict ?? (() => undefined),
    onTrouble: parts.onTrouble ?? (() => undefined),
  });
  return judge;
}

describe('a judge', { timeout: PROCESS_MS }, () => {
  test('judges by itself in a process of its own, and answers from there', async () => {
    const judged = await new Promise<Judged>((resolve) => void start({ onVerdict: resolve }));
    expect(judged.verdict).toMatchObject({ cycle: 1, asOfMs: WORLD.endMs });
    const page = await judge?.rows({
      policy: 'strict',
      table: 'customer_trusted',
      what: 'all',
      offset: 0,
    });
    expect(page).toMatchObject({ cycle: 1, total: 0, rows: [] });
    await expect(judge?.life(0)).rejects.toMatchObject({
      name: 'JudgeError',
      code: 'READING_UNKNOWN',
    });
    judge?.updateWorld(WORLD);
    await judge?.close();
    await expect(judge?.report()).rejects.toMatchObject({ code: 'JUDGE_ENDED' });
  });

  test('tells what stops it', async () => {
    // A folder cannot be read as a file.
    const failure = await new Promise<JudgeFailure>(
      (resolve) => void start({ ledger: folder, onTrouble: resolve }),
    );
    expect(failure).toMatchObject({
      code: 'LEDGER_UNREADABLE',
      message: expect.stringContaining(folder) as string,
    });
  });

  test('that is closed at once ends without a verdict', async () => {
    const told: unknown[] = [];
    const tell = (what: unknown): void => void told.push(what);
    await start({ onVerdict: tell, onTrouble: tell }).close();
    expect(told).toEqual([]);
  });
});
