-- One row per fate of trusted readings other than to come out once: without a trusted phone sample near enough, or
-- repeated by the join for every further sample at the phone timestamp; and how many rows.
WITH paired_reading AS (
  SELECT m.serialNumber, m.sensorReadingTime, m.distanceFromObject
  FROM machine_learning_curated m
  GROUP BY m.serialNumber, m.sensorReadingTime, m.distanceFromObject
),
paired AS (
  SELECT COUNT(*) AS readings
  FROM paired_reading r
)
SELECT 'no-phone-sample-within-tolerance' AS rule, (SELECT COUNT(*) FROM step_trainer_trusted s) - p.readings AS row_count
FROM paired p
UNION ALL
SELECT 'repeated' AS rule, (SELECT COUNT(*) FROM machine_learning_curated m) - p.readings AS row_count
FROM paired p
