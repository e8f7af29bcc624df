-- One row per device session: what a serial number measured without a long silence.
SELECT
  ROW_NUMBER() OVER (ORDER BY r.serialNumber, r.session_number) AS device_session,
  r.serialNumber, r.session_number,
  COUNT(*) AS readings
FROM device_reading r
GROUP BY r.serialNumber, r.session_number
