-- One row per device session and phone session that could belong together: enough readings are supported, and they are
-- most of what the smaller of the two sessions has. The score counts supported readings in units of score_per_match; an
-- offset costs a little for every ms, because clocks that agree are more likely than clocks that do not.
WITH supported AS (
  SELECT c.device_session, c.phone_session, COUNT(*) AS matches, AVG(c.residual_ms) AS mean_residual_ms
  FROM claim c
  GROUP BY c.device_session, c.phone_session
)
SELECT
  s.device_session, s.phone_session, p.person, s.matches, s.mean_residual_ms, o.clock_offset_ms,
  s.matches * :score_per_match - ABS(o.clock_offset_ms) * :score_per_offset_ms AS score
FROM supported s
INNER JOIN clock_offset o ON o.device_session = s.device_session AND o.phone_session = s.phone_session
INNER JOIN device_session d ON d.device_session = s.device_session
INNER JOIN phone_session p ON p.phone_session = s.phone_session
WHERE s.matches >= :matches_min AND s.matches >= :share_min * LEAST(d.readings, p.stamps)
