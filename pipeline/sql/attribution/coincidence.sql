-- One row per reading and phone timestamp that coincide, of sessions that coincide often, one of which is on no grid:
-- several people mix in it, or somebody changed the device. They coincide within the tolerance, once the phone's clock is
-- corrected by what is known of it. lag_ms is how much later the reading is, uncorrected. What lies within the tolerance
-- is in the same slice of time, or in one beside it. Strangers coincide now and then; only sessions with enough
-- coincidences to belong together remain.
WITH reading AS (
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject, r.slice,
    CASE WHEN g.device_session IS NULL THEN 0 ELSE 1 END AS is_on_grid
  FROM step_reading r
  INNER JOIN device_session d ON d.device_session = r.device_session
  LEFT JOIN device_grid g ON g.device_session = r.device_session
  WHERE d.is_signal = 0
),
stamp AS (
  SELECT
    t.phone_session, t.timeStamp,
    t.timeStamp + COALESCE(c.clock_offset_ms, 0) AS device_time,
    CAST(FLOOR((t.timeStamp + COALESCE(c.clock_offset_ms, 0)) / :tolerance_ms.0) AS BIGINT) AS slice,
    CASE WHEN g.phone_session IS NULL THEN 0 ELSE 1 END AS is_on_grid
  FROM phone_stamp t
  INNER JOIN phone_session p ON p.phone_session = t.phone_session
  LEFT JOIN phone_grid g ON g.phone_session = t.phone_session
  LEFT JOIN phone_clock c ON c.person = p.person
  WHERE p.is_signal = 0
),
beside AS (
  SELECT -1 AS slices UNION ALL SELECT 0 UNION ALL SELECT 1
),
-- Sessions on no grid are few, so it is their moments that are looked for in three slices.
mixed_reading AS (
  SELECT r.device_session, r.sensorReadingTime, r.distanceFromObject, r.slice + b.slices AS slice
  FROM reading r
  CROSS JOIN beside b
  WHERE r.is_on_grid = 0
),
mixed_stamp AS (
  SELECT s.phone_session, s.timeStamp, s.device_time, s.slice + b.slices AS slice
  FROM stamp s
  CROSS JOIN beside b
  WHERE s.is_on_grid = 0
),
near_stamp AS (
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject, s.phone_session, s.timeStamp,
    r.sensorReadingTime - s.timeStamp AS lag_ms
  FROM mixed_reading r
  INNER JOIN stamp s ON s.slice = r.slice
  WHERE ABS(r.sensorReadingTime - s.device_time) <= :tolerance_ms
  UNION ALL
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject, s.phone_session, s.timeStamp,
    r.sensorReadingTime - s.timeStamp AS lag_ms
  FROM reading r
  INNER JOIN mixed_stamp s ON s.slice = r.slice
  WHERE r.is_on_grid = 1 AND ABS(r.sensorReadingTime - s.device_time) <= :tolerance_ms
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
