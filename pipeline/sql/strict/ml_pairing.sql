-- One row per row of machine_learning_curated: who stepped, as attribution found, and whether the phone sample is theirs.
-- The table names nobody, so a sample is theirs when a trusted one of their own phone has the same values at that timestamp.
-- Both are NULL where the reading is attributed to nobody.
WITH device AS (
  SELECT d.serialNumber, d.device_number
  FROM device_session d
  GROUP BY d.serialNumber, d.device_number
),
known_person AS (
  SELECT p.person, p.person_number
  FROM phone_session p
  GROUP BY p.person, p.person_number
)
SELECT
  m.serialNumber, m.sensorReadingTime,
  k.person AS step_person,
  CASE WHEN r.person_number IS NULL THEN NULL WHEN a.person_number IS NULL THEN 0 ELSE 1 END AS same_person
FROM machine_learning_curated m
LEFT JOIN device d ON d.serialNumber = m.serialNumber
LEFT JOIN reading_person r
  ON r.device_number = d.device_number
  AND r.sensorReadingTime = m.sensorReadingTime
  AND r.distanceFromObject = m.distanceFromObject
LEFT JOIN known_person k ON k.person_number = r.person_number
LEFT JOIN trusted_sample a
  ON a.person_number = r.person_number AND a.timeStamp = m.timeStamp AND a.x = m.x AND a.y = m.y AND a.z = m.z
