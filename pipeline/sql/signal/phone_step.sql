-- One row per step that a dense phone session shows: when the strength of the acceleration rose through its mean.
-- It must swing well beyond the mean on both sides, so that somebody who stands makes no steps; the moment is
-- interpolated between the two samples around it.
WITH middle AS (
  SELECT b.phone_session, SUM(CAST(ROUND(b.micro_g) AS BIGINT)) / CAST(COUNT(*) AS DOUBLE) AS middle_micro_g
  FROM phone_bounce b
  GROUP BY b.phone_session
),
swing AS (
  SELECT b.phone_session, b.at_half_ms, b.micro_g - m.middle_micro_g AS beyond_micro_g
  FROM phone_bounce b
  INNER JOIN middle m ON m.phone_session = b.phone_session
  WHERE ABS(b.micro_g - m.middle_micro_g) >= :bounce_micro_g
),
passage AS (
  SELECT
    s.phone_session, s.at_half_ms, s.beyond_micro_g,
    LAG(s.at_half_ms) OVER by_time AS before_half_ms,
    LAG(s.beyond_micro_g) OVER by_time AS before_micro_g
  FROM swing s
  WINDOW by_time AS (PARTITION BY s.phone_session ORDER BY s.at_half_ms)
)
SELECT
  p.phone_session,
  CAST(ROUND((
    p.before_half_ms
    - (p.at_half_ms - p.before_half_ms) * p.before_micro_g / CAST(p.beyond_micro_g - p.before_micro_g AS DOUBLE)
  ) / 2.0) AS BIGINT) AS at_ms
FROM passage p
WHERE p.before_micro_g < 0 AND p.beyond_micro_g > 0 AND p.at_half_ms - p.before_half_ms <= 2 * :crossing_ms_max
