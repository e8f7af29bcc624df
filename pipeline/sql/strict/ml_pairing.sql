-- One row per row of machine_learning_curated: who stepped, as attribution found, and whether the phone sample is theirs.
-- The table names nobody, so a sample is theirs when a trusted one of their own phone has the same values at that timestamp.
-- Both are NULL where the reading is attributed to nobody.
WITH sample AS (
  SELECT DISTINCT LOWER(a.user) AS person, a.timeStamp, a.x, a.y, a.z
  FROM accelerometer_trusted a
)
SELECT
  m.serialNumber, m.sensorReadingTime,
  r.person AS step_person,
  CASE WHEN r.person IS NULL THEN NULL WHEN a.person IS NULL THEN 0 ELSE 1 END AS same_person
FROM machine_learning_curated m
LEFT JOIN reading_person r
  ON r.serialNumber = m.serialNumber
  AND r.sensorReadingTime = m.sensorReadingTime
  AND r.distanceFromObject = m.distanceFromObject
LEFT JOIN sample a
  ON a.person = r.person AND a.timeStamp = m.timeStamp AND a.x = m.x AND a.y = m.y AND a.z = m.z
