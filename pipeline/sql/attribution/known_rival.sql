-- One row per pair and rival of it, as possible_rival has them, with those of the pairs that coinciding moments tell.
-- Where people mix, rivals are pairs that explain half of the same readings, or of the same timestamps.
WITH shared_reading AS (
  SELECT a.device_session, a.phone_session, b.phone_session AS rival_phone_session, COUNT(*) AS readings
  FROM claim a
  INNER JOIN claim b
    ON b.device_session = a.device_session
    AND b.sensorReadingTime = a.sensorReadingTime AND b.distanceFromObject = a.distanceFromObject
  WHERE b.phone_session <> a.phone_session
  GROUP BY a.device_session, a.phone_session, b.phone_session
),
device_rival AS (
  SELECT m.pair_id, n.pair_id AS rival_id
  FROM shared_reading s
  INNER JOIN moment_pair m ON m.device_session = s.device_session AND m.phone_session = s.phone_session
  INNER JOIN moment_pair n ON n.device_session = s.device_session AND n.phone_session = s.rival_phone_session
  WHERE 2 * s.readings >= LEAST(m.matches, n.matches)
  UNION ALL
  SELECT m.pair_id, k.pair_id AS rival_id
  FROM moment_pair m
  INNER JOIN known_pair k ON k.device_session = m.device_session
  WHERE k.kind <> 'moments'
),
shared_stamp AS (
  SELECT m.pair_id, n.pair_id AS rival_id, 'moments' AS kind, m.matches, n.matches AS rival_matches
  FROM claim a
  INNER JOIN claim b ON b.phone_session = a.phone_session AND b.timeStamp = a.timeStamp
  INNER JOIN moment_pair m ON m.device_session = a.device_session AND m.phone_session = a.phone_session
  INNER JOIN moment_pair n ON n.device_session = b.device_session AND n.phone_session = b.phone_session
  WHERE b.device_session <> a.device_session
  UNION ALL
  SELECT m.pair_id, k.pair_id AS rival_id, k.kind, m.matches, k.matches AS rival_matches
  FROM claim a
  INNER JOIN moment_pair m ON m.device_session = a.device_session AND m.phone_session = a.phone_session
  INNER JOIN known_pair k ON k.phone_session = a.phone_session
  WHERE k.kind <> 'moments' AND a.timeStamp BETWEEN k.first_stamp - :tolerance_ms AND k.last_stamp + :tolerance_ms
),
phone_rival AS (
  SELECT s.pair_id, s.rival_id, s.kind
  FROM shared_stamp s
  GROUP BY s.pair_id, s.rival_id, s.kind, s.matches, s.rival_matches
  HAVING 2 * COUNT(*) >= LEAST(s.matches, s.rival_matches)
)
SELECT r.pair_id, r.rival_id, r.side FROM possible_rival r
UNION ALL
SELECT d.pair_id, d.rival_id, 'device' AS side FROM device_rival d
UNION ALL
SELECT d.rival_id AS pair_id, d.pair_id AS rival_id, 'device' AS side
FROM device_rival d
INNER JOIN belief_before b ON b.pair_id = d.rival_id
UNION ALL
SELECT p.pair_id, p.rival_id, 'phone' AS side FROM phone_rival p
UNION ALL
SELECT p.rival_id AS pair_id, p.pair_id AS rival_id, 'phone' AS side FROM phone_rival p WHERE p.kind <> 'moments'
