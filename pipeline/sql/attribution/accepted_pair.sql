-- One row per device session and phone session that belong together: plausible, and clearly better than every rival.
-- Rivals explain the same readings by another person's phone, or the same phone timestamps by another device session, at
-- least half of those that the smaller of the two explains. Where two rivals are too close, neither is accepted.
WITH plausible_claim AS (
  SELECT
    c.device_session, c.sensorReadingTime, c.distanceFromObject, c.phone_session, c.timeStamp,
    p.person, p.matches, p.score
  FROM claim c
  INNER JOIN plausible_pair p ON p.device_session = c.device_session AND p.phone_session = c.phone_session
),
rival_phone AS (
  SELECT a.device_session, a.phone_session
  FROM plausible_claim a
  INNER JOIN plausible_claim b
    ON b.device_session = a.device_session
    AND b.sensorReadingTime = a.sensorReadingTime AND b.distanceFromObject = a.distanceFromObject
  WHERE b.person <> a.person AND b.score > a.score - :score_margin
  GROUP BY a.device_session, a.phone_session, a.matches, b.phone_session, b.matches
  HAVING 2 * COUNT(*) >= LEAST(a.matches, b.matches)
),
rival_device AS (
  SELECT a.device_session, a.phone_session
  FROM plausible_claim a
  INNER JOIN plausible_claim b ON b.phone_session = a.phone_session AND b.timeStamp = a.timeStamp
  WHERE b.device_session <> a.device_session AND b.score > a.score - :score_margin
  GROUP BY a.device_session, a.phone_session, a.matches, b.device_session, b.matches
  HAVING 2 * COUNT(*) >= LEAST(a.matches, b.matches)
)
SELECT p.device_session, p.phone_session, p.person, p.matches, p.mean_residual_ms, p.clock_offset_ms
FROM plausible_pair p
WHERE NOT EXISTS (
  SELECT 1 FROM rival_phone r WHERE r.device_session = p.device_session AND r.phone_session = p.phone_session
) AND NOT EXISTS (
  SELECT 1 FROM rival_device r WHERE r.device_session = p.device_session AND r.phone_session = p.phone_session
)
