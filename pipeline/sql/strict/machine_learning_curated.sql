-- One row per trusted reading and distinct phone sample of the same person at the one phone timestamp nearest to it.
-- Nearest means after correction of the clock offset, within the tolerance; of two at the same distance the earlier counts.
WITH step AS (
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject, r.person_number,
    r.sensorReadingTime - r.clock_offset_ms AS phone_time
  FROM reading_person r
  INNER JOIN person_consent p ON p.person = r.person
  WHERE r.sensorReadingTime >= p.consent_from
),
-- A stamp within the tolerance lies in the same slice of time or in one beside it.
step_slice AS (
  SELECT
    s.device_session, s.sensorReadingTime, s.distanceFromObject, s.person_number, s.phone_time,
    CAST(FLOOR(s.phone_time / :tolerance_ms.0) AS BIGINT) + beside.slices AS slice
  FROM step s
  CROSS JOIN (SELECT -1 AS slices UNION ALL SELECT 0 UNION ALL SELECT 1) beside
),
ranked_stamp AS (
  SELECT
    s.device_session, s.sensorReadingTime, s.distanceFromObject, s.person_number, p.timeStamp,
    ROW_NUMBER() OVER (
      PARTITION BY s.device_session, s.sensorReadingTime, s.distanceFromObject
      ORDER BY ABS(p.timeStamp - s.phone_time), p.timeStamp
    ) AS nearness
  FROM step_slice s
  INNER JOIN phone_stamp p ON p.person_number = s.person_number AND p.slice = s.slice
  WHERE ABS(p.timeStamp - s.phone_time) <= :tolerance_ms
)
SELECT n.sensorReadingTime, d.serialNumber, n.distanceFromObject, a.timeStamp, a.x, a.y, a.z
FROM ranked_stamp n
INNER JOIN trusted_sample a ON a.person_number = n.person_number AND a.timeStamp = n.timeStamp
INNER JOIN device_session d ON d.device_session = n.device_session
WHERE n.nearness = 1
