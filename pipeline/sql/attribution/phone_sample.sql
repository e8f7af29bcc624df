-- One row per person and distinct phone timestamp, with the number of its session among those of the person.
-- A person is an e-mail address in lower case. A session ends where the phone sent nothing for longer than the silence.
-- gap_ms is the time since the timestamp before it in the session, NULL for the first.
WITH stamp AS (
  SELECT LOWER(a.user) AS person, MIN(a.user) AS phone_user, a.timeStamp
  FROM accelerometer_landing a
  GROUP BY LOWER(a.user), a.timeStamp
),
spaced AS (
  SELECT
    s.person, s.phone_user, s.timeStamp,
    s.timeStamp - LAG(s.timeStamp) OVER (PARTITION BY s.person ORDER BY s.timeStamp) AS gap_ms
  FROM stamp s
)
SELECT
  s.person, s.phone_user, s.timeStamp,
  SUM(CASE WHEN s.gap_ms <= :silence_ms THEN 0 ELSE 1 END) OVER (
    PARTITION BY s.person ORDER BY s.timeStamp ROWS UNBOUNDED PRECEDING
  ) AS session_number,
  CASE WHEN s.gap_ms <= :silence_ms THEN s.gap_ms ELSE NULL END AS gap_ms
FROM spaced s
