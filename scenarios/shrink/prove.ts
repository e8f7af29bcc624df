/** The last run of a search: what is left is run for good, and written down as a scenario of its own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { OracleResult } from '../oracles/judge.ts';
import type { ScenarioResult } from '../run/result.ts';
import { ScenarioError } from '../scenario-error.ts';
import { isBeyond, runWritten } from './probe.ts';
import type { ProbeOptions } from './probe.ts';
import { formatShrunk } from './shrunk-file.ts';
import { sizeOf, tellStory, titleOf } from './story.ts';
import type { RunSize, SearchStory } from './story.ts';
import { listAt, withValue } from './written-edits.ts';
import type { Written } from './written-edits.ts';

/** What is proved, and where. */
export interface ProofOptions {
  readonly probing: ProbeOptions;
  /** The id of the oracle that must fail. */
  readonly oracle: string;
  /** Folder for the scenario and its run. */
  readonly out: string;
  /** What the user calls the whole scenario, and what it calls itself. */
  readonly from: { readonly file: string; readonly title: string };
  readonly search: SearchStory;
}

/** A scenario that was run and written down. */
export interface Proved {
  readonly size: RunSize;
  /** The new scenario file. */
  readonly scenario: string;
  /** Folder of its landing objects. */
  readonly landing: string;
  readonly story: string;
  readonly result: ScenarioResult;
}

/**
 * Runs a small scenario, and writes it with its story. A signal that has ended the search does not end this.
 *
 * @throws ScenarioError NOT_DETERMINISTIC when it passes now, OUTPUT_UNWRITABLE, OUTPUT_NOT_OURS
 */
export async function proveShrunk(small: Written, options: ProofOptions): Promise<Proved> {
  const { probing, oracle, out, from, search } = options;
  const { path, seed, pipeline } = probing;
  const scenario = join(out, 'scenario.yaml');
  const folder = join(out, 'run');
  const result = await runWritten(small, { ...probing, signal: undefined }, folder, scenario);
  const found = failedOracle(result, oracle);
  const size = sizeOf(small, result);
  const story = tellStory(found, size, search);
  const text = formatShrunk(relocate(small, path, scenario), {
    from: from.file,
    oracle,
    repro: result.repro,
    name: titleOf(found, size),
    about: `${story} Shrunk from “${from.title}” at seed ${seed}.`,
    pipeline: pipeline.expects,
  });
  await mkdir(out, { recursive: true });
  await writeFile(scenario, text);
  await writeFile(join(out, 'story.txt'), `${story}\n`);
  return { size, scenario, landing: join(folder, 'landing'), story, result };
}

function failedOracle({ oracles }: ScenarioResult, id: string): OracleResult {
  const found = oracles.find((oracle) => oracle.id === id);
  if (found !== undefined && isBeyond(found)) return found;
  throw new ScenarioError('NOT_DETERMINISTIC', `${id} failed in the search and passes now.`);
}

/** Recordings are named from where the file is: this one is elsewhere. */
function relocate(written: Written, from: string, to: string): Written {
  const recorded = listAt(written, ['devices', 'recorded']) as readonly { readonly file: string }[];
  if (recorded.length === 0) return written;
  const moved = recorded.map((entry) => ({
    ...entry,
    file: relative(resolve(to, '..'), resolve(from, '..', entry.file)),
  }));
  return withValue(written, ['devices', 'recorded'], moved);
}
