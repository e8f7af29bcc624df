/** How a landing zone is cut into pieces, each of which becomes one object of every kind. */
import { PHONE_RATE_HZ } from '../../core/continuous-walk.ts';
import { STEPS_PER_TEST } from '../../core/step-test.ts';
import { MEAN_SESSION_MS } from './exercise.ts';
import { householdCount } from './landing-spec.ts';
import type { LandingSpec } from './landing-spec.ts';

/** Households that are written together; `number` counts from 1. */
export interface LandingChunk {
  readonly number: number;
  readonly firstHousehold: number;
  readonly households: number;
}

/** Rows of phones and trainers in a piece: about 45 MB of lines of phones, and memory in proportion for whoever makes it. */
export const CHUNK_ROWS = 660_000;
/** Of three samples with equal chances for each of 18 values, this many are different on average. */
const SAMPLES_PER_STEP = 18 * (1 - (17 / 18) ** 3);

/** Rows of one session that are to be expected on average, when nothing is lost and nothing lands twice. */
export interface ExpectedRows {
  readonly accelerometer: number;
  readonly stepTrainer: number;
}

/** Rows that a session of this profile has on average, by stream. */
export function expectedRows(spec: Pick<LandingSpec, 'profile' | 'trainerRateHz'>): ExpectedRows {
  if (spec.profile === 'step-test') {
    return { accelerometer: SAMPLES_PER_STEP * STEPS_PER_TEST, stepTrainer: STEPS_PER_TEST };
  }
  const seconds = MEAN_SESSION_MS.continuous / 1_000;
  return { accelerometer: PHONE_RATE_HZ * seconds, stepTrainer: spec.trainerRateHz * seconds };
}

/** The pieces of a landing zone; they depend on nothing but what lands, so that its bytes do not either. */
export function landingChunks(spec: LandingSpec, chunkRows: number = CHUNK_ROWS): LandingChunk[] {
  const { accelerometer, stepTrainer } = expectedRows(spec);
  const sessions = spec.householdSize * spec.sessionsPerPerson;
  const each = Math.max(1, Math.round(chunkRows / ((accelerometer + stepTrainer) * sessions)));
  const households = householdCount(spec);
  return Array.from({ length: Math.ceil(households / each) }, (_, index) => ({
    number: index + 1,
    firstHousehold: index * each,
    households: Math.min(each, households - index * each),
  }));
}
