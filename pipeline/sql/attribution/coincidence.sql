-- One row per reading and phone timestamp within the tolerance of each other, of sessions that coincide often.
-- lag_ms is how much later the reading is. What lies within the tolerance is in the same slice of time, or in one beside
-- it. Sessions of strangers coincide now and then; only those remain that have enough coincidences to belong together.
WITH reading_slice AS (
  SELECT r.device_session, r.sensorReadingTime, r.distanceFromObject, r.slice + beside.slices AS slice
  FROM step_reading r
  CROSS JOIN (SELECT -1 AS slices UNION ALL SELECT 0 UNION ALL SELECT 1) beside
),
near_stamp AS (
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject,
    p.phone_session, p.timeStamp,
    r.sensorReadingTime - p.timeStamp AS lag_ms
  FROM reading_slice r
  INNER JOIN phone_stamp p ON p.slice = r.slice
  WHERE ABS(r.sensorReadingTime - p.timeStamp) <= :tolerance_ms
),
frequent AS (
  SELECT n.device_session, n.phone_session
  FROM near_stamp n
  GROUP BY n.device_session, n.phone_session
  HAVING COUNT(*) >= :matches_min
)
SELECT n.device_session, n.sensorReadingTime, n.distanceFromObject, n.phone_session, n.timeStamp, n.lag_ms
FROM near_stamp n
INNER JOIN frequent f ON f.device_session = n.device_session AND f.phone_session = n.phone_session
