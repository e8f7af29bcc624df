/** How attribution tells whose phone moved with a device. SQL models name these settings as `:tolerance_ms` and so on. */
export const ATTRIBUTION_SETTINGS = {
  /** How far the clocks of a phone and a device may be apart at one moment, in ms; also the limit for ML pairs. */
  tolerance_ms: 30,
  /** How far single readings may stray from the clock offset of their session, in ms. */
  jitter_ms: 10,
  /** Readings stray no further than this many ms, … */
  residual_min_ms: 2,
  /** … and this many times the mean of their two sessions. */
  residual_spread: 3,
  /** A silence longer than this ends a session, in ms. */
  silence_ms: 30_000,
  /** A signal: a session of at least so many rows, … */
  signal_rows_min: 100,
  /** … whose period is at most so many ms, … */
  signal_period_ms_max: 250,
  /** … and this share of whose gaps is at most one and a half periods. */
  signal_even_share: 0.8,
  /** Fewer supported readings than this prove nothing. */
  matches_min: 5,
  /** Least share of the smaller session that must be supported. Two streams that lose a tenth each keep 0.9. */
  share_min: 0.6,
  /** Supported readings that prove something although they are less than that share of both sessions, … */
  stretch_matches_min: 8,
  /** … if they are this share of all readings, or of all timestamps, from the first of them to the last. */
  stretch_share_min: 0.8,
  /** Share of a device session from which on one person explains the readings whose phone sample was lost. */
  fill_share_min: 0.75,
  /** A supported reading counts with another one this near, in mean gaps between the phone's timestamps, … */
  beside_gaps: 1.5,
  /** … or between two others this near. */
  between_gaps: 4,
  /** A phone is silent at a reading when it has no timestamp this near. A walk elsewhere has one within half a gap. */
  silent_gaps: 0.6,
  /** Clocks of a phone and a device further apart than this, in ms, are not found. */
  offset_ms_max: 2500,
  /** Grids are compared that begin, or end, at most this far apart, in ms: the offset, and steps lost at the end. */
  ends_ms_max: 8000,
  /** Periods of two grids of one walk differ by at most this, in ms, … */
  period_ms_max: 5,
  /** … and are looked for in slices of this width, at least twice as wide. */
  period_slice_ms: 20,
  /** Share of rows that a stream loses as long as less than some steps were counted, and at least, and at most. */
  loss_usual: 0.1,
  loss_steps: 50,
  loss_min: 0.02,
  loss_max: 0.5,
  /** A third of the time in which people begin together as a crowd, in ms. */
  crowd_ms: 10_000,
  /** The time in which strangers are counted where no crowd is, in ms. */
  hour_ms: 3_600_000,
  /** Shapes of sessions that are thought of besides those seen, so that few sessions do not seem to be all alike. */
  shapes: 20,
  /** Chance that somebody comes to a device, or leaves it, in the middle of a session of the other stream. */
  device_change_chance: 0.003,
  /** Share of sessions that belong to nobody, at least and at most, whatever the beliefs say. */
  silent_min: 0.01,
  silent_max: 0.9,
  /** Usual offsets are counted in windows around each: so many ms to both sides, and 4, 16 and 64 times as many. */
  offset_near_ms: 2,
  /** So many pairs' worth of doubt about which offsets are usual; half of it that all are, half that small ones are, … */
  offset_doubt: 2,
  /** … of which those below this many ms are alike; … */
  offset_small_ms: 3,
  /** … and about whether a phone has the offset of its other sessions, … */
  own_offset_doubt: 0.2,
  /** … from which it may stray by so many ms, … */
  stable_ms: 15,
  /** … and by its drift since, in millionths; … */
  drift_ppm_max: 100,
  /** … of those sessions, so many before and after count. */
  sessions_near: 3,
  /** Share of sessions that regular users of a device are expected to make, … */
  regular_share: 0.5,
  /** … and how much more likely than anybody they may become. */
  regular_gain_max: 1000,
  /** Exponents of belief in loops of rivals: with a half, two pairs that may have changed places count once. */
  loop_share: 0.5,
  /** Half of one more than that: then a pair without rivals comes out right. */
  free_share: 0.75,
  /** A pair believed less than this after the first rounds is out: posteriors have six digits. */
  possible_min: 0.000_001,
  /** From this belief on, a session tells the clock offset of a phone. */
  clock_belief_min: 0.9,
  /** Logarithm of the odds that a coinciding moment is worth, … */
  evidence_per_match: 2.3,
  /** … beyond this many, which strangers may have. */
  evidence_matches: 2,
  /** Numbers of pairs found by moments begin here. */
  moment_pair_ids: 1_000_000_000_000,
  /** From this posterior on a person is taken for certain, … */
  accept_min: 0.998,
  /** … if the clock offset is this likely. */
  accept_offset_min: 0.9,
} as const;

/** Rounds of belief after which pairs that are as good as impossible are left out. */
export const BELIEF_ROUNDS_OF_CANDIDATES = 2;
/** Rounds of belief in which pairs of whole sessions find out about each other, before moments are compared; those included. */
export const BELIEF_ROUNDS_OF_SESSIONS = 5;
/** Rounds of belief after that. */
export const BELIEF_ROUNDS_OF_ALL = 3;
