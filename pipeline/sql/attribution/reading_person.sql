-- One row per distinct reading that is attributed: to whom, how surely, how their phone spells the address, the clock offset.
-- The numbers of the device and the person are there for those who join many rows: texts cost several times as much.
-- Where one person explains a session on a grid, or a signal, all readings of the span that both have are theirs, those
-- included whose sample was lost. Where people mix, a reading belongs to the person whose phone supports it, no worse than
-- is usual between the two, and among others that it supports: a single one may coincide by chance. One that two people's
-- phones support stays unattributed. Where one person explains most of such a session, the readings among and beside
-- theirs belong to them as well for which their phone is silent, because a sample was lost, or has a sample that only
-- just fails to support them.
WITH whole_pair AS (
  SELECT a.device_session, a.person, a.clock_offset_ms, a.posterior, a.first_reading, a.last_reading
  FROM accepted_pair a
  WHERE a.kind <> 'moments'
    AND NOT EXISTS (
      SELECT 1
      FROM accepted_pair o
      WHERE o.device_session = a.device_session AND o.pair_id <> a.pair_id
        AND o.first_reading <= a.last_reading + 2 * :tolerance_ms
        AND o.last_reading >= a.first_reading - 2 * :tolerance_ms
    )
),
moment_accepted AS (
  SELECT
    a.device_session, a.phone_session, a.person, a.clock_offset_ms, a.matches, a.mean_residual_ms, a.posterior
  FROM accepted_pair a
  WHERE a.kind = 'moments'
),
phone_gap AS (
  SELECT p.phone_session, (p.last_stamp - p.first_stamp) / CAST(p.stamps - 1 AS DOUBLE) AS mean_gap_ms
  FROM phone_session p
  WHERE p.stamps > 1
),
supported_claim AS (
  SELECT
    c.device_session, c.sensorReadingTime, c.distanceFromObject, a.person, a.clock_offset_ms, a.posterior,
    g.mean_gap_ms,
    c.sensorReadingTime - LAG(c.sensorReadingTime) OVER by_time AS since_ms,
    LEAD(c.sensorReadingTime) OVER by_time - c.sensorReadingTime AS until_ms
  FROM claim c
  INNER JOIN moment_accepted a ON a.device_session = c.device_session AND a.phone_session = c.phone_session
  INNER JOIN phone_gap g ON g.phone_session = c.phone_session
  WHERE c.residual_ms <= :residual_min_ms + :residual_spread * a.mean_residual_ms
  WINDOW by_time AS (
    PARTITION BY c.device_session, c.phone_session ORDER BY c.sensorReadingTime, c.distanceFromObject
  )
),
supported AS (
  SELECT
    c.device_session, c.sensorReadingTime, c.distanceFromObject,
    MIN(c.person) AS person,
    MAX(c.person) AS other_person,
    MIN(c.clock_offset_ms) AS clock_offset_ms,
    MIN(c.posterior) AS posterior
  FROM supported_claim c
  WHERE c.since_ms <= :beside_gaps * c.mean_gap_ms
    OR c.until_ms <= :beside_gaps * c.mean_gap_ms
    OR (c.since_ms <= :between_gaps * c.mean_gap_ms AND c.until_ms <= :between_gaps * c.mean_gap_ms)
  GROUP BY c.device_session, c.sensorReadingTime, c.distanceFromObject
),
stretch AS (
  SELECT
    s.device_session, s.person,
    MIN(s.sensorReadingTime) AS first_reading,
    MAX(s.sensorReadingTime) AS last_reading
  FROM supported s
  WHERE s.person = s.other_person
  GROUP BY s.device_session, s.person
),
sole_person AS (
  SELECT a.device_session, MIN(a.person) AS person
  FROM moment_accepted a
  INNER JOIN device_session d ON d.device_session = a.device_session
  GROUP BY a.device_session, d.readings
  HAVING MIN(a.person) = MAX(a.person) AND SUM(a.matches) >= :fill_share_min * d.readings
),
unsupported AS (
  SELECT r.device_session, r.sensorReadingTime, r.distanceFromObject, o.person
  FROM step_reading r
  INNER JOIN sole_person o ON o.device_session = r.device_session
  WHERE NOT EXISTS (
    SELECT 1
    FROM supported s
    WHERE s.device_session = r.device_session
      AND s.sensorReadingTime = r.sensorReadingTime AND s.distanceFromObject = r.distanceFromObject
  )
),
attributed AS (
  SELECT
    r.device_session, r.sensorReadingTime, r.distanceFromObject, w.person, w.clock_offset_ms, w.posterior
  FROM step_reading r
  INNER JOIN whole_pair w ON w.device_session = r.device_session
  WHERE r.sensorReadingTime BETWEEN w.first_reading - :tolerance_ms AND w.last_reading + :tolerance_ms
  UNION ALL
  SELECT s.device_session, s.sensorReadingTime, s.distanceFromObject, s.person, s.clock_offset_ms, s.posterior
  FROM supported s
  WHERE s.person = s.other_person
  UNION ALL
  SELECT
    u.device_session, u.sensorReadingTime, u.distanceFromObject, u.person,
    MIN(a.clock_offset_ms) AS clock_offset_ms, MIN(a.posterior) AS posterior
  FROM unsupported u
  INNER JOIN moment_accepted a ON a.device_session = u.device_session
  INNER JOIN phone_session p ON p.phone_session = a.phone_session
  INNER JOIN phone_gap g ON g.phone_session = a.phone_session
  INNER JOIN stretch x ON x.device_session = u.device_session AND x.person = u.person
  WHERE u.sensorReadingTime - a.clock_offset_ms BETWEEN p.first_stamp AND p.last_stamp
    AND NOT EXISTS (
      SELECT 1
      FROM phone_stamp t
      WHERE t.phone_session = a.phone_session
        AND t.timeStamp > u.sensorReadingTime - a.clock_offset_ms - :silent_gaps * g.mean_gap_ms
        AND t.timeStamp < u.sensorReadingTime - a.clock_offset_ms + :silent_gaps * g.mean_gap_ms
        AND ABS(u.sensorReadingTime - a.clock_offset_ms - t.timeStamp) > :jitter_ms
    )
    AND u.sensorReadingTime >= x.first_reading - :beside_gaps * g.mean_gap_ms
    AND u.sensorReadingTime <= x.last_reading + :beside_gaps * g.mean_gap_ms
  GROUP BY u.device_session, u.sensorReadingTime, u.distanceFromObject, u.person
),
spelling AS (
  SELECT p.person, p.person_number, MIN(p.phone_user) AS phone_user
  FROM phone_session p
  GROUP BY p.person, p.person_number
)
SELECT
  d.serialNumber, t.sensorReadingTime, t.distanceFromObject, t.person, s.phone_user, t.clock_offset_ms,
  t.posterior, t.device_session, d.device_number, s.person_number
FROM attributed t
INNER JOIN device_session d ON d.device_session = t.device_session
INNER JOIN spelling s ON s.person = t.person
