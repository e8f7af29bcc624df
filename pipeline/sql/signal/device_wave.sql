-- One row per moment of a bout: how far the foot is beyond the middle of its way, and for how many ms that stands. A lost
-- reading counts as the mean of its neighbours, because each of them stands for half of the time between them. Slow devices have no waves: what they lose is too much of a swing.
WITH moment AS (
  SELECT r.device_session, r.bout, r.at_ms, MIN(r.distance_mm) AS distance_mm
  FROM signal_reading r
  INNER JOIN device_session d ON d.device_session = r.device_session
  WHERE d.period_ms <= :wave_period_ms_max
  GROUP BY r.device_session, r.bout, r.at_ms
),
middle AS (
  SELECT m.device_session, m.bout, SUM(m.distance_mm) / CAST(COUNT(*) AS DOUBLE) AS middle_mm
  FROM moment m
  GROUP BY m.device_session, m.bout
),
spaced AS (
  SELECT
    m.device_session, m.bout, m.at_ms, m.distance_mm,
    m.at_ms - LAG(m.at_ms) OVER by_time AS before_ms,
    LEAD(m.at_ms) OVER by_time - m.at_ms AS after_ms
  FROM moment m
  WINDOW by_time AS (PARTITION BY m.device_session, m.bout ORDER BY m.at_ms)
)
SELECT
  s.device_session, s.bout, s.at_ms, s.distance_mm - m.middle_mm AS beyond,
  (LEAST(s.before_ms, :wave_gap_ms_max) + LEAST(s.after_ms, :wave_gap_ms_max)) / 2e0 AS width_ms
FROM spaced s
INNER JOIN middle m ON m.device_session = s.device_session AND m.bout = s.bout
WHERE s.before_ms IS NOT NULL AND s.after_ms IS NOT NULL
