-- One row per bout and dense phone session that walked at the same time and at the same pace, in at least one slice.
-- step_ms is the mean time of one step of all bouts that agree with that phone session. strangers is how many phone
-- sessions agree with the bout, this one included.
WITH device_bucket AS (
  SELECT
    d.device_session, d.bout, d.slice, d.stride_ms,
    CAST(FLOOR(d.stride_ms / :pace_apart_ms.0) AS BIGINT) + beside.buckets AS bucket
  FROM device_pace d
  CROSS JOIN (SELECT -1 AS buckets UNION ALL SELECT 0 UNION ALL SELECT 1) beside
),
agreeing AS (
  SELECT d.device_session, d.bout, p.phone_session, SUM(d.stride_ms) AS stride_ms, COUNT(*) AS slices
  FROM device_bucket d
  INNER JOIN phone_pace p
    ON p.slice = d.slice AND CAST(FLOOR(p.stride_ms / :pace_apart_ms.0) AS BIGINT) = d.bucket
  WHERE ABS(p.stride_ms - d.stride_ms) <= :pace_apart_ms
  GROUP BY d.device_session, d.bout, p.phone_session
)
SELECT
  a.device_session, a.bout, a.phone_session,
  SUM(a.stride_ms) OVER by_pair / CAST(2 * SUM(a.slices) OVER by_pair AS DOUBLE) AS step_ms,
  COUNT(*) OVER (PARTITION BY a.device_session, a.bout) AS strangers
FROM agreeing a
WINDOW by_pair AS (PARTITION BY a.device_session, a.phone_session)
