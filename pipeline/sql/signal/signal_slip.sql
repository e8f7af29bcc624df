-- One row per candidate and slip: how well the strides of a bout agree with the steps of a phone session, when the clocks
-- are moved so that a stride meets the step that is so many steps beside. Steps are nearly regular: each slip agrees a
-- little, and only the right one well, because the pace of a walk wanders. centre_ms is the median lag of the device;
-- near, near_ms and near_square sum up the steps near it, apart_ms their distances. score is the logarithm, in
-- thousandths, of how much likelier the lags are for one walk than for steps at any time.
WITH stride AS (
  SELECT
    c.device_session, c.bout, c.phone_session, c.step_ms, s.at_ms,
    CAST(FLOOR(s.at_ms / :event_apart_ms.0) AS BIGINT) + beside.slices AS slice
  FROM signal_candidate c
  INNER JOIN device_stride s ON s.device_session = c.device_session AND s.bout = c.bout
  CROSS JOIN (SELECT -1 AS slices UNION ALL SELECT 0 UNION ALL SELECT 1) beside
),
lag_of_step AS (
  SELECT s.device_session, s.bout, s.phone_session, s.step_ms, s.at_ms, s.at_ms - p.at_ms AS lag_ms
  FROM stride s
  INNER JOIN phone_step p
    ON p.phone_session = s.phone_session AND CAST(FLOOR(p.at_ms / :event_apart_ms.0) AS BIGINT) = s.slice
  WHERE ABS(s.at_ms - p.at_ms) <= :event_apart_ms
),
phase AS (
  SELECT
    l.device_session, l.phone_session,
    ATAN2(
      SUM(CAST(ROUND(1000 * SIN(2 * PI() * l.lag_ms / CAST(l.step_ms AS DOUBLE))) AS BIGINT)),
      SUM(CAST(ROUND(1000 * COS(2 * PI() * l.lag_ms / CAST(l.step_ms AS DOUBLE))) AS BIGINT))
    ) / CAST(2 * PI() AS DOUBLE) AS steps
  FROM lag_of_step l
  GROUP BY l.device_session, l.phone_session
),
slipped AS (
  SELECT
    l.device_session, l.bout, l.phone_session, l.step_ms, l.at_ms, l.lag_ms,
    CAST(ROUND(l.lag_ms / CAST(l.step_ms AS DOUBLE) - p.steps) AS BIGINT) AS slip
  FROM lag_of_step l
  INNER JOIN phase p ON p.device_session = l.device_session AND p.phone_session = l.phone_session
),
ranked AS (
  SELECT
    s.device_session, s.bout, s.phone_session, s.step_ms, s.slip, s.lag_ms,
    ROW_NUMBER() OVER (
      PARTITION BY s.device_session, s.bout, s.phone_session, s.slip ORDER BY s.lag_ms, s.at_ms
    ) AS place,
    COUNT(*) OVER (PARTITION BY s.device_session, s.bout, s.phone_session, s.slip) AS strides
  FROM slipped s
),
stray AS (
  SELECT
    r.device_session, r.bout, r.phone_session, r.step_ms, r.slip, r.strides, m.lag_ms AS centre_ms,
    r.lag_ms - m.lag_ms AS stray_ms
  FROM ranked r
  INNER JOIN ranked m
    ON m.device_session = r.device_session AND m.bout = r.bout AND m.phone_session = r.phone_session
    AND m.slip = r.slip
  WHERE 2 * m.place BETWEEN m.strides AND m.strides + 1
)
SELECT
  s.device_session, s.bout, s.phone_session, s.slip, s.step_ms, s.strides, s.centre_ms,
  SUM(CASE WHEN ABS(s.stray_ms) <= :event_stray_ms THEN 1 ELSE 0 END) AS near,
  SUM(CASE WHEN ABS(s.stray_ms) <= :event_stray_ms THEN s.stray_ms ELSE 0 END) AS near_ms,
  SUM(CASE WHEN ABS(s.stray_ms) <= :event_stray_ms THEN s.stray_ms * s.stray_ms ELSE 0 END) AS near_square,
  SUM(CASE WHEN ABS(s.stray_ms) <= :event_stray_ms THEN ABS(s.stray_ms) ELSE 0 END) AS apart_ms,
  SUM(CAST(ROUND(1000 * LN(
    :event_outlier_share
    + (1 - :event_outlier_share) * s.step_ms / CAST(:event_spread_ms * SQRT(2 * PI()) AS DOUBLE)
      * EXP(-s.stray_ms * s.stray_ms / (2e0 * :event_spread_ms * :event_spread_ms))
  )) AS BIGINT)) AS score
FROM stray s
GROUP BY s.device_session, s.bout, s.phone_session, s.slip, s.step_ms, s.strides, s.centre_ms
