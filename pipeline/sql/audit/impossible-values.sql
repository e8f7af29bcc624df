-- One row per kind of impossible value in the landing tables: how many rows have one, and the smallest and the greatest of
-- these values. Dates of birth are counted only: they tell who somebody is. A date of birth is impossible when it is not
-- written YYYY-MM-DD with a month up to 12 and a day up to 31, or older than anybody.
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
  WHERE c.birthDay NOT LIKE '____-__-__'
    OR c.birthDay < '1900'
    OR SUBSTR(c.birthDay, 1, 1) NOT BETWEEN '0' AND '9'
    OR SUBSTR(c.birthDay, 2, 1) NOT BETWEEN '0' AND '9'
    OR SUBSTR(c.birthDay, 3, 1) NOT BETWEEN '0' AND '9'
    OR SUBSTR(c.birthDay, 4, 1) NOT BETWEEN '0' AND '9'
    OR SUBSTR(c.birthDay, 7, 1) NOT BETWEEN '0' AND '9'
    OR SUBSTR(c.birthDay, 10, 1) NOT BETWEEN '0' AND '9'
    OR SUBSTR(c.birthDay, 6, 2) NOT BETWEEN '01' AND '12'
    OR SUBSTR(c.birthDay, 9, 2) NOT BETWEEN '01' AND '31'
)
SELECT i.kind, COUNT(*) AS found, MIN(i.impossible_value) AS least, MAX(i.impossible_value) AS greatest
FROM impossible i
GROUP BY i.kind
