-- One row per distinct step trainer reading, with its device session and its slice of time.
SELECT
  d.device_session, r.serialNumber, r.sensorReadingTime, r.distanceFromObject,
  CAST(FLOOR(r.sensorReadingTime / :tolerance_ms.0) AS BIGINT) AS slice
FROM device_reading r
INNER JOIN device_session d ON d.device_number = r.device_number AND d.session_number = r.session_number
