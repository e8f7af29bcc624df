-- One row per bout and phone session whose walks agree: how far the clock offset is from the lag between strides and steps
-- (beside_ms), and how sure that is (precision, one over the square of its standard error in ms). How far the bounce of
-- somebody's body is behind their foot is a constant of theirs, and unknown. But wherever the clocks are set wrongly,
-- one signal is ahead of the other by more when the walk is faster, and the pace of a walk wanders: the slope of the
-- difference over the pace is what the clocks are wrong by.
WITH both_signals AS (
  SELECT
    d.device_session, d.bout, d.phone_session, 2 * c.step_ms AS stride_ms,
    d.phase AS foot, p.phase AS body, (d.rate + p.rate) / 2e0 AS rate
  FROM signal_phase d
  INNER JOIN signal_phase p
    ON p.device_session = d.device_session AND p.bout = d.bout AND p.phone_session = d.phone_session
    AND p.at_ms = d.at_ms AND p.beats = 2
  INNER JOIN signal_candidate c
    ON c.device_session = d.device_session AND c.bout = d.bout AND c.phone_session = d.phone_session
  WHERE d.beats = 1 AND LEAST(d.cover_ms, p.cover_ms) >= 8 * :wave_cover_share * c.step_ms
),
-- A phase has no beginning: a part of a stride and that part of the next are the same. Means are those of directions.
middle AS (
  SELECT
    b.device_session, b.bout, b.phone_session,
    ATAN2(
      SUM(CAST(ROUND(1000000 * SIN(2 * PI() * b.foot)) AS BIGINT)),
      SUM(CAST(ROUND(1000000 * COS(2 * PI() * b.foot)) AS BIGINT))
    ) / CAST(2 * PI() AS DOUBLE) AS foot,
    ATAN2(
      SUM(CAST(ROUND(1000000 * SIN(4 * PI() * b.body)) AS BIGINT)),
      SUM(CAST(ROUND(1000000 * COS(4 * PI() * b.body)) AS BIGINT))
    ) / CAST(4 * PI() AS DOUBLE) AS body
  FROM both_signals b
  GROUP BY b.device_session, b.bout, b.phone_session
),
strayed AS (
  SELECT
    b.device_session, b.bout, b.phone_session, b.stride_ms, b.rate,
    b.foot - m.foot - ROUND(b.foot - m.foot) AS foot,
    b.body - m.body - ROUND(2 * (b.body - m.body)) / 2e0 AS body
  FROM both_signals b
  INNER JOIN middle m
    ON m.device_session = b.device_session AND m.bout = b.bout AND m.phone_session = b.phone_session
),
apart AS (
  SELECT
    s.device_session, s.bout, s.phone_session,
    CAST(ROUND(1000 * s.stride_ms * (s.foot - s.body)) AS BIGINT) AS ahead_us,
    CAST(ROUND(1000000 * s.rate) AS BIGINT) AS rate_ppm
  FROM strayed s
),
summed AS (
  SELECT
    a.device_session, a.bout, a.phone_session, COUNT(*) AS strides,
    SUM(a.ahead_us * a.ahead_us) - SUM(a.ahead_us) * SUM(a.ahead_us) / CAST(COUNT(*) AS DOUBLE) AS ahead_square,
    SUM(a.ahead_us * a.rate_ppm) - SUM(a.ahead_us) * SUM(a.rate_ppm) / CAST(COUNT(*) AS DOUBLE) AS ahead_rate,
    SUM(a.rate_ppm * a.rate_ppm) - SUM(a.rate_ppm) * SUM(a.rate_ppm) / CAST(COUNT(*) AS DOUBLE) AS rate_square
  FROM apart a
  GROUP BY a.device_session, a.bout, a.phone_session
)
SELECT
  s.device_session, s.bout, s.phone_session, s.strides,
  -1000 * s.ahead_rate / CAST(s.rate_square AS DOUBLE) AS beside_ms,
  (s.strides - 2) * s.rate_square / CAST(1000000 * :wave_alike_strides * GREATEST(
    s.ahead_square - s.ahead_rate * s.ahead_rate / CAST(s.rate_square AS DOUBLE),
    s.strides
  ) AS DOUBLE) AS precision
FROM summed s
WHERE s.strides >= :pace_strides_min AND s.rate_square > 0
