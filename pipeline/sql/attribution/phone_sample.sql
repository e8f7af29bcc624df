-- One row per person and distinct phone timestamp, with the number of its session among those of the person.
-- A person is an e-mail address in lower case; whole numbers stand for people while rows are told apart, because texts cost
-- several times the time and memory. A session ends where the phone sent nothing for longer than the silence. gap_ms is the
-- time since the timestamp before it in the session, NULL for the first.
WITH spelling AS (
  SELECT a.user AS phone_user, LOWER(a.user) AS person
  FROM accelerometer_landing a
  GROUP BY a.user
),
numbered AS (
  SELECT s.phone_user, s.person, DENSE_RANK() OVER (ORDER BY s.person) AS person_number
  FROM spelling s
),
stamp AS (
  SELECT n.person_number, a.timeStamp
  FROM accelerometer_landing a
  INNER JOIN numbered n ON n.phone_user = a.user
  GROUP BY n.person_number, a.timeStamp
),
spaced AS (
  SELECT
    s.person_number, s.timeStamp,
    s.timeStamp - LAG(s.timeStamp) OVER (PARTITION BY s.person_number ORDER BY s.timeStamp) AS gap_ms
  FROM stamp s
),
sessioned AS (
  SELECT
    s.person_number, s.timeStamp,
    SUM(CASE WHEN s.gap_ms <= :silence_ms THEN 0 ELSE 1 END) OVER (
      PARTITION BY s.person_number ORDER BY s.timeStamp ROWS UNBOUNDED PRECEDING
    ) AS session_number,
    CASE WHEN s.gap_ms <= :silence_ms THEN s.gap_ms ELSE NULL END AS gap_ms
  FROM spaced s
),
known_person AS (
  SELECT n.person_number, n.person, MIN(n.phone_user) AS phone_user
  FROM numbered n
  GROUP BY n.person_number, n.person
)
SELECT k.person, k.phone_user, s.timeStamp, s.session_number, s.gap_ms, s.person_number
FROM sessioned s
INNER JOIN known_person k ON k.person_number = s.person_number
