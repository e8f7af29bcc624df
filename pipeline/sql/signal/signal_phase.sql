-- One row per stride of a bout that agrees with a phone session, and per signal: where the walk is in it then, told from all
-- readings or samples of four strides, those near the stride counting most. The foot swings once in a stride (beats is
-- 1), the body bounces twice (beats is 2). phase is the part of a stride by which the wave is ahead, rate how much faster
-- than the mean it goes just then, as a share; cover_ms is how much of the time the signal fills.
WITH stride AS (
  SELECT
    b.device_session, b.bout, b.phone_session, b.centre_ms, 2 * c.step_ms AS stride_ms, s.at_ms,
    CAST(FLOOR(s.at_ms / :event_apart_ms.0) AS BIGINT) + beside.slices AS device_slice,
    CAST(FLOOR((s.at_ms - b.centre_ms) / :event_apart_ms.0) AS BIGINT) + beside.slices AS phone_slice
  FROM signal_bout b
  INNER JOIN signal_candidate c
    ON c.device_session = b.device_session AND c.bout = b.bout AND c.phone_session = b.phone_session
  INNER JOIN device_stride s ON s.device_session = b.device_session AND s.bout = b.bout
  CROSS JOIN (SELECT -1 AS slices UNION ALL SELECT 0 UNION ALL SELECT 1) beside
),
turned AS (
  SELECT
    s.device_session, s.bout, s.phone_session, s.at_ms, 1 AS beats,
    d.width_ms, d.beyond * d.width_ms AS area, 2 * PI() * (d.at_ms - s.at_ms) / CAST(s.stride_ms AS DOUBLE) AS turn
  FROM stride s
  INNER JOIN device_wave d
    ON d.device_session = s.device_session AND d.bout = s.bout
    AND CAST(FLOOR(d.at_ms / :event_apart_ms.0) AS BIGINT) = s.device_slice
  WHERE ABS(d.at_ms - s.at_ms) <= 2 * s.stride_ms
  UNION ALL
  SELECT
    s.device_session, s.bout, s.phone_session, s.at_ms, 2 AS beats,
    p.width_ms, p.beyond * p.width_ms AS area,
    2 * PI() * (p.at_ms + s.centre_ms - s.at_ms) / CAST(s.stride_ms AS DOUBLE) AS turn
  FROM stride s
  INNER JOIN phone_wave p
    ON p.phone_session = s.phone_session AND CAST(FLOOR(p.at_ms / :event_apart_ms.0) AS BIGINT) = s.phone_slice
  WHERE ABS(p.at_ms + s.centre_ms - s.at_ms) <= 2 * s.stride_ms
),
wave AS (
  SELECT
    t.device_session, t.bout, t.phone_session, t.at_ms, t.beats, t.width_ms,
    t.area * (1 + COS(t.turn / 4e0)) AS near, t.area * SIN(t.turn / 4e0) / 4e0 AS later,
    COS(t.beats * t.turn) AS cosine, SIN(t.beats * t.turn) AS sine
  FROM turned t
),
-- The wave as a complex number, and how that changes when the window moves on.
summed AS (
  SELECT
    w.device_session, w.bout, w.phone_session, w.at_ms, w.beats,
    SUM(w.width_ms) AS cover_ms,
    CAST(SUM(CAST(ROUND(1000 * w.near * w.cosine) AS BIGINT)) AS DOUBLE) AS re,
    CAST(-SUM(CAST(ROUND(1000 * w.near * w.sine) AS BIGINT)) AS DOUBLE) AS im,
    CAST(SUM(CAST(ROUND(1000 * w.later * w.cosine) AS BIGINT)) AS DOUBLE) AS re_change,
    CAST(-SUM(CAST(ROUND(1000 * w.later * w.sine) AS BIGINT)) AS DOUBLE) AS im_change
  FROM wave w
  GROUP BY w.device_session, w.bout, w.phone_session, w.at_ms, w.beats
)
SELECT
  s.device_session, s.bout, s.phone_session, s.at_ms, s.beats, s.cover_ms,
  ATAN2(s.im, s.re) / CAST(2 * PI() * s.beats AS DOUBLE) AS phase,
  (s.im_change * s.re - s.re_change * s.im) / CAST(s.beats * (s.re * s.re + s.im * s.im) AS DOUBLE) AS rate
FROM summed s
WHERE s.re * s.re + s.im * s.im > 0
