/** What the audit takes for impossible, or for worth a finding. Queries of the audit name these settings as `:time_min_ms`. */
export const AUDIT_SETTINGS = {
  /** Nothing was measured before 2000 (epoch ms): smaller times are seconds, or a clock that was never set. */
  time_min_ms: 946_684_800_000,
  /** Nothing was measured after 2100 (epoch ms). */
  time_max_ms: 4_102_444_800_000,
  /** Sensors of phones end at 16 g, which are 157 m/s². */
  acceleration_max: 200,
  /** Trainers measure less than this, in the unit that they report. */
  distance_max: 10_000,
  /** An offset between the clocks of a phone and a trainer is told from this many ms on. */
  offset_noted_ms: 10,
} as const;
