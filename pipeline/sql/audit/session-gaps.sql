-- One row per kind of session with holes: how many sessions have any, how many moments are missing and how many there
-- should be by the period of the session, and when the first such session began. Losses at the ends of a session cannot
-- be seen.
WITH session_span AS (
  SELECT 'trainer' AS source, d.readings AS moments, d.first_reading AS first_moment, d.last_reading AS last_moment, d.period_ms
  FROM device_session d
  UNION ALL
  SELECT 'phone' AS source, p.stamps AS moments, p.first_stamp AS first_moment, p.last_stamp AS last_moment, p.period_ms
  FROM phone_session p
),
expected AS (
  SELECT
    s.source, s.moments, s.first_moment,
    CAST(FLOOR((s.last_moment - s.first_moment) / CAST(s.period_ms AS DOUBLE) + 0.5) AS BIGINT) + 1 AS expected_moments
  FROM session_span s
  WHERE s.period_ms IS NOT NULL AND s.moments >= :matches_min
)
SELECT
  e.source,
  COUNT(*) AS sessions,
  CAST(SUM(e.expected_moments - e.moments) AS BIGINT) AS found,
  CAST(SUM(e.expected_moments) AS BIGINT) AS expected_moments,
  MIN(e.first_moment) AS first_moment
FROM expected e
WHERE e.expected_moments > e.moments
GROUP BY e.source
