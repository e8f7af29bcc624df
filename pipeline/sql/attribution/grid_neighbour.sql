-- One row per device session and phone session on grids of nearly the same period that begin, or that end, about the same
-- time. Whoever is compared is found by equality of slices: two slices of time and of period hold everything near enough.
WITH device_end AS (
  SELECT g.device_session, 1 AS is_start, g.grid_start AS end_ms, g.grid_period_ms
  FROM device_grid g
  UNION ALL
  SELECT g.device_session, 0 AS is_start, g.grid_start + g.steps * g.grid_period_ms AS end_ms, g.grid_period_ms
  FROM device_grid g
),
phone_end AS (
  SELECT g.phone_session, 1 AS is_start, g.grid_start AS end_ms, g.grid_period_ms
  FROM phone_grid g
  UNION ALL
  SELECT g.phone_session, 0 AS is_start, g.grid_start + g.steps * g.grid_period_ms AS end_ms, g.grid_period_ms
  FROM phone_grid g
),
device_cell AS (
  SELECT
    e.device_session, e.is_start,
    CAST(FLOOR(e.end_ms / (2e0 * :ends_ms_max)) AS BIGINT) AS end_slice,
    CAST(FLOOR(e.grid_period_ms / :period_slice_ms.0) AS BIGINT) AS period_slice
  FROM device_end e
),
side AS (
  SELECT -1 AS sign UNION ALL SELECT 1
),
phone_cell AS (
  SELECT DISTINCT
    e.phone_session, e.is_start,
    CAST(FLOOR((e.end_ms + t.sign * :ends_ms_max) / (2e0 * :ends_ms_max)) AS BIGINT) AS end_slice,
    CAST(FLOOR((e.grid_period_ms + p.sign * :period_ms_max) / :period_slice_ms.0) AS BIGINT) AS period_slice
  FROM phone_end e
  CROSS JOIN side t
  CROSS JOIN side p
)
SELECT DISTINCT d.device_session, p.phone_session
FROM device_cell d
INNER JOIN phone_cell p
  ON p.is_start = d.is_start AND p.end_slice = d.end_slice AND p.period_slice = d.period_slice
