import { join } from 'node:path';
import type { Truth } from '../../simulator/index.ts';
import { NOBODY } from '../../simulator/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { placeOf, tellConsent, tellReading } from '../evidence/truth-words.ts';
import { findReading } from './find-reading.ts';
import type { FoundRun } from './find-run.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { linesOf } from './heard-lines.ts';
import { tellEnd } from './life-end.ts';
import type { Life, LifeStage } from './life.ts';
import { tellLiveWay } from './live-stages.ts';
import { tellLanding } from './landing-stages.ts';
import { tellMessageWay } from './message-stages.ts';
import { maskedView, OPEN_VIEW } from './personal-view.ts';
import type { PersonalView } from './personal-view.ts';
import type { Retrace } from './retrace.ts';
import { readRunLedger } from './run-ledger.ts';
import { arrivedLine, tellSerialWay } from './wire-stages.ts';
import { tellZones } from './zone-stages.ts';

/** How a reading is explained. */
export interface ExplainOptions {
  readonly signal?: AbortSignal;
  /** Shows personal data as they are; without it, words stand for them in rows, and stars in bytes. */
  readonly personal?: boolean;
  /** Told when the reading is found and its run begins once more. */
  readonly onRetrace?: () => void;
}

/**
 * Tells the life of the reading that `text` names: its id, "person 7 at 14:02:11.5", or a row.
 *
 * @throws ScenarioError READING_NOT_FOUND, RUN_NOT_FOUND, RUN_STALE; PipelineError when the zones cannot be read
 */
export async function explainReading(
  run: FoundRun,
  text: string,
  options: ExplainOptions = {},
): Promise<Life> {
  const { signal, onRetrace, personal = false } = options;
  const ledger = await readRunLedger(run);
  const { id } = findReading(text, ledger);
  if (run.plan.mode === 'sim') onRetrace?.();
  const entry = ledger.entries[id] as Truth;
  const { evidence, trace } = await gatherEvidence(run, { ledger, truth: entry, signal });
  const truth = evidence.readings[id] as Truth;
  const view = personal ? OPEN_VIEW : maskedView(evidence.world);
  const landing = await tellLanding({
    landing: join(run.folder, 'landing'),
    evidence,
    truth,
    arrived: trace === undefined ? [] : arrivedLines(truth, trace),
    view,
  });
  return {
    run: run.name,
    reading: {
      id,
      kind: truth.kind,
      person: truth.person,
      atMs: truth.atMs,
      sameStep: sameStep(evidence, truth),
    },
    stages: [
      tellMotion(evidence, truth),
      ...(trace === undefined ? tellLiveWay(truth) : tellTracedWay(truth, trace, view)),
      ...landing,
      ...tellZones(evidence, truth, view),
    ],
    ...tellEnd(evidence, truth),
  };
}

function tellMotion(evidence: Evidence, truth: Truth): LifeStage {
  const { person, atMs } = truth;
  if (person === NOBODY) {
    return {
      stage: 'motion',
      atMs,
      text: `${tellReading(evidence, truth)}; nobody of this world moved.`,
    };
  }
  const place = placeOf(evidence, truth);
  const step =
    place === undefined ? 'moves' : `takes step ${place.step} of session ${place.session}`;
  const station = evidence.world.people[person]?.station;
  const text = `Person ${person} ${step} at station ${station}, and ${tellConsent(evidence, person)}.`;
  return { stage: 'motion', atMs, text };
}

function tellTracedWay(truth: Truth, trace: Retrace, view: PersonalView): LifeStage[] {
  if (trace.source === undefined) return [];
  return truth.kind === 'distance'
    ? tellSerialWay(truth, trace)
    : tellMessageWay(truth, trace, view);
}

function arrivedLines(truth: Truth, trace: Retrace): string[] {
  const line = arrivedLine(linesOf(trace.heard), truth, trace);
  return line === undefined ? [] : [line.text];
}

function sameStep({ readings }: Evidence, truth: Truth): number[] {
  if (truth.person === NOBODY) return [];
  return readings
    .filter(
      ({ id, step, person }) => step === truth.step && person === truth.person && id !== truth.id,
    )
    .map(({ id }) => id);
}
