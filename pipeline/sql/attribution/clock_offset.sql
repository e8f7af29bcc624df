-- One row per device session and phone session that coincide often: how far apart their clocks seem to be.
-- All coincidences of a true pair have nearly the same lag, those of strangers have any. Each lag is supported by the
-- coincidences around it, the more the closer they are; the lag with most support (of equals the smallest) is the offset.
WITH vote AS (
  SELECT c.device_session, c.phone_session, c.lag_ms, COUNT(*) AS votes
  FROM coincidence c
  GROUP BY c.device_session, c.phone_session, c.lag_ms
),
support AS (
  SELECT
    v.device_session, v.phone_session, v.lag_ms,
    SUM(n.votes * (:jitter_ms + 1 - ABS(n.lag_ms - v.lag_ms))) AS weight
  FROM vote v
  INNER JOIN vote n ON n.device_session = v.device_session AND n.phone_session = v.phone_session
  WHERE ABS(n.lag_ms - v.lag_ms) <= :jitter_ms
  GROUP BY v.device_session, v.phone_session, v.lag_ms
),
ranked AS (
  SELECT
    s.device_session, s.phone_session, s.lag_ms,
    ROW_NUMBER() OVER (
      PARTITION BY s.device_session, s.phone_session
      ORDER BY s.weight DESC, ABS(s.lag_ms), s.lag_ms
    ) AS place
  FROM support s
)
SELECT r.device_session, r.phone_session, r.lag_ms AS clock_offset_ms
FROM ranked r
WHERE r.place = 1
