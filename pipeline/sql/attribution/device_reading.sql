-- One row per distinct step trainer reading, with the number of its session among those of its serial number.
-- A session ends where nothing was measured for longer than the silence.
WITH reading AS (
  SELECT DISTINCT s.serialNumber, s.sensorReadingTime, s.distanceFromObject
  FROM step_trainer_landing s
),
marked AS (
  SELECT
    r.serialNumber, r.sensorReadingTime, r.distanceFromObject,
    CASE
      WHEN r.sensorReadingTime - LAG(r.sensorReadingTime) OVER (
        PARTITION BY r.serialNumber ORDER BY r.sensorReadingTime, r.distanceFromObject
      ) <= :silence_ms THEN 0
      ELSE 1
    END AS begins
  FROM reading r
)
SELECT
  m.serialNumber, m.sensorReadingTime, m.distanceFromObject,
  SUM(m.begins) OVER (
    PARTITION BY m.serialNumber ORDER BY m.sensorReadingTime, m.distanceFromObject ROWS UNBOUNDED PRECEDING
  ) AS session_number
FROM marked m
