-- One row per bout and slice of time with enough strides: how long a stride of it took, as the lower median.
WITH stride AS (
  SELECT
    s.device_session, s.bout,
    CAST(FLOOR(s.at_ms / :pace_slice_ms.0) AS BIGINT) AS slice,
    s.at_ms - LAG(s.at_ms) OVER (PARTITION BY s.device_session, s.bout ORDER BY s.at_ms) AS stride_ms
  FROM device_stride s
),
ranked AS (
  SELECT
    s.device_session, s.bout, s.slice, s.stride_ms,
    ROW_NUMBER() OVER (PARTITION BY s.device_session, s.bout, s.slice ORDER BY s.stride_ms) AS place,
    COUNT(*) OVER (PARTITION BY s.device_session, s.bout, s.slice) AS strides
  FROM stride s
  WHERE s.stride_ms BETWEEN :stride_ms_min AND :stride_ms_max
)
SELECT r.device_session, r.bout, r.slice, r.stride_ms, r.strides
FROM ranked r
WHERE 2 * r.place BETWEEN r.strides AND r.strides + 1 AND r.strides >= :pace_strides_min
