-- One row: attributed sessions of phones whose clock is off that of the trainer, all attributed ones, the lower median and
-- the greatest offset (ms, without sign), and the trainer and the begin of the session with the greatest.
WITH session_offset AS (
  SELECT a.phone_session, d.serialNumber, d.first_reading, ABS(a.clock_offset_ms) AS offset_ms
  FROM accepted_pair a
  INNER JOIN device_session d ON d.device_session = a.device_session
),
ranked AS (
  SELECT
    s.offset_ms, s.serialNumber, s.first_reading,
    ROW_NUMBER() OVER (ORDER BY s.offset_ms, s.serialNumber, s.first_reading, s.phone_session) AS place,
    COUNT(*) OVER () AS sessions
  FROM session_offset s
)
SELECT
  COALESCE(SUM(CASE WHEN r.offset_ms >= :offset_noted_ms THEN 1 ELSE 0 END), 0) AS found,
  COUNT(*) AS of_sessions,
  MIN(CASE WHEN 2 * r.place BETWEEN r.sessions AND r.sessions + 1 THEN r.offset_ms END) AS median_ms,
  MAX(r.offset_ms) AS greatest_ms,
  MIN(CASE WHEN r.place = r.sessions THEN r.serialNumber END) AS example_serial,
  MIN(CASE WHEN r.place = r.sessions THEN r.first_reading END) AS first_moment
FROM ranked r
