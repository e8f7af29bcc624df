-- One row per phone session whose timestamps lie on a regular grid of time, as the steps of an exercise do.
-- The grid begins at grid_start and has a moment every grid_period_ms, steps + 1 in all, of which moments were seen: the
-- others were lost. grid_start is corrected by how far the moments stray on average, so single ones may stray.
WITH spaced AS (
  SELECT
    p.phone_session, p.first_stamp,
    CAST(ROUND((p.last_stamp - p.first_stamp) / CAST(p.period_ms AS DOUBLE)) AS BIGINT) AS steps,
    p.last_stamp - p.first_stamp AS span_ms
  FROM phone_session p
  WHERE p.is_signal = 0 AND p.stamps >= :matches_min AND p.period_ms > :signal_period_ms_max
),
moment AS (
  SELECT
    s.phone_session, s.first_stamp, s.steps,
    s.span_ms / CAST(s.steps AS DOUBLE) AS grid_period_ms,
    r.timeStamp - s.first_stamp AS since_ms
  FROM spaced s
  INNER JOIN phone_stamp r ON r.phone_session = s.phone_session
),
strayed AS (
  SELECT
    m.phone_session, m.first_stamp, m.steps, m.grid_period_ms,
    m.since_ms - ROUND(CAST(m.since_ms AS DOUBLE) / m.grid_period_ms) * m.grid_period_ms AS residual_ms
  FROM moment m
)
SELECT
  s.phone_session, s.steps, s.grid_period_ms, COUNT(*) AS moments,
  s.first_stamp + CAST(SUM(CAST(ROUND(s.residual_ms * 1000) AS BIGINT)) AS DOUBLE) / (1000 * COUNT(*)) AS grid_start
FROM strayed s
GROUP BY s.phone_session, s.first_stamp, s.steps, s.grid_period_ms
HAVING MAX(ABS(s.residual_ms)) <= 2 * :jitter_ms AND s.steps <= 2 * COUNT(*)
