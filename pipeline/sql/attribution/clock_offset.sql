-- One row per device session and phone session that coincide often: how far apart their clocks seem to be.
-- All coincidences of a true pair have nearly the same lag, those of strangers have any. Each lag counts the coincidences
-- close to it; around the lag that has most (of equals the smallest) the mean is the offset, in whole ms.
WITH vote AS (
  SELECT c.device_session, c.phone_session, c.lag_ms, COUNT(*) AS votes
  FROM coincidence c
  GROUP BY c.device_session, c.phone_session, c.lag_ms
),
neighbourhood AS (
  SELECT
    v.device_session, v.phone_session, v.lag_ms,
    SUM(v.votes) OVER near AS near_votes,
    SUM(v.votes * v.lag_ms) OVER near AS near_lag_sum
  FROM vote v
  WINDOW near AS (
    PARTITION BY v.device_session, v.phone_session
    ORDER BY v.lag_ms RANGE BETWEEN :jitter_ms PRECEDING AND :jitter_ms FOLLOWING
  )
),
ranked AS (
  SELECT
    n.device_session, n.phone_session, n.near_votes, n.near_lag_sum,
    ROW_NUMBER() OVER (
      PARTITION BY n.device_session, n.phone_session
      ORDER BY n.near_votes DESC, ABS(n.lag_ms), n.lag_ms
    ) AS place
  FROM neighbourhood n
)
SELECT
  r.device_session, r.phone_session,
  CAST(ROUND(CAST(r.near_lag_sum AS DOUBLE) / r.near_votes) AS BIGINT) AS clock_offset_ms
FROM ranked r
WHERE r.place = 1
