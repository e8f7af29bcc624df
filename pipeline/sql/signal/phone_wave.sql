-- One row per moment of a dense phone session: how far the strength of the acceleration is beyond its mean, whatever way the
-- phone lies in its pocket, and for how many ms that stands. A lost sample counts as the mean of its neighbours, because
-- each of them stands for half of the time between them.
WITH moment AS (
  SELECT
    p.phone_session, a.timeStamp AS at_ms,
    MIN(CAST(ROUND(1000000 * SQRT(a.x * a.x + a.y * a.y + a.z * a.z)) AS BIGINT)) AS micro_g
  FROM accelerometer_landing a
  INNER JOIN phone_session p ON p.person = LOWER(a.user) AND a.timeStamp BETWEEN p.first_stamp AND p.last_stamp
  WHERE p.is_signal = 1
  GROUP BY p.phone_session, a.timeStamp
),
middle AS (
  SELECT m.phone_session, SUM(m.micro_g) / CAST(COUNT(*) AS DOUBLE) AS middle_micro_g
  FROM moment m
  GROUP BY m.phone_session
),
spaced AS (
  SELECT
    m.phone_session, m.at_ms, m.micro_g,
    m.at_ms - LAG(m.at_ms) OVER by_time AS before_ms,
    LEAD(m.at_ms) OVER by_time - m.at_ms AS after_ms
  FROM moment m
  WINDOW by_time AS (PARTITION BY m.phone_session ORDER BY m.at_ms)
)
SELECT
  s.phone_session, s.at_ms, s.micro_g - m.middle_micro_g AS beyond,
  (LEAST(s.before_ms, :wave_gap_ms_max) + LEAST(s.after_ms, :wave_gap_ms_max)) / 2e0 AS width_ms
FROM spaced s
INNER JOIN middle m ON m.phone_session = s.phone_session
WHERE s.before_ms IS NOT NULL AND s.after_ms IS NOT NULL
