/**
 * Prints what the demo holds in memory over ten minutes at speed 1 with a page open, and how often the page draws the
 * signals while fifty people walk, each phone with 50 samples a second. Not a test: nothing fails here. Needs Chromium, and
 * Linux. Arguments: `--minutes N` (10), `--people N` (50); 0 leaves that part out.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startDemo } from './demo/demo-process.ts';
import { visitDemo } from './demo/demo-visitor.ts';
import type { DemoVisitor } from './demo/demo-visitor.ts';

const LOOK_EVERY_MS = 30_000;
const MS_PER_MIN = 60_000;
/** Until then programs are loaded, caches filled and windows opened. */
const WARM_MIN = 2;
const COUNT_MS = 10_000;
const COUNTS = 12;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    people: { type: 'string', default: '50' },
  },
});

/** One look at the memory, in MB. */
interface Look {
  readonly min: number;
  readonly serverMb: number;
  readonly judgeMb: number;
  readonly pageMb: number;
}

function printRow(...cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}

/** MB per minute, by least squares. */
function slope(looks: readonly Look[], of: (look: Look) => number): number {
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [minMean, mbMean] = [mean(looks.map(({ min }) => min)), mean(looks.map(of))];
  const sum = (by: (look: Look) => number): number =>
    looks.reduce((total, look) => total + (look.min - minMean) * by(look), 0);
  return sum((look) => of(look) - mbMean) / sum(({ min }) => min - minMean);
}

function printSlope(name: string, looks: readonly Look[]): void {
  const of = (read: (look: Look) => number): string => slope(looks, read).toFixed(2);
  printRow(
    name,
    of(({ serverMb }) => serverMb),
    of(({ judgeMb }) => judgeMb),
    of(({ pageMb }) => pageMb),
  );
}

async function printMemory(minutes: number): Promise<void> {
  const demo = await startDemo('demo');
  try {
    const visitor = await visitDemo(demo.url);
    try {
      const looks = await look(minutes, demo.memory, visitor);
      printSlope('MB/min', looks);
      printSlope(
        `from ${WARM_MIN} min`,
        looks.filter(({ min }) => min >= WARM_MIN),
      );
      printSlope(
        'second half',
        looks.filter(({ min }) => min >= minutes / 2),
      );
      process.stdout.write(`${await visitor.text('#judged')}\n\n`);
    } finally {
      await visitor.close();
    }
  } finally {
    await demo.close();
  }
}

async function look(
  minutes: number,
  memory: () => Pick<Look, 'serverMb' | 'judgeMb'>,
  visitor: DemoVisitor,
): Promise<Look[]> {
  const looks: Look[] = [];
  const fromMs = performance.now();
  printRow('min', 'server MB', 'judge MB', 'page MB', 'steps', 'load');
  for (let due = LOOK_EVERY_MS; due <= minutes * MS_PER_MIN; due += LOOK_EVERY_MS) {
    await delay(fromMs + due - performance.now());
    const made = { min: due / MS_PER_MIN, ...memory(), pageMb: await visitor.heapMb() };
    looks.push(made);
    await visitor.drawings();
    const { min, serverMb, judgeMb, pageMb } = made;
    const steps = await visitor.text('#truth-landed-steps');
    const sizes = [serverMb, judgeMb].map((mb) => mb.toFixed(0));
    printRow(min.toFixed(1), ...sizes, pageMb.toFixed(1), steps.trim(), load());
  }
  return looks;
}

async function printFrames(people: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
  const file = join(folder, 'crowd.yaml');
  writeFileSync(file, crowd(people));
  try {
    const demo = await startDemo(file);
    try {
      const visitor = await visitDemo(demo.url);
      try {
        await countFrames(visitor);
      } finally {
        await visitor.close();
      }
    } finally {
      await demo.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All of them begin within the first minutes: there is hardly any time to spare. */
function crowd(people: number): string {
  return `version: 1
name: ${people} people walk at once
world: { start: 2022-06-20T09:00:00Z, customers: ${people}, consent: { research: 50% } }
devices: { trainer: { profile: continuous }, phone: { profile: continuous } }
run: { duration: 4m }
expect: { landing.lost: 0 }
`;
}

async function countFrames(visitor: DemoVisitor): Promise<void> {
  printRow('s', 'drawn/s', 'longest ms', 'load', '  fleet');
  await visitor.drawings();
  for (let count = 1; count <= COUNTS; count++) {
    await delay(COUNT_MS);
    const times = await visitor.drawings();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
    const perSecond = (1_000 * gaps.length) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
    const fleet = await visitor.text('#fleet-sum');
    const longest = Math.max(...gaps).toFixed(0);
    printRow(`${(count * COUNT_MS) / 1_000}`, perSecond.toFixed(1), longest, load(), `  ${fleet}`);
  }
}

function load(): string {
  return (loadavg()[0] ?? NaN).toFixed(1);
}

if (Number(values.minutes) > 0) await printMemory(Number(values.minutes));
if (Number(values.people) > 0) await printFrames(Number(values.people));
