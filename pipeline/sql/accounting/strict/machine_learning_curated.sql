-- One row per fate of trusted readings other than to come out once: without a trusted phone sample near enough, or
-- repeated by the join for every further sample at the phone timestamp; and how many rows. The rule is that of the table,
-- written for counting, and the table is not read: for each reading the last timestamp until it and the first one after
-- it, and how many samples the nearer of them has.
WITH stamp_samples AS (
  SELECT a.person_number, a.timeStamp, COUNT(*) AS samples
  FROM trusted_sample a
  GROUP BY a.person_number, a.timeStamp
),
reading AS (
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject, r.person_number,
    r.sensorReadingTime - r.clock_offset_ms AS phone_time
  FROM reading_person r
  INNER JOIN person_consent p ON p.person = r.person
  WHERE r.sensorReadingTime >= p.consent_from
),
beside AS (
  SELECT -1 AS slices UNION ALL SELECT 0 AS slices UNION ALL SELECT 1 AS slices
),
neighbour AS (
  SELECT
    r.person_number, r.phone_time,
    MAX(CASE WHEN t.timeStamp <= r.phone_time THEN t.timeStamp END) AS stamp_until,
    MIN(CASE WHEN t.timeStamp > r.phone_time THEN t.timeStamp END) AS stamp_after
  FROM reading r
  CROSS JOIN beside b
  INNER JOIN phone_stamp t
    ON t.person_number = r.person_number
    AND t.slice = CAST(FLOOR(r.phone_time / :tolerance_ms.0) AS BIGINT) + b.slices
  WHERE t.timeStamp BETWEEN r.phone_time - :tolerance_ms AND r.phone_time + :tolerance_ms
  GROUP BY r.device_session, r.sensorReadingTime, r.distanceFromObject, r.person_number, r.phone_time
),
nearest AS (
  SELECT
    n.person_number,
    CASE
      WHEN n.stamp_after IS NULL OR n.phone_time - n.stamp_until <= n.stamp_after - n.phone_time THEN n.stamp_until
      ELSE n.stamp_after
    END AS timeStamp
  FROM neighbour n
),
paired AS (
  SELECT COUNT(*) AS readings, COALESCE(SUM(s.samples), 0) AS samples
  FROM nearest n
  INNER JOIN stamp_samples s ON s.person_number = n.person_number AND s.timeStamp = n.timeStamp
)
SELECT 'no-phone-sample-within-tolerance' AS rule, (SELECT COUNT(*) FROM reading r) - p.readings AS row_count
FROM paired p
UNION ALL
SELECT 'repeated' AS rule, CAST(p.samples - p.readings AS BIGINT) AS row_count
FROM paired p
