/**
 * Prints how much damage to serial lines goes unnoticed: over a million damaged lines, made by the faults of scenarios,
 * over a million whose digits were exchanged, and how many good ones are refused. Not a test: nothing fails here, but
 * the exit code is 1 when something landed that was damaged by a fault, or a good line was refused. Arguments: damaged
 * lines, seed.
 */
import type { StreamCounts } from './damaged-stream.ts';
import { DIGITS_EXCHANGED, FORGED, HEALTHY, WIRE_CASES } from './wire-cases.ts';
import type { WireCase } from './wire-cases.ts';
import { playJobs } from './wire-jobs.ts';
import type { WireJob } from './wire-jobs.ts';

const COLUMNS: readonly (readonly [title: string, key: keyof StreamCounts])[] = [
  ['hit', 'hit'],
  ['damaged', 'damaged'],
  ['right CRC', 'crcPassed'],
  ['decoded', 'decoded'],
  ['refused', 'refusedDamaged'],
  ['landed', 'landedDamaged'],
  ['wrong time', 'landedAtWrongTime'],
  ['good refused', 'refusedWhole'],
];

const LEGEND = `hit           lines that a fault has changed on their way
damaged       lines that arrived and are, byte for byte, none that was sent
right CRC     of these, those that end in the CRC of what is in front of it
decoded       of these, those that the decoder takes for a line
refused       of these, readings that cannot follow the one before: they are in quarantine
landed        of the damaged, those of which a row has landed
wrong time    whole readings that landed with a time that is off by more than 5 ms
good refused  whole readings that were refused because they did not seem to follow
`;

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

function printRow(name: string, cells: readonly string[]): void {
  print(name.padEnd(18) + cells.map((cell) => cell.padStart(13)).join(''));
}

function printCounts(name: string, counts: StreamCounts): void {
  printRow(
    name,
    COLUMNS.map(([, key]) => counts[key].toLocaleString('en-US')),
  );
}

function sum(all: readonly StreamCounts[]): StreamCounts {
  const keys = Object.keys(all[0] ?? {}) as (keyof StreamCounts)[];
  return Object.fromEntries(
    keys.map((key) => [key, all.reduce((total, counts) => total + counts[key], 0)]),
  ) as unknown as StreamCounts;
}

const [lines = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const startedMs = performance.now();

const jobOf = ({ name, share }: { name: string; share: number }): WireJob => ({
  name,
  lines: Math.ceil(lines * share),
  seed,
});
const countsOf = await playJobs([
  ...[DIGITS_EXCHANGED, { name: HEALTHY, share: 1 }].map(jobOf),
  ...[...WIRE_CASES, ...FORGED].map(jobOf),
]);
const printCases = (cases: readonly WireCase[]): void => {
  for (const { name } of cases) printCounts(name, countsOf(name));
};
const all = sum(WIRE_CASES.map(({ name }) => countsOf(name)));
const healthy = countsOf(HEALTHY);

print(LEGEND);
printRow(
  '',
  COLUMNS.map(([title]) => title),
);
printCases(WIRE_CASES);
printCounts('together', all);
print();
printCases([DIGITS_EXCHANGED]);
print(
  `Made up, and not part of the exit code: no cable exchanges digits for digits. The grammar then sees nothing, so that
one line in 65,536 passes the CRC by chance (${(lines / 65_536).toFixed(1)} of so many), and the order of readings alone is left to find it out.`,
);
print();
print(
  'Damage in front of the CRC that is right for it, as one damaged line in 65,536 is by chance:',
);
printCases(FORGED);
print();
print(
  `Of ${healthy.whole.toLocaleString('en-US')} readings on a good line ${healthy.landed.toLocaleString('en-US')} landed and ${healthy.refusedWhole} were refused.`,
);
const { landedDamaged, landedAtWrongTime } = all;
process.exitCode = landedDamaged + landedAtWrongTime + healthy.refusedWhole === 0 ? 0 : 1;
print(
  `Exit code ${process.exitCode}: of "together" ${landedDamaged} damaged lines landed, and ${landedAtWrongTime} whole ones at a wrong time.`,
);
print(`${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
