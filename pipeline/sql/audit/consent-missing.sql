-- One row: rows of the zones about people without consent, and how many people it concerns.
-- A step trainer reading is about the person it is attributed to, whatever its serial number is.
WITH personal_row AS (
  SELECT LOWER(c.email) AS person FROM customer_trusted c
  UNION ALL
  SELECT LOWER(c.email) AS person FROM customer_curated c
  UNION ALL
  SELECT LOWER(a.user) AS person FROM accelerometer_trusted a
  UNION ALL
  SELECT r.person
  FROM step_trainer_trusted s
  INNER JOIN reading_person r
    ON r.serialNumber = s.serialNumber
    AND r.sensorReadingTime = s.sensorReadingTime
    AND r.distanceFromObject = s.distanceFromObject
  UNION ALL
  SELECT m.step_person AS person FROM ml_pairing m WHERE m.step_person IS NOT NULL
)
SELECT COUNT(*) AS found, COUNT(DISTINCT r.person) AS people
FROM personal_row r
WHERE NOT EXISTS (SELECT 1 FROM person_consent p WHERE p.person = r.person)
