-- One row per phone session on a grid: how many strangers with a grid of that shape begin per ms about then.
-- People come in crowds, so it is the greater of two counts: those of the half minute around, and those of the hour; the
-- session itself is not a stranger. Of these, so many have that shape as have it in all the data,
-- if a few more shapes are thought of than were seen.
WITH shape AS (
  SELECT
    g.phone_session, g.steps,
    CAST(FLOOR(g.grid_period_ms / :period_slice_ms.0) AS BIGINT) AS period_slice,
    CAST(FLOOR(g.grid_start / :crowd_ms.0) AS BIGINT) AS crowd_slice,
    CAST(FLOOR(g.grid_start / :hour_ms.0) AS BIGINT) AS hour_slice
  FROM phone_grid g
),
beside AS (
  SELECT -1 AS slices UNION ALL SELECT 0 UNION ALL SELECT 1
),
alike AS (
  SELECT s.steps, s.period_slice + b.slices AS period_slice, COUNT(*) AS sessions
  FROM shape s
  CROSS JOIN beside b
  GROUP BY s.steps, s.period_slice + b.slices
),
crowd AS (
  SELECT s.crowd_slice + b.slices AS crowd_slice, COUNT(*) AS sessions
  FROM shape s
  CROSS JOIN beside b
  GROUP BY s.crowd_slice + b.slices
),
busy_hour AS (
  SELECT s.hour_slice, COUNT(*) AS sessions
  FROM shape s
  GROUP BY s.hour_slice
),
everybody AS (
  SELECT COUNT(*) AS sessions
  FROM shape s
)
SELECT
  s.phone_session,
  GREATEST(CAST(c.sessions - 1 AS DOUBLE) / (3 * :crowd_ms), (CAST(h.sessions AS DOUBLE) - 0.5) / CAST(:hour_ms AS DOUBLE))
    * a.sessions / CAST(e.sessions + :shapes AS DOUBLE) AS strangers_per_ms
FROM shape s
INNER JOIN alike a ON a.steps = s.steps AND a.period_slice = s.period_slice
INNER JOIN crowd c ON c.crowd_slice = s.crowd_slice
INNER JOIN busy_hour h ON h.hour_slice = s.hour_slice
CROSS JOIN everybody e
