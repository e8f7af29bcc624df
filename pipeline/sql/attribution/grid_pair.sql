-- One row per device session, phone session and clock offset that lay the grid of the one onto that of the other.
-- Grids fit at many offsets, one period apart: late_start and late_end say how many steps later than the device the phone
-- begins and ends. Moments lost inside say nothing about whose they are, because both streams lose them anyway; only the
-- ends do. An end that differs was lost, or somebody changed the device. log_evidence is the logarithm of the odds of
-- such ends to those of a stranger, as if all offsets within offset_ms_max were equally likely.
WITH slipped AS (
  SELECT
    d.device_session, p.phone_session, d.steps AS device_steps, p.steps AS phone_steps,
    d.grid_start AS device_start, p.grid_start AS phone_start,
    d.grid_period_ms AS device_period, p.grid_period_ms AS phone_period,
    LEAST(d.moments, p.moments) AS moments,
    CAST(ROUND((p.grid_start - d.grid_start) / CAST(d.grid_period_ms AS DOUBLE)) AS BIGINT) + slip.steps AS late_start
  FROM grid_neighbour n
  INNER JOIN device_grid d ON d.device_session = n.device_session
  INNER JOIN phone_grid p ON p.phone_session = n.phone_session
  CROSS JOIN (
    SELECT -2 AS steps UNION ALL SELECT -1 UNION ALL SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2
  ) slip
),
overlapping AS (
  SELECT
    s.device_session, s.phone_session, s.moments, s.late_start,
    s.late_start + s.phone_steps - s.device_steps AS late_end,
    s.device_start, s.phone_start, s.device_period, s.phone_period,
    GREATEST(s.late_start, 0) AS first_step,
    LEAST(s.device_steps, s.late_start + s.phone_steps) AS last_step
  FROM slipped s
),
bounded AS (
  SELECT
    o.device_session, o.phone_session, o.late_start, o.late_end,
    LEAST(o.moments, o.last_step - o.first_step + 1) AS matches,
    o.device_start + o.first_step * o.device_period AS first_reading,
    o.device_start + o.last_step * o.device_period AS last_reading,
    o.phone_start + (o.first_step - o.late_start) * o.phone_period AS first_stamp,
    o.phone_start + (o.last_step - o.late_start) * o.phone_period AS last_stamp
  FROM overlapping o
  WHERE o.last_step - o.first_step + 1 >= :matches_min
),
lagged AS (
  SELECT
    b.device_session, b.phone_session, b.late_start, b.late_end, b.matches,
    b.first_reading, b.last_reading, b.first_stamp, b.last_stamp,
    (b.first_reading - b.first_stamp + b.last_reading - b.last_stamp) / 2.0 AS lag_ms
  FROM bounded b
  WHERE ABS(b.first_reading - b.first_stamp - b.last_reading + b.last_stamp) <= 4 * :jitter_ms
),
loss AS (
  SELECT
    l.device_loss, l.phone_loss,
    (1 - l.device_loss) * (1 - l.phone_loss) / (1e0 - l.device_loss * l.phone_loss) AS same_end
  FROM grid_loss l
),
judged AS (
  SELECT
    g.device_session, g.phone_session, g.late_start, g.matches, g.lag_ms,
    g.first_reading, g.last_reading, g.first_stamp, g.last_stamp,
    LN(GREATEST(:device_change_chance, l.same_end
      * CASE WHEN g.late_start >= 0 THEN POWER(l.phone_loss, g.late_start) ELSE POWER(l.device_loss, -g.late_start) END))
    + LN(GREATEST(:device_change_chance, l.same_end
      * CASE WHEN g.late_end >= 0 THEN POWER(l.device_loss, g.late_end) ELSE POWER(l.phone_loss, -g.late_end) END))
    - LN(s.strangers_per_ms * 2 * :offset_ms_max) AS log_evidence
  FROM lagged g
  CROSS JOIN loss l
  INNER JOIN stranger_density s ON s.phone_session = g.phone_session
  WHERE ABS(g.lag_ms) <= :offset_ms_max
)
SELECT
  ROW_NUMBER() OVER (ORDER BY j.device_session, j.phone_session, j.late_start) AS pair_id,
  j.device_session, j.phone_session, p.person,
  CAST(ROUND(j.lag_ms) AS BIGINT) AS clock_offset_ms,
  j.matches, CAST(0 AS DOUBLE) AS mean_residual_ms, j.log_evidence, 'steps' AS kind,
  CAST(FLOOR(j.first_reading) AS BIGINT) AS first_reading, CAST(CEIL(j.last_reading) AS BIGINT) AS last_reading,
  CAST(FLOOR(j.first_stamp) AS BIGINT) AS first_stamp, CAST(CEIL(j.last_stamp) AS BIGINT) AS last_stamp
FROM judged j
INNER JOIN phone_session p ON p.phone_session = j.phone_session
