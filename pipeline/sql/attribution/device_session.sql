-- One row per device session: what a serial number measured without a long silence.
-- period_ms is the lower median of the gaps in it, NULL without any. is_signal is 1 where it is a dense, even signal, whose
-- moments say little about whose it is.
WITH session AS (
  SELECT
    r.serialNumber, r.session_number,
    COUNT(*) AS readings,
    MIN(r.sensorReadingTime) AS first_reading,
    MAX(r.sensorReadingTime) AS last_reading
  FROM device_reading r
  GROUP BY r.serialNumber, r.session_number
),
gap AS (
  SELECT
    r.serialNumber, r.session_number, r.gap_ms,
    ROW_NUMBER() OVER (PARTITION BY r.serialNumber, r.session_number ORDER BY r.gap_ms) AS place,
    COUNT(*) OVER (PARTITION BY r.serialNumber, r.session_number) AS gaps
  FROM device_reading r
  WHERE r.gap_ms > 0
),
period AS (
  SELECT g.serialNumber, g.session_number, g.gap_ms AS period_ms, g.gaps
  FROM gap g
  WHERE 2 * g.place BETWEEN g.gaps AND g.gaps + 1
),
dense AS (
  SELECT g.serialNumber, g.session_number
  FROM gap g
  INNER JOIN period p ON p.serialNumber = g.serialNumber AND p.session_number = g.session_number
  WHERE p.period_ms <= :signal_period_ms_max
  GROUP BY g.serialNumber, g.session_number
  HAVING SUM(CASE WHEN 2 * g.gap_ms <= 3 * p.period_ms THEN 1 ELSE 0 END) >= :signal_even_share * COUNT(*)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY s.serialNumber, s.session_number) AS device_session,
  s.serialNumber, s.session_number, s.readings, s.first_reading, s.last_reading, p.period_ms,
  CASE WHEN s.readings >= :signal_rows_min AND e.session_number IS NOT NULL THEN 1 ELSE 0 END AS is_signal
FROM session s
LEFT JOIN period p ON p.serialNumber = s.serialNumber AND p.session_number = s.session_number
LEFT JOIN dense e ON e.serialNumber = s.serialNumber AND e.session_number = s.session_number
