-- One row per person and distinct trusted phone sample, with the number of the person, for those who join many rows: texts
-- cost several times as much. Samples of people without a session on record are not there: nothing can be paired with them.
WITH known_person AS (
  SELECT p.person, p.person_number
  FROM phone_session p
  GROUP BY p.person, p.person_number
),
spelling AS (
  SELECT a.user AS phone_user, LOWER(a.user) AS person
  FROM accelerometer_trusted a
  GROUP BY a.user
),
numbered AS (
  SELECT s.phone_user, k.person_number, COUNT(*) OVER (PARTITION BY k.person_number) AS spellings
  FROM spelling s
  INNER JOIN known_person k ON k.person = s.person
)
SELECT n.person_number, a.timeStamp, a.x, a.y, a.z
FROM accelerometer_trusted a
INNER JOIN numbered n ON n.phone_user = a.user
WHERE n.spellings = 1
UNION ALL
-- Trusted samples are distinct, but for people whose phones spell their address in two ways.
SELECT DISTINCT n.person_number, a.timeStamp, a.x, a.y, a.z
FROM accelerometer_trusted a
INNER JOIN numbered n ON n.phone_user = a.user
WHERE n.spellings > 1
