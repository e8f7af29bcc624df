/**
 * Prints what attribution costs for 1 k, 10 k and 100 k people, 300 of them at once, and how sure it may be of itself: what
 * beliefs claim against the truth, over worlds and seeds. Takes two and a half CPU minutes; with `growth` it prints the
 * costs alone, in 50 CPU seconds. Not a test: nothing fails here.
 */
import { existsSync } from 'node:fs';
import { PUBLISHED, scoreOf } from '../pipeline/attribution-world.ts';
import type { Bin, WorldSpec } from '../pipeline/attribution-world.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const PEOPLE = [1_000, 10_000, 100_000];
const once = { walks: 'once', people: 600, loss: 10 } as const;
const household = { walks: 'household', people: 300, loss: 10 } as const;
const published = { walks: 'published', people: 956, loss: 10 } as const;
const WORLDS: readonly WorldSpec[] = [
  { name: 'one clock', ...once, offsetMs: 0 },
  { name: '±200 ms', ...once, offsetMs: 200 },
  { name: 'households ±2 s', ...household, offsetMs: 2_000, driftPpm: 50 },
  { name: 'households, silent', ...household, offsetMs: 2_000, silent: 30 },
  { name: '±2 s', ...once, offsetMs: 2_000 },
  { name: '±2 s, silent', ...once, offsetMs: 2_000, silent: 30 },
  { name: 'published', ...published, offsetMs: 0 },
  { name: 'published ±200 ms', ...published, offsetMs: 200 },
];

function printRow(...cells: readonly string[]): void {
  const line = cells.map((cell, index) => (index === 0 ? cell.padEnd(22) : cell.padStart(12)));
  process.stdout.write(`${line.join('')}\n`);
}

function printCalibration(bins: readonly Bin[]): void {
  printRow('belief from', 'beliefs', 'claimed', 'true');
  for (const from of [...new Set(bins.map((bin) => bin.from))].sort((a, b) => a - b)) {
    const alike = bins.filter((bin) => bin.from === from);
    const beliefs = alike.reduce((sum, bin) => sum + bin.beliefs, 0);
    const claimed = alike.reduce((sum, bin) => sum + bin.claimed * bin.beliefs, 0) / beliefs;
    const right = alike.reduce((sum, bin) => sum + bin.right, 0) / beliefs;
    printRow(String(from), String(beliefs), claimed.toFixed(4), right.toFixed(4));
  }
}

async function printWorlds(): Promise<void> {
  const bins: Bin[] = [];
  printRow('world, seed', 'precision', 'recall', 'wrong');
  for (const world of WORLDS) {
    if (world.walks === 'published' && !existsSync(PUBLISHED)) continue;
    for (const seed of SEEDS) {
      const score = await scoreOf(world, seed);
      bins.push(...score.calibration);
      const precision = score.given === 0 ? '-' : (score.right / score.given).toFixed(4);
      const recall = (score.right / score.explainable).toFixed(4);
      printRow(`${world.name}, ${seed}`, precision, recall, String(score.given - score.right));
    }
  }
  printCalibration(bins);
}

/** Each size with the exponent from the one before. */
async function printGrowth(): Promise<void> {
  printRow('people', 'CPU s', 'ms a person', 'exponent', 'precision');
  let before: { readonly people: number; readonly cpuSeconds: number } | undefined;
  for (const people of PEOPLE) {
    const score = await scoreOf({ name: 'growth', ...once, people, offsetMs: 200 }, 1);
    const { cpuSeconds } = score;
    const exponent =
      before === undefined
        ? '-'
        : (Math.log(cpuSeconds / before.cpuSeconds) / Math.log(people / before.people)).toFixed(2);
    printRow(
      String(people),
      cpuSeconds.toFixed(1),
      ((1_000 * cpuSeconds) / people).toFixed(3),
      exponent,
      (score.right / score.given).toFixed(5),
    );
    before = { people, cpuSeconds };
  }
}

await printGrowth();
if (process.argv[2] !== 'growth') await printWorlds();
