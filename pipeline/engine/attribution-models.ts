/** The models of attribution: which there are, and how the rounds of belief follow each other. */
import {
  BELIEF_ROUNDS_OF_ALL,
  BELIEF_ROUNDS_OF_CANDIDATES,
  BELIEF_ROUNDS_OF_SESSIONS,
} from '../core/attribution-settings.ts';

/** Sessions, and which of the regular ones could belong together. */
const SESSION_MODELS = [
  'device_reading',
  'device_session',
  'step_reading',
  'phone_sample',
  'phone_session',
  'phone_stamp',
  'device_grid',
  'phone_grid',
  'grid_loss',
  'stranger_density',
  'grid_neighbour',
  'grid_pair',
];
/** The same for dense signals, by their strides and steps. */
const SIGNAL_MODELS = [
  'signal_reading',
  'device_stride',
  'phone_bounce',
  'phone_step',
  'device_pace',
  'phone_pace',
  'signal_candidate',
  'signal_slip',
  'signal_bout',
  'device_wave',
  'phone_wave',
  'signal_phase',
  'signal_clock',
  'signal_pair',
];
/** The pairs of both, and which of them cannot both be true. */
const PAIR_MODELS = ['candidate_pair', 'rival_pair'];
/** Those of them that the first rounds of belief left possible. */
const POSSIBLE_MODELS = ['possible_pair', 'possible_rival'];
/** What only coinciding moments tell, where people mix in one session. */
const MOMENT_MODELS = [
  'phone_clock',
  'coincidence',
  'clock_offset',
  'claim',
  'moment_pair',
  'known_pair',
  'known_rival',
];
const OUTCOME_MODELS = ['accepted_pair', 'reading_person', 'session_outcome'];

/** A model: its name, where its text is, and which tables stand for names such as `belief_before` in it. */
export interface ModelText {
  readonly name: string;
  readonly path: string;
  readonly reads?: Readonly<Record<string, string>>;
}

/**
 * The models of attribution in the order in which they can be made. Beliefs are made in rounds from one text, each from
 * the round before. In between, pairs that are as good as impossible leave, and pairs that only moments tell join.
 */
export function attributionModels(): ModelText[] {
  const last = BELIEF_ROUNDS_OF_SESSIONS + BELIEF_ROUNDS_OF_ALL;
  const read = (names: readonly string[], belief: string): ModelText[] =>
    names.map((name) => ({
      name,
      path: `attribution/${name}`,
      reads: { belief_before: belief },
    }));
  const round = (number: number): ModelText[] => {
    const [pairs, rivals, first] = pairsOfRound(number);
    const reads = {
      belief_before: number === first ? pairs : `belief_${number - 1}`,
      weight_before: `pair_weight_${number}`,
      share_before: `device_share_${number}`,
      rival_before: rivals,
    };
    return ['pair_weight', 'device_share', 'belief'].map((name) => ({
      name: `${name}_${number}`,
      path: `attribution/${name}`,
      reads,
    }));
  };
  const rounds = Array.from({ length: last }, (_, index) => round(index + 1));
  return [
    ...read(SESSION_MODELS, ''),
    ...SIGNAL_MODELS.map((name) => ({ name, path: `signal/${name}` })),
    ...read(PAIR_MODELS, ''),
    ...rounds.slice(0, BELIEF_ROUNDS_OF_CANDIDATES).flat(),
    ...read(POSSIBLE_MODELS, `belief_${BELIEF_ROUNDS_OF_CANDIDATES}`),
    ...rounds.slice(BELIEF_ROUNDS_OF_CANDIDATES, BELIEF_ROUNDS_OF_SESSIONS).flat(),
    ...read(MOMENT_MODELS, `belief_${BELIEF_ROUNDS_OF_SESSIONS}`),
    ...rounds.slice(BELIEF_ROUNDS_OF_SESSIONS).flat(),
    ...read(OUTCOME_MODELS, `belief_${last}`),
  ];
}

/** Which pairs and which rivals a round is about, and the first round that is about these. */
function pairsOfRound(number: number): [pairs: string, rivals: string, first: number] {
  if (number <= BELIEF_ROUNDS_OF_CANDIDATES) return ['candidate_pair', 'rival_pair', 1];
  if (number > BELIEF_ROUNDS_OF_SESSIONS) {
    return ['known_pair', 'known_rival', BELIEF_ROUNDS_OF_SESSIONS + 1];
  }
  return ['possible_pair', 'possible_rival', BELIEF_ROUNDS_OF_CANDIDATES + 1];
}
