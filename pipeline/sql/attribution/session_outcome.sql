-- One row per device session: attributed to somebody, ambiguous where it probably is somebody's but nobody knows whose,
-- or unattributed, with the posterior of its likeliest pair.
WITH likely AS (
  SELECT
    b.device_session, MAX(b.posterior) AS posterior,
    SUM(CAST(ROUND(b.posterior * 1000000) AS BIGINT)) AS belief
  FROM belief_before b
  GROUP BY b.device_session
),
attributed AS (
  SELECT a.device_session, MAX(a.posterior) AS posterior
  FROM accepted_pair a
  GROUP BY a.device_session
)
SELECT
  d.device_session,
  CASE
    WHEN a.device_session IS NOT NULL THEN 'attributed'
    WHEN l.belief >= 500000 THEN 'ambiguous'
    ELSE 'unattributed'
  END AS outcome,
  COALESCE(a.posterior, l.posterior, 0) AS posterior
FROM device_session d
LEFT JOIN likely l ON l.device_session = d.device_session
LEFT JOIN attributed a ON a.device_session = d.device_session
