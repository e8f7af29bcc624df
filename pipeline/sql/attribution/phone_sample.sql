-- One row per person and distinct phone timestamp, with the number of its session among those of the person.
-- A person is an e-mail address in lower case. A session ends where the phone sent nothing for longer than the silence.
WITH stamp AS (
  SELECT LOWER(a.user) AS person, MIN(a.user) AS phone_user, a.timeStamp
  FROM accelerometer_landing a
  GROUP BY LOWER(a.user), a.timeStamp
),
marked AS (
  SELECT
    s.person, s.phone_user, s.timeStamp,
    CASE
      WHEN s.timeStamp - LAG(s.timeStamp) OVER (PARTITION BY s.person ORDER BY s.timeStamp) <= :silence_ms THEN 0
      ELSE 1
    END AS begins
  FROM stamp s
)
SELECT
  m.person, m.phone_user, m.timeStamp,
  SUM(m.begins) OVER (PARTITION BY m.person ORDER BY m.timeStamp ROWS UNBOUNDED PRECEDING) AS session_number
FROM marked m
