/** One pipeline on what has landed: its zones are made, kept aside for questions, and judged. */
import { cp, rm } from 'node:fs/promises';
import { readZones, runPipeline } from '../../pipeline/index.ts';
import { describeFailure, Evidence } from '../../scenarios/index.ts';
import type { Landed, Zones } from '../../scenarios/index.ts';
import type { Truth, World } from '../../simulator/index.ts';
import type { DemoPolicy } from '../api.ts';
import type { DueRows } from './due-rows.ts';
import { judgeZones } from './judge-zones.ts';
import type { JudgedZones } from './judge-zones.ts';
import { noZones } from './no-verdict.ts';

/** What the process may hold while a pipeline runs, in bytes: above it, the engine spills to disk. */
const MEMORY_BYTES = 640_000_000;

/** One pipeline at a judgement. */
export interface Finding {
  readonly judged: JudgedZones;
  /** With the customer tables of its zones. */
  readonly evidence: Evidence;
  /** Folder of a copy of its zones; `undefined` when it has never made any. */
  readonly zones: string | undefined;
}

/** What is true, and what of it has landed. */
export interface Facts {
  /** The world as the website has told it. */
  readonly world: World;
  readonly readings: readonly Truth[];
  readonly landed: Landed;
}

/** What a pipeline is judged on. */
export interface PolicyCase extends Facts {
  readonly policy: DemoPolicy;
  readonly due: DueRows;
  readonly usedTrainers: ReadonlySet<string>;
  /** Folder of the landing zone. */
  readonly landing: string;
  /** Folder that the pipeline publishes in again and again. */
  readonly out: string;
  /** New folder for a copy of what it published. */
  readonly kept: string;
  readonly before: Finding | undefined;
}

/** Runs and judges it. What stops the pipeline is part of the finding; the rest of that is as it was before. */
export async function judgePolicy(policyCase: PolicyCase): Promise<Finding> {
  const { world, kept, before } = policyCase;
  try {
    return await judgeAnew(policyCase);
  } catch (error) {
    const { message } = describeFailure(error);
    if (before?.zones === undefined) {
      const judged = noZones(message, world.people.length);
      return { judged, evidence: evidenceOf(policyCase), zones: undefined };
    }
    // What the judgement has begun to copy is of the run that failed.
    await rm(kept, { recursive: true, force: true });
    await cp(before.zones, kept, { recursive: true });
    const verdict = { ...before.judged.verdict, failure: message };
    return { ...before, judged: { ...before.judged, verdict }, zones: kept };
  }
}

async function judgeAnew(policyCase: PolicyCase): Promise<Finding> {
  const { policy, due, usedTrainers, landing, out, kept } = policyCase;
  await runPipeline({
    landing: { kind: 'folder', path: landing },
    out: { kind: 'folder', path: out },
    policy,
    // The other cores are for the devices, the bridge and the page.
    threads: 1,
    memoryBytes: MEMORY_BYTES,
  });
  await cp(out, kept, { recursive: true });
  const customers = await readZones(kept, ['customer_trusted', 'customer_curated']);
  const evidence = evidenceOf(policyCase, customers);
  const judged = await judgeZones({ zones: kept, evidence, due, usedTrainers });
  return { judged, evidence, zones: kept };
}

/** The evidence without the large tables: their rows are judged one after the other, and are too many to keep. */
export function evidenceOf(
  { world, readings, landed }: Facts,
  customers?: Pick<Zones, 'customer_trusted' | 'customer_curated'>,
): Evidence {
  return new Evidence({
    world,
    readings,
    landed,
    zones: {
      customer_trusted: [],
      customer_curated: [],
      ...customers,
      accelerometer_trusted: [],
      step_trainer_trusted: [],
      machine_learning_curated: [],
    },
    policy: 'strict',
    occurrences: () => 0,
    damagedLines: [],
    zonesAgain: undefined,
  });
}
