-- One row per distinct step trainer reading, with the number of its session among those of its serial number.
-- A session ends where nothing was measured for longer than the silence. gap_ms is the time since the reading before it
-- in the session, NULL for the first.
WITH reading AS (
  SELECT DISTINCT s.serialNumber, s.sensorReadingTime, s.distanceFromObject
  FROM step_trainer_landing s
),
spaced AS (
  SELECT
    r.serialNumber, r.sensorReadingTime, r.distanceFromObject,
    r.sensorReadingTime - LAG(r.sensorReadingTime) OVER (
      PARTITION BY r.serialNumber ORDER BY r.sensorReadingTime, r.distanceFromObject
    ) AS gap_ms
  FROM reading r
)
SELECT
  s.serialNumber, s.sensorReadingTime, s.distanceFromObject,
  SUM(CASE WHEN s.gap_ms <= :silence_ms THEN 0 ELSE 1 END) OVER (
    PARTITION BY s.serialNumber ORDER BY s.sensorReadingTime, s.distanceFromObject ROWS UNBOUNDED PRECEDING
  ) AS session_number,
  CASE WHEN s.gap_ms <= :silence_ms THEN s.gap_ms ELSE NULL END AS gap_ms
FROM spaced s
