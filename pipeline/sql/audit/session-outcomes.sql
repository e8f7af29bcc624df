-- One row per outcome of device sessions: how many sessions and readings, and the first of the sessions.
WITH ranked AS (
  SELECT
    o.outcome, d.serialNumber, d.first_reading, d.readings,
    ROW_NUMBER() OVER (PARTITION BY o.outcome ORDER BY d.first_reading, d.serialNumber) AS place
  FROM session_outcome o
  INNER JOIN device_session d ON d.device_session = o.device_session
)
SELECT
  r.outcome,
  COUNT(*) AS found,
  SUM(r.readings) AS readings,
  MIN(CASE WHEN r.place = 1 THEN r.serialNumber END) AS example_serial,
  MIN(CASE WHEN r.place = 1 THEN r.first_reading END) AS first_moment
FROM ranked r
GROUP BY r.outcome
