-- One row per distinct step trainer reading, with the number of its session among those of its serial number.
-- Whole numbers stand for serial numbers while rows are told apart, because texts cost several times the time and memory.
-- A session ends where nothing was measured for longer than the silence. gap_ms is the time since the reading before it
-- in the session, NULL for the first.
WITH device AS (
  SELECT s.serialNumber, ROW_NUMBER() OVER (ORDER BY s.serialNumber) AS device_number
  FROM step_trainer_landing s
  GROUP BY s.serialNumber
),
reading AS (
  SELECT d.device_number, s.sensorReadingTime, s.distanceFromObject
  FROM step_trainer_landing s
  INNER JOIN device d ON d.serialNumber = s.serialNumber
  GROUP BY d.device_number, s.sensorReadingTime, s.distanceFromObject
),
spaced AS (
  SELECT
    r.device_number, r.sensorReadingTime, r.distanceFromObject,
    r.sensorReadingTime - LAG(r.sensorReadingTime) OVER (
      PARTITION BY r.device_number ORDER BY r.sensorReadingTime, r.distanceFromObject
    ) AS gap_ms
  FROM reading r
),
sessioned AS (
  SELECT
    s.device_number, s.sensorReadingTime, s.distanceFromObject,
    SUM(CASE WHEN s.gap_ms <= :silence_ms THEN 0 ELSE 1 END) OVER (
      PARTITION BY s.device_number ORDER BY s.sensorReadingTime, s.distanceFromObject ROWS UNBOUNDED PRECEDING
    ) AS session_number,
    CASE WHEN s.gap_ms <= :silence_ms THEN s.gap_ms ELSE NULL END AS gap_ms
  FROM spaced s
)
SELECT d.serialNumber, s.sensorReadingTime, s.distanceFromObject, s.session_number, s.gap_ms, s.device_number
FROM sessioned s
INNER JOIN device d ON d.device_number = s.device_number
