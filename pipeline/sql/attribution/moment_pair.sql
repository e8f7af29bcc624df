-- One row per device session and phone session that could belong together by their coinciding moments: enough readings
-- are supported, and they are most of what the smaller of the two sessions has. A person may change to another device in
-- mid-session, or one device to another person: then it is enough that they are nearly all of a long stretch, from the
-- first supported reading to the last. Each supported reading is evidence: two of them weigh about a hundred to one.
WITH supported AS (
  SELECT
    c.device_session, c.phone_session,
    COUNT(*) AS matches,
    AVG(c.residual_ms) AS mean_residual_ms,
    MIN(c.sensorReadingTime) AS first_reading,
    MAX(c.sensorReadingTime) AS last_reading,
    MIN(c.timeStamp) AS first_stamp,
    MAX(c.timeStamp) AS last_stamp
  FROM claim c
  GROUP BY c.device_session, c.phone_session
  HAVING COUNT(*) >= :matches_min
),
stretch_of_device AS (
  SELECT s.device_session, s.phone_session, COUNT(*) AS readings
  FROM supported s
  INNER JOIN step_reading r ON r.device_session = s.device_session
  WHERE r.sensorReadingTime BETWEEN s.first_reading AND s.last_reading
  GROUP BY s.device_session, s.phone_session
),
stretch_of_phone AS (
  SELECT s.device_session, s.phone_session, COUNT(*) AS stamps
  FROM supported s
  INNER JOIN phone_stamp p ON p.phone_session = s.phone_session
  WHERE p.timeStamp BETWEEN s.first_stamp AND s.last_stamp
  GROUP BY s.device_session, s.phone_session
)
SELECT
  :moment_pair_ids + ROW_NUMBER() OVER (ORDER BY s.device_session, s.phone_session) AS pair_id,
  s.device_session, s.phone_session, p.person, o.clock_offset_ms, s.matches, s.mean_residual_ms,
  CAST(:evidence_per_match * (s.matches - :evidence_matches) AS DOUBLE) AS log_evidence, 'moments' AS kind,
  s.first_reading, s.last_reading, s.first_stamp, s.last_stamp
FROM supported s
INNER JOIN clock_offset o ON o.device_session = s.device_session AND o.phone_session = s.phone_session
INNER JOIN device_session d ON d.device_session = s.device_session
INNER JOIN phone_session p ON p.phone_session = s.phone_session
INNER JOIN stretch_of_device sd ON sd.device_session = s.device_session AND sd.phone_session = s.phone_session
INNER JOIN stretch_of_phone sp ON sp.device_session = s.device_session AND sp.phone_session = s.phone_session
WHERE s.matches >= :share_min * LEAST(d.readings, p.stamps)
  OR (s.matches >= :stretch_matches_min AND s.matches >= :stretch_share_min * LEAST(sd.readings, sp.stamps))
