/**
 * Prints how much damage to serial lines goes unnoticed: over a million lines that were hit by the faults of scenarios,
 * over a million whose digits were exchanged, and how many good ones are refused. Not a test: nothing fails here, but
 * the exit code is 1 when something landed that was damaged. Arguments: lines to hit, seed.
 */
import { DIGITS_EXCHANGED, FORGED, playCase, playHealthy, WIRE_CASES } from './wire-cases.ts';
import type { StreamCounts } from './damaged-stream.ts';

const COLUMNS = [
  'hit',
  'damaged',
  'CRC right',
  'decoded',
  'refused',
  'landed',
  'wrong time',
  'good refused',
];

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

function printRow(name: string, cells: readonly string[]): void {
  print(name.padEnd(18) + cells.map((cell) => cell.padStart(13)).join(''));
}

function printCounts(name: string, counts: StreamCounts): void {
  const { hit, damaged, crcPassed, decoded, refusedDamaged, landedDamaged } = counts;
  const { landedAtWrongTime, refusedWhole } = counts;
  const numbers = [hit, damaged, crcPassed, decoded, refusedDamaged, landedDamaged];
  printRow(
    name,
    [...numbers, landedAtWrongTime, refusedWhole].map((count) => count.toLocaleString('en-US')),
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

print('Lines hit by wire faults: damaged lines, whose CRC is right all the same, that the decoder');
print('takes, that the session refuses for their seq or ticks, and that land.');
print();
printRow('', COLUMNS);
const results = WIRE_CASES.map((wireCase) => {
  const counts = playCase(wireCase, Math.ceil(lines * wireCase.share), seed);
  printCounts(wireCase.name, counts);
  return counts;
});
const all = sum(results);
printCounts('together', all);
print();
const exchanged = playCase(DIGITS_EXCHANGED, lines, seed);
printCounts(DIGITS_EXCHANGED.name, exchanged);
print(`A CRC of 16 bits lets one in 65,536 through: ${(lines / 65_536).toFixed(1)} of so many.`);
print();
print('Damage in front of a CRC that is right for it, as one damaged line in 65,536 is by chance:');
for (const wireCase of FORGED) {
  printCounts(wireCase.name, playCase(wireCase, Math.ceil(lines * wireCase.share), seed));
}
print();
const healthy = playHealthy(lines, seed);
print(
  `Of ${healthy.whole.toLocaleString('en-US')} readings on a good line ${healthy.landed.toLocaleString('en-US')} landed and ${healthy.refusedWhole} were refused.`,
);
print(`${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
process.exitCode = all.landedDamaged + all.landedAtWrongTime + healthy.refusedWhole === 0 ? 0 : 1;
