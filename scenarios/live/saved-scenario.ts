/** A live run as a scenario: the file from which it was made, with all that was done to it as keys. */
import { stringify } from 'yaml';
import { inReadingOrder } from '../shrink/shrunk-file.ts';
import { listAt, withValue } from '../shrink/written-edits.ts';
import type { Written, WrittenPath } from '../shrink/written-edits.ts';
import { GARBLE_RATE } from './deeds.ts';
import type { DoneDeed } from './deeds.ts';

/** What is saved. */
export interface SavedRun {
  /** The scenario as it was written. */
  readonly written: Written;
  /** What the scenario is called. */
  readonly file: string;
  readonly seed: number;
  /** First and last moment of the world in epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly deeds: readonly DoneDeed[];
}

const MS_PER_SECOND = 1_000;
const LINE_WIDTH = 110;

/** The text of a scenario file that does again what was done. What still lasts lasts to the end of the run there. */
export function formatSavedScenario(run: SavedRun): string {
  const { written, file, seed, startMs } = run;
  const begun = withValue(written, ['world', 'start'], new Date(startMs).toISOString());
  const seeded = withValue(begun, ['run', 'seeds'], `${seed}..${seed}`);
  const done = run.deeds.reduce((scenario, deed) => withDeed(scenario, deed, run), seeded);
  const text = stringify(inReadingOrder(done), { lineWidth: LINE_WIDTH });
  return `# Saved from a live run of ${file}: what was done to it there is done again here.\n${text}`;
}

function withDeed(written: Written, done: DoneDeed, run: SavedRun): Written {
  const { deed } = done;
  const at = duration(done.atMs - run.startMs);
  const lasts = duration(Math.max(1, (done.untilMs ?? run.endMs) - done.atMs));
  switch (deed.do) {
    case 'consent': {
      const research = deed.isGiven ? 'given' : 'withdrawn';
      return withEntry(written, CONSENT_CHANGES, { at, person: deed.person, research });
    }
    case 'serials':
      return withEntry(written, SERIAL_CHANGES, {
        at,
        ...(deed.pool !== null && { pool: deed.pool, assign: 'round-robin' }),
      });
    case 'skew':
      return withEntry(written, CLOCK_CHANGES, { at, skew: duration(deed.ms) });
    case 'unplug':
      return withFault(written, { kind: 'unplug', on: trainer(deed), at, for: lasts });
    case 'garble': {
      const rate = `${GARBLE_RATE * 100}%`;
      return withFault(written, { kind: 'garble', on: trainer(deed), at, for: lasts, rate });
    }
    case 'swap': {
      const other = `trainer[${deed.with}]`;
      return withFault(written, { kind: 'swap-device', on: trainer(deed), with: other, at });
    }
    case 'broker':
      return withFault(written, { kind: 'down', on: 'broker', at, for: lasts });
    case 'storage':
      return withFault(written, { kind: 'down', on: 's3', at, for: lasts });
  }
}

const CONSENT_CHANGES = ['world', 'consent', 'changes'];
const SERIAL_CHANGES = ['world', 'serials', 'changes'];
const CLOCK_CHANGES = ['devices', 'phone', 'clock', 'changes'];

function withFault(written: Written, fault: Written): Written {
  return withEntry(written, ['faults'], fault);
}

function withEntry(written: Written, path: WrittenPath, entry: Written): Written {
  return withValue(written, path, [...listAt(written, path), entry]);
}

function trainer({ station }: { readonly station: number }): string {
  return `trainer[${station}].serial`;
}

/** A duration in whole ms with its unit. */
function duration(ms: number): string {
  return ms % MS_PER_SECOND === 0 ? `${ms / MS_PER_SECOND}s` : `${ms}ms`;
}
