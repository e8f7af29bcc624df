-- One row per reading and phone session that support each other: a reading and a timestamp that agree, once the clock
-- offset of their sessions is corrected, and each of which is the other's nearest. Where two readings are as near to one
-- timestamp, it supports neither. residual_ms is what still lies between them.
WITH aligned AS (
  SELECT
    c.device_session, c.sensorReadingTime, c.distanceFromObject, c.phone_session, c.timeStamp,
    ABS(c.lag_ms - o.clock_offset_ms) AS residual_ms
  FROM coincidence c
  INNER JOIN clock_offset o ON o.device_session = c.device_session AND o.phone_session = c.phone_session
  WHERE ABS(c.lag_ms - o.clock_offset_ms) <= :jitter_ms
),
ranked AS (
  SELECT
    a.device_session, a.sensorReadingTime, a.distanceFromObject, a.phone_session, a.timeStamp, a.residual_ms,
    ROW_NUMBER() OVER by_reading AS place_for_reading,
    ROW_NUMBER() OVER by_stamp AS place_for_stamp,
    LEAD(a.residual_ms) OVER by_stamp AS next_residual_ms
  FROM aligned a
  WINDOW
    by_reading AS (
      PARTITION BY a.device_session, a.phone_session, a.sensorReadingTime, a.distanceFromObject
      ORDER BY a.residual_ms, a.timeStamp
    ),
    by_stamp AS (
      PARTITION BY a.device_session, a.phone_session, a.timeStamp
      ORDER BY a.residual_ms
    )
)
SELECT
  r.device_session, r.sensorReadingTime, r.distanceFromObject, r.phone_session, r.timeStamp, r.residual_ms
FROM ranked r
WHERE r.place_for_reading = 1
  AND r.place_for_stamp = 1
  AND (r.next_residual_ms IS NULL OR r.next_residual_ms > r.residual_ms)
