-- One row per fate of trusted readings other than to come out once: no phone sample at their timestamp, or repeated by
-- the join for every further sample there is at it, and how many rows.
WITH reading_moment AS (
  SELECT s.sensorReadingTime, COUNT(*) AS readings
  FROM step_trainer_trusted s
  GROUP BY s.sensorReadingTime
),
sample_moment AS (
  SELECT a.timeStamp, COUNT(*) AS samples
  FROM accelerometer_trusted a
  GROUP BY a.timeStamp
),
fate AS (
  SELECT
    CASE WHEN m.timeStamp IS NULL THEN 'no-phone-sample-at-that-moment' ELSE 'repeated' END AS rule,
    CASE WHEN m.timeStamp IS NULL THEN r.readings ELSE r.readings * (m.samples - 1) END AS row_count
  FROM reading_moment r
  LEFT JOIN sample_moment m ON m.timeStamp = r.sensorReadingTime
)
SELECT f.rule, CAST(SUM(f.row_count) AS BIGINT) AS row_count
FROM fate f
GROUP BY f.rule
