-- One row per row of machine_learning_curated: who stepped, as attribution found, and whether the phone sample is theirs.
-- Both are NULL where the reading is attributed to nobody.
SELECT
  m.serialNumber, m.sensorReadingTime,
  r.person AS step_person,
  CASE WHEN r.person IS NULL THEN NULL WHEN r.person = LOWER(m.user) THEN 1 ELSE 0 END AS same_person
FROM machine_learning_curated m
LEFT JOIN reading_person r
  ON r.serialNumber = m.serialNumber
  AND r.sensorReadingTime = m.sensorReadingTime
  AND r.distanceFromObject = m.distanceFromObject
