-- One row per device session: what a serial number measured without a long silence.
-- period_ms is the lower median of the gaps in it, NULL without any. is_signal is 1 where it is a dense, even signal, whose
-- moments say little about whose it is.
WITH session AS (
  SELECT
    r.device_number, r.session_number,
    MIN(r.serialNumber) AS serialNumber,
    COUNT(*) AS readings,
    MIN(r.sensorReadingTime) AS first_reading,
    MAX(r.sensorReadingTime) AS last_reading
  FROM device_reading r
  GROUP BY r.device_number, r.session_number
),
gap AS (
  SELECT
    r.device_number, r.session_number, r.gap_ms,
    ROW_NUMBER() OVER (PARTITION BY r.device_number, r.session_number ORDER BY r.gap_ms) AS place,
    COUNT(*) OVER (PARTITION BY r.device_number, r.session_number) AS gaps
  FROM device_reading r
  WHERE r.gap_ms > 0
),
period AS (
  SELECT g.device_number, g.session_number, g.gap_ms AS period_ms, g.gaps
  FROM gap g
  WHERE 2 * g.place BETWEEN g.gaps AND g.gaps + 1
),
dense AS (
  SELECT r.device_number, r.session_number
  FROM device_reading r
  INNER JOIN period p ON p.device_number = r.device_number AND p.session_number = r.session_number
  WHERE r.gap_ms > 0 AND p.period_ms <= :signal_period_ms_max
  GROUP BY r.device_number, r.session_number
  HAVING SUM(CASE WHEN 2 * r.gap_ms <= 3 * p.period_ms THEN 1 ELSE 0 END) >= :signal_even_share * COUNT(*)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY s.device_number, s.session_number) AS device_session,
  s.serialNumber, s.session_number, s.readings, s.first_reading, s.last_reading, p.period_ms,
  CASE WHEN s.readings >= :signal_rows_min AND e.session_number IS NOT NULL THEN 1 ELSE 0 END AS is_signal,
  s.device_number
FROM session s
LEFT JOIN period p ON p.device_number = s.device_number AND p.session_number = s.session_number
LEFT JOIN dense e ON e.device_number = s.device_number AND e.session_number = s.session_number
