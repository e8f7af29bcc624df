-- One row per dense phone session and slice of time with enough strides: how long two steps took, as the lower median.
WITH stride AS (
  SELECT
    s.phone_session,
    CAST(FLOOR(s.at_ms / :pace_slice_ms.0) AS BIGINT) AS slice,
    s.at_ms - LAG(s.at_ms, 2) OVER (PARTITION BY s.phone_session ORDER BY s.at_ms) AS stride_ms
  FROM phone_step s
),
ranked AS (
  SELECT
    s.phone_session, s.slice, s.stride_ms,
    ROW_NUMBER() OVER (PARTITION BY s.phone_session, s.slice ORDER BY s.stride_ms) AS place,
    COUNT(*) OVER (PARTITION BY s.phone_session, s.slice) AS strides
  FROM stride s
  WHERE s.stride_ms BETWEEN :stride_ms_min AND :stride_ms_max
)
SELECT r.phone_session, r.slice, r.stride_ms, r.strides
FROM ranked r
WHERE 2 * r.place BETWEEN r.strides AND r.strides + 1 AND r.strides >= :pace_strides_min
