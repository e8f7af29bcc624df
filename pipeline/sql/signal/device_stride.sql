-- One row per stride that a dense device session shows: when the nearer foot passed the middle of its way backward.
-- The foot must swing well beyond the middle on both sides, so that somebody who stands makes no strides; the moment is
-- interpolated between the two readings around it.
WITH middle AS (
  SELECT r.device_session, r.bout, SUM(r.distance_mm) / CAST(COUNT(*) AS DOUBLE) AS middle_mm
  FROM signal_reading r
  GROUP BY r.device_session, r.bout
),
swing AS (
  SELECT r.device_session, r.bout, r.at_ms, r.distance_mm - m.middle_mm AS beyond_mm
  FROM signal_reading r
  INNER JOIN middle m ON m.device_session = r.device_session AND m.bout = r.bout
  WHERE ABS(r.distance_mm - m.middle_mm) >= :swing_mm
),
passage AS (
  SELECT
    s.device_session, s.bout, s.at_ms, s.beyond_mm,
    LAG(s.at_ms) OVER by_time AS before_ms,
    LAG(s.beyond_mm) OVER by_time AS before_mm
  FROM swing s
  WINDOW by_time AS (PARTITION BY s.device_session, s.bout ORDER BY s.at_ms, s.beyond_mm)
)
SELECT
  p.device_session, p.bout,
  CAST(ROUND(p.before_ms - (p.at_ms - p.before_ms) * p.before_mm / CAST(p.beyond_mm - p.before_mm AS DOUBLE)) AS BIGINT) AS at_ms
FROM passage p
WHERE p.before_mm < 0 AND p.beyond_mm > 0 AND p.at_ms - p.before_ms <= :crossing_ms_max
