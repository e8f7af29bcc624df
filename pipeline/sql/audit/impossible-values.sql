-- One row per kind of impossible value in the landing tables: how many rows have one, and the smallest and the greatest of
-- these values. Dates of birth are counted only: they tell who somebody is. A date of birth that is no date, or older than
-- anybody, is impossible.
WITH impossible AS (
  SELECT 'time' AS kind, CAST(a.timeStamp AS DOUBLE) AS impossible_value
  FROM accelerometer_landing a
  WHERE a.timeStamp < :time_min_ms OR a.timeStamp > :time_max_ms
  UNION ALL
  SELECT 'time' AS kind, CAST(s.sensorReadingTime AS DOUBLE) AS impossible_value
  FROM step_trainer_landing s
  WHERE s.sensorReadingTime < :time_min_ms OR s.sensorReadingTime > :time_max_ms
  UNION ALL
  SELECT 'acceleration' AS kind, GREATEST(ABS(a.x), ABS(a.y), ABS(a.z)) AS impossible_value
  FROM accelerometer_landing a
  WHERE GREATEST(ABS(a.x), ABS(a.y), ABS(a.z)) > :acceleration_max
  UNION ALL
  SELECT 'distance' AS kind, CAST(s.distanceFromObject AS DOUBLE) AS impossible_value
  FROM step_trainer_landing s
  WHERE s.distanceFromObject < 0 OR s.distanceFromObject > :distance_max
  UNION ALL
  SELECT 'update' AS kind, CAST(c.lastUpdateDate - c.registrationDate AS DOUBLE) AS impossible_value
  FROM customer_landing c
  WHERE c.lastUpdateDate < c.registrationDate
  UNION ALL
  SELECT 'birthday' AS kind, CAST(0 AS DOUBLE) AS impossible_value
  FROM customer_landing c
  WHERE c.birthDay NOT LIKE '____-__-__' OR c.birthDay < '1900'
)
SELECT i.kind, COUNT(*) AS found, MIN(i.impossible_value) AS least, MAX(i.impossible_value) AS greatest
FROM impossible i
GROUP BY i.kind
