-- One row per device session whose readings lie on a regular grid of time, as the steps of an exercise do.
-- The grid begins at grid_start and has a moment every grid_period_ms, steps + 1 in all, of which moments were seen: the
-- others were lost. grid_start is corrected by how far the moments stray on average, so single ones may stray.
WITH spaced AS (
  SELECT
    d.device_session, d.first_reading,
    CAST(ROUND((d.last_reading - d.first_reading) / CAST(d.period_ms AS DOUBLE)) AS BIGINT) AS steps,
    d.last_reading - d.first_reading AS span_ms
  FROM device_session d
  WHERE d.is_signal = 0 AND d.readings >= :matches_min AND d.period_ms > :signal_period_ms_max
),
moment AS (
  SELECT
    s.device_session, s.first_reading, s.steps,
    s.span_ms / CAST(s.steps AS DOUBLE) AS grid_period_ms,
    r.sensorReadingTime - s.first_reading AS since_ms
  FROM spaced s
  INNER JOIN step_reading r ON r.device_session = s.device_session
),
strayed AS (
  SELECT
    m.device_session, m.first_reading, m.steps, m.grid_period_ms,
    m.since_ms - ROUND(CAST(m.since_ms AS DOUBLE) / m.grid_period_ms) * m.grid_period_ms AS residual_ms
  FROM moment m
)
SELECT
  s.device_session, s.steps, s.grid_period_ms, COUNT(*) AS moments,
  s.first_reading + CAST(SUM(CAST(ROUND(s.residual_ms * 1000) AS BIGINT)) AS DOUBLE) / (1000 * COUNT(*)) AS grid_start
FROM strayed s
GROUP BY s.device_session, s.first_reading, s.steps, s.grid_period_ms
HAVING MAX(ABS(s.residual_ms)) <= 2 * :jitter_ms AND s.steps <= 2 * COUNT(*)
