-- One row per two samples of a dense phone session that follow each other: the smoothed strength of the acceleration
-- halfway between them, whatever way the phone lies in its pocket. The strength is the mean of a moving window by time,
-- not by rows, so that a lost sample counts as the mean of its neighbours. Times are in half ms.
WITH strength AS (
  SELECT
    p.phone_session, a.timeStamp AS at_ms,
    MIN(CAST(ROUND(1000000 * SQRT(a.x * a.x + a.y * a.y + a.z * a.z)) AS BIGINT)) AS micro_g
  FROM accelerometer_landing a
  INNER JOIN phone_session p ON p.person = LOWER(a.user) AND a.timeStamp BETWEEN p.first_stamp AND p.last_stamp
  WHERE p.is_signal = 1
  GROUP BY p.phone_session, a.timeStamp
),
beside AS (
  SELECT
    s.phone_session, s.at_ms, s.micro_g,
    LAG(s.at_ms) OVER by_time AS before_ms,
    LAG(s.micro_g) OVER by_time AS before_micro_g
  FROM strength s
  WINDOW by_time AS (PARTITION BY s.phone_session ORDER BY s.at_ms)
),
area AS (
  SELECT
    b.phone_session,
    b.at_ms + b.before_ms AS at_half_ms,
    b.at_ms - b.before_ms AS width_ms,
    (b.at_ms - b.before_ms) * (b.micro_g + b.before_micro_g) AS twice_area
  FROM beside b
  WHERE b.at_ms - b.before_ms <= :crossing_ms_max
)
SELECT
  a.phone_session, a.at_half_ms,
  SUM(a.twice_area) OVER nearby / CAST(2 * SUM(a.width_ms) OVER nearby AS DOUBLE) AS micro_g
FROM area a
WINDOW nearby AS (
  PARTITION BY a.phone_session ORDER BY a.at_half_ms
  RANGE BETWEEN :smooth_half_ms PRECEDING AND :smooth_half_ms FOLLOWING
)
