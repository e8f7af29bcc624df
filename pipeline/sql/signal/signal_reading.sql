-- One row per reading of a dense device session while somebody stands on the device, with the number of their bout.
-- A bout ends where nobody was seen for longer than the absence, whether the device said so or said nothing.
WITH present AS (
  SELECT d.device_session, r.sensorReadingTime AS at_ms, r.distanceFromObject AS distance_mm
  FROM device_reading r
  INNER JOIN device_session d ON d.serialNumber = r.serialNumber AND d.session_number = r.session_number
  WHERE d.is_signal = 1 AND r.distanceFromObject < :sensor_range_mm
),
spaced AS (
  SELECT
    p.device_session, p.at_ms, p.distance_mm,
    p.at_ms - LAG(p.at_ms) OVER (PARTITION BY p.device_session ORDER BY p.at_ms, p.distance_mm) AS gap_ms
  FROM present p
)
SELECT
  s.device_session, s.at_ms, s.distance_mm,
  SUM(CASE WHEN s.gap_ms <= :absence_ms THEN 0 ELSE 1 END) OVER (
    PARTITION BY s.device_session ORDER BY s.at_ms, s.distance_mm ROWS UNBOUNDED PRECEDING
  ) AS bout
FROM spaced s
