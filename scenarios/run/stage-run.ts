/** The first half of a run: devices and bridge. What landed is matched with the truth, so that any zones can be held against it. */
import { seededStreams } from '../../simulator/index.ts';
import type { RandomStreams, SentBytes } from '../../simulator/index.ts';
import { Evidence } from '../evidence/evidence.ts';
import type { EvidenceOptions } from '../evidence/evidence.ts';
import { matchLanding } from '../evidence/landed.ts';
import type { Landed } from '../evidence/landed.ts';
import { runLive } from '../live/index.ts';
import type { LiveParts } from '../live/index.ts';
import type { Plan } from '../planning/plan.ts';
import { planDirt } from './dirt/soil-landing.ts';
import type { LandingDirt } from './dirt/soil-landing.ts';
import { runSim } from './sim.ts';
import type { DeviceRun } from './sim.ts';

/** How the devices and the bridge of a plan are run. */
export interface StageOptions {
  readonly plan: Plan;
  /** Folder of the landing zone, which exists. */
  readonly landing: string;
  /** External parts of a live run; what is missing is simulated. */
  readonly parts?: LiveParts | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how much of the world's time has passed, 0–1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  readonly onTrace?: ((line: string) => void) | undefined;
  /** Told all bytes that carry readings, as they leave a device; not in live runs. */
  readonly onSent?: ((sent: SentBytes) => void) | undefined;
  /** Replaces the seeded streams. */
  readonly streams?: RandomStreams | undefined;
}

/** A run before its zones are made. */
export interface StagedRun extends DeviceRun {
  readonly landed: Landed;
  /** What is wrong in the landing zone; `undefined` when it is as the bridge left it. */
  readonly dirt?: LandingDirt;
}

/** Runs the devices and the bridge of a plan. Throws what these, the landing folder or the signal throw. */
export async function stageRun(options: StageOptions): Promise<StagedRun> {
  const { plan, landing, signal, onProgress, onTrace, onSent, parts = {} } = options;
  const streams = options.streams ?? seededStreams(plan.seed);
  const devices =
    plan.mode === 'live'
      ? await runLive(plan, { streams, landing, signal, onProgress, parts })
      : await runSim(plan, { streams, landing, signal, onProgress, onTrace, onSent });
  const { world, ledger } = devices;
  if (plan.landing === undefined) {
    return { ...devices, landed: await matchLanding(landing, world, ledger.readings) };
  }
  const dirt = await planDirt(landing, plan.landing, streams);
  const landed = await matchLanding(landing, world, ledger.readings, dirt.isReadable);
  await dirt.write();
  for (const _key of dirt.late) ledger.note('object-late');
  return { ...devices, landed, dirt };
}

/** What oracles look at when they judge these zones. */
export function evidenceOf(
  { world, ledger, landed, dirt }: StagedRun,
  zones: Pick<EvidenceOptions, 'zones' | 'zonesAgain' | 'policy' | 'told' | 'quarantine'>,
): Evidence {
  return new Evidence({
    world,
    readings: ledger.readings,
    occurrences: (occurrence) => ledger.occurrences(occurrence),
    damagedLines: ledger.damagedLines,
    landed,
    dirt,
    ...zones,
  });
}
