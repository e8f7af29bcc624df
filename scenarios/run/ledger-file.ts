import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Truth } from '../../simulator/index.ts';
import type { Bin } from '../evidence/bins.ts';

/** Readings that are written in one go. */
const READINGS_PER_CHUNK = 1_000;

/** Writes the truth ledger as newline-delimited JSON: each reading with what is known of it, and its bin. */
export async function writeLedger(
  path: string,
  readings: readonly Truth[],
  bins: readonly Bin[],
): Promise<void> {
  await pipeline(Readable.from(ledgerLines(readings, bins)), createWriteStream(path));
}

function* ledgerLines(readings: readonly Truth[], bins: readonly Bin[]): Generator<string> {
  for (let from = 0; from < readings.length; from += READINGS_PER_CHUNK) {
    const chunk = readings.slice(from, from + READINGS_PER_CHUNK);
    yield chunk.map((truth) => formatEntry(truth, bins[truth.id])).join('');
  }
}

/** Appends the bin to the text, which takes half as long as making a new entry with it. */
function formatEntry(truth: Truth, bin: Bin | undefined): string {
  return `${JSON.stringify(truth).slice(0, -1)},"bin":${JSON.stringify(bin)}}\n`;
}
