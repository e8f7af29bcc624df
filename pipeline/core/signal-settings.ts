/** How strides and steps are found in dense signals, and what they say. SQL models name these settings as `:swing_mm` and so on. */
export const SIGNAL_SETTINGS = {
  /** A distance from here on is the end of the sensor's range: nobody stands on the device. In mm. */
  sensor_range_mm: 2_000,
  /** Nobody stood on the device when nobody was seen for longer than this, in ms. */
  absence_ms: 1_500,
  /** How far a foot must swing beyond the middle of its way, in mm; noise and sway stay below. */
  swing_mm: 100,
  /** How far the strength of the phone's acceleration must swing beyond its mean, in millionths of g. */
  bounce_micro_g: 50_000,
  /** A swing from one side to the other takes at most so many ms. */
  crossing_ms_max: 400,
  /** Half of the window that smooths the phone's acceleration, in half ms: 130 ms to either side. */
  smooth_half_ms: 260,
  /** The least and most that a stride takes, in ms: two steps, at 1.25 to 2.9 of them a second. */
  stride_ms_min: 700,
  stride_ms_max: 1_600,
  /** The pace is compared in slices of so many ms, … */
  pace_slice_ms: 30_000,
  /** … that have so many strides, … */
  pace_strides_min: 8,
  /** … and may differ by so many ms in a stride. Medians of the same strides differ by less than 3 ms. */
  pace_apart_ms: 10,
  /** How far two clocks can be apart in a dense signal, in ms. */
  signal_offset_ms_max: 2_500,
  /** How far apart strides and steps are compared, in ms: the clocks, one step beside, and the phase of a gait. */
  event_apart_ms: 3_300,
  /** The standard deviation of a step around its stride, in ms. Measured: 3 to 7. */
  event_spread_ms: 6,
  /** The share of strides whose step is missing or misplaced. */
  event_outlier_share: 0.02,
  /** A step further from the median of its slip than this has no part in its mean and variance, in ms. */
  event_stray_ms: 60,
  /** A device that measures less often than this, in ms, tells no phases. */
  wave_period_ms_max: 60,
  /** In a wave, a reading stands for at most so many ms to either side, however long the gap. */
  wave_gap_ms_max: 250,
  /** The share of four strides that a signal must fill for its phase to count. */
  wave_cover_share: 0.9,
  /** Phases of strides that follow each other come from the same readings: so many of them say what one alone would. */
  wave_alike_strides: 2,
  /** What a stride that agrees must say, in thousandths of a nat, before it counts: strangers of one pace agree for a while. */
  event_toll: 2_000,
  /** The weight of a stride beyond that: strides that follow each other do not speak independently. */
  event_weight: 0.3,
  /** So much evidence, in nats, is as good as more. */
  signal_evidence_max: 40,
  /** Who stepped off the device still exercises for so many ms, unless another one steps on. */
  step_off_ms: 10_000,
} as const;
