-- One row per zone table and way in which its rows lack consent, and one for all tables: rows, people, the first moment.
-- Missing: the person does not consent. Early: measured before the consent counts. A step trainer reading is about the
-- person to whom it is attributed, whatever its serial number is.
WITH zone_row AS (
  SELECT 'customer_trusted' AS zone_table, LOWER(c.email) AS person, CAST(NULL AS BIGINT) AS moment
  FROM customer_trusted c
  UNION ALL
  SELECT 'customer_curated' AS zone_table, LOWER(c.email) AS person, CAST(NULL AS BIGINT) AS moment
  FROM customer_curated c
  UNION ALL
  SELECT 'accelerometer_trusted' AS zone_table, LOWER(a.user) AS person, a.timeStamp AS moment
  FROM accelerometer_trusted a
  UNION ALL
  SELECT 'step_trainer_trusted' AS zone_table, r.person, s.sensorReadingTime AS moment
  FROM step_trainer_trusted s
  INNER JOIN reading_person r
    ON r.serialNumber = s.serialNumber
    AND r.sensorReadingTime = s.sensorReadingTime
    AND r.distanceFromObject = s.distanceFromObject
  UNION ALL
  SELECT 'machine_learning_curated' AS zone_table, m.step_person AS person, m.sensorReadingTime AS moment
  FROM ml_pairing m
  WHERE m.step_person IS NOT NULL
),
faulty AS (
  SELECT
    z.zone_table, z.person,
    CASE WHEN p.person IS NULL THEN 'missing' ELSE 'early' END AS fault,
    COUNT(*) AS row_count,
    MIN(z.moment) AS first_moment
  FROM zone_row z
  LEFT JOIN person_consent p ON p.person = z.person
  WHERE p.person IS NULL OR z.moment < p.consent_from
  GROUP BY z.zone_table, z.person, CASE WHEN p.person IS NULL THEN 'missing' ELSE 'early' END
)
SELECT
  f.zone_table, f.fault, CAST(SUM(f.row_count) AS BIGINT) AS found, COUNT(*) AS people, MIN(f.first_moment) AS first_moment
FROM faulty f
GROUP BY f.zone_table, f.fault
UNION ALL
SELECT
  'all' AS zone_table, f.fault, CAST(SUM(f.row_count) AS BIGINT) AS found, COUNT(DISTINCT f.person) AS people,
  MIN(f.first_moment) AS first_moment
FROM faulty f
GROUP BY f.fault
