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
  /** The score of a pair: so much for a supported reading, … */
  score_per_match: 20,
  /** … and so much less for each ms of clock offset: 7 ms weigh as much as one reading. */
  score_per_offset_ms: 3,
  /** A pair must be ahead of every rival by this: two readings. With a tenth lost, odds of about 100 to 1. */
  score_margin: 40,
} as const;
