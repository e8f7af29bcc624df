-- One row per run of bouts of a dense device session that one phone session explains, with no bout of other strides
-- between them. The clock offset is not at the slip that agrees best but beside it: the step that a stride meets is
-- another part of the gait. signal_clock tells how far beside, bout by bout; each counts as it is sure. Where it is silent,
-- the variance of the lags does: it grows with the square of the distance from the offset, because the pace wanders, so
-- the lowest point of a parabola through three slips is there. Pairs of signals have negative numbers.
WITH walked AS (
  SELECT
    p.device_session, p.bout,
    ROW_NUMBER() OVER (PARTITION BY p.device_session ORDER BY p.bout) AS place
  FROM (SELECT DISTINCT d.device_session, d.bout FROM device_pace d) p
),
run AS (
  SELECT
    b.device_session, b.bout, b.phone_session, b.slip, b.centre_ms, b.strides, b.matches, b.score,
    w.place - ROW_NUMBER() OVER (PARTITION BY b.device_session, b.phone_session ORDER BY b.bout) AS run
  FROM signal_bout b
  INNER JOIN walked w ON w.device_session = b.device_session AND w.bout = b.bout
),
evidence AS (
  SELECT
    r.device_session, r.phone_session, r.run,
    MIN(r.bout) AS first_bout, MAX(r.bout) AS last_bout,
    SUM(r.matches) AS matches,
    LEAST(:event_weight * SUM(r.score) / 1e3, :signal_evidence_max) - LN(MAX(c.strangers)) AS log_evidence
  FROM run r
  INNER JOIN signal_candidate c
    ON c.device_session = r.device_session AND c.bout = r.bout AND c.phone_session = r.phone_session
  GROUP BY r.device_session, r.phone_session, r.run
),
lag_at_slip AS (
  SELECT
    r.device_session, r.phone_session, r.run, s.slip - r.slip AS beside,
    SUM(s.near * s.centre_ms + s.near_ms) / CAST(SUM(s.near) AS DOUBLE) AS mean_ms,
    SUM(CAST(ROUND(1000 * (s.near_square - s.near_ms * s.near_ms / CAST(s.near AS DOUBLE))) AS BIGINT))
      / CAST(1000 * SUM(s.near) AS DOUBLE) AS variance,
    SUM(s.apart_ms) / CAST(SUM(s.near) AS DOUBLE) AS mean_residual_ms
  FROM run r
  INNER JOIN signal_slip s
    ON s.device_session = r.device_session AND s.bout = r.bout AND s.phone_session = r.phone_session
    AND s.slip BETWEEN r.slip - 1 AND r.slip + 1
  GROUP BY r.device_session, r.phone_session, r.run, s.slip - r.slip
),
parabola AS (
  SELECT
    l.device_session, l.phone_session, l.run,
    MAX(CASE WHEN l.beside = 0 THEN l.mean_ms END) AS mean_ms,
    MAX(CASE WHEN l.beside = 0 THEN l.mean_residual_ms END) AS mean_residual_ms,
    MAX(CASE WHEN l.beside = 1 THEN l.mean_ms END) - MAX(CASE WHEN l.beside = -1 THEN l.mean_ms END) AS two_steps_ms,
    MAX(CASE WHEN l.beside = -1 THEN l.variance END) - MAX(CASE WHEN l.beside = 1 THEN l.variance END) AS slope,
    MAX(CASE WHEN l.beside = -1 THEN l.variance END) + MAX(CASE WHEN l.beside = 1 THEN l.variance END)
      - 2 * MAX(CASE WHEN l.beside = 0 THEN l.variance END) AS bend
  FROM lag_at_slip l
  GROUP BY l.device_session, l.phone_session, l.run
),
slip_clock AS (
  SELECT
    p.device_session, p.phone_session, p.run, p.mean_residual_ms,
    CAST(ROUND(p.mean_ms + CASE
      WHEN p.bend > 0 THEN GREATEST(LEAST(p.slope / CAST(2 * p.bend AS DOUBLE), 0.5), -0.5) * p.two_steps_ms / 2.0
      ELSE 0
    END) AS BIGINT) AS clock_offset_ms
  FROM parabola p
),
lag AS (
  SELECT
    r.device_session, r.phone_session, r.run, MIN(s.step_ms) AS step_ms,
    SUM(s.near * s.centre_ms + s.near_ms) / CAST(SUM(s.near) AS DOUBLE) AS mean_ms,
    SUM(s.apart_ms) / CAST(SUM(s.near) AS DOUBLE) AS mean_residual_ms
  FROM run r
  INNER JOIN signal_slip s
    ON s.device_session = r.device_session AND s.bout = r.bout AND s.phone_session = r.phone_session
    AND s.slip = r.slip
  GROUP BY r.device_session, r.phone_session, r.run
),
bout_clock AS (
  SELECT
    r.device_session, r.phone_session, r.run,
    r.centre_ms + c.beside_ms - l.mean_ms AS beside_ms,
    CAST(ROUND(1000000000 * c.precision) AS BIGINT) AS weight
  FROM run r
  INNER JOIN lag l ON l.device_session = r.device_session AND l.phone_session = r.phone_session AND l.run = r.run
  INNER JOIN signal_clock c
    ON c.device_session = r.device_session AND c.bout = r.bout AND c.phone_session = r.phone_session
),
told AS (
  SELECT
    b.device_session, b.phone_session, b.run,
    CAST(SUM(b.weight) AS DOUBLE) AS weight,
    CAST(SUM(CAST(ROUND(b.weight * b.beside_ms) AS BIGINT)) AS DOUBLE) AS weight_ms
  FROM bout_clock b
  GROUP BY b.device_session, b.phone_session, b.run
),
-- Before anything is told, the offset is anywhere within half a step of the lag: a variance of a twelfth of its square.
phase_clock AS (
  SELECT
    l.device_session, l.phone_session, l.run,
    CAST(ROUND(
      l.mean_ms + t.weight_ms / CAST(t.weight + 12000000000 / CAST(l.step_ms * l.step_ms AS DOUBLE) AS DOUBLE)
    ) AS BIGINT) AS clock_offset_ms
  FROM lag l
  INNER JOIN told t ON t.device_session = l.device_session AND t.phone_session = l.phone_session AND t.run = l.run
),
clock AS (
  SELECT
    s.device_session, s.phone_session, s.run, s.mean_residual_ms,
    COALESCE(p.clock_offset_ms, s.clock_offset_ms) AS clock_offset_ms
  FROM slip_clock s
  LEFT JOIN phase_clock p
    ON p.device_session = s.device_session AND p.phone_session = s.phone_session AND p.run = s.run
),
bout_span AS (
  SELECT
    r.device_session, r.bout, MIN(r.at_ms) AS first_ms, MAX(r.at_ms) AS last_ms,
    LEAD(MIN(r.at_ms)) OVER (PARTITION BY r.device_session ORDER BY r.bout) AS next_ms
  FROM signal_reading r
  GROUP BY r.device_session, r.bout
),
span AS (
  SELECT
    e.device_session, e.phone_session, p.person, c.clock_offset_ms, e.matches, c.mean_residual_ms, e.log_evidence,
    GREATEST(f.first_ms, p.first_stamp + c.clock_offset_ms) AS first_reading,
    LEAST(
      l.last_ms + :step_off_ms, COALESCE(l.next_ms - :absence_ms, d.last_reading), d.last_reading,
      p.last_stamp + c.clock_offset_ms
    ) AS last_reading
  FROM evidence e
  INNER JOIN clock c
    ON c.device_session = e.device_session AND c.phone_session = e.phone_session AND c.run = e.run
  INNER JOIN bout_span f ON f.device_session = e.device_session AND f.bout = e.first_bout
  INNER JOIN bout_span l ON l.device_session = e.device_session AND l.bout = e.last_bout
  INNER JOIN device_session d ON d.device_session = e.device_session
  INNER JOIN phone_session p ON p.phone_session = e.phone_session
)
SELECT
  -ROW_NUMBER() OVER (ORDER BY s.device_session, s.phone_session, s.first_reading) AS pair_id,
  s.device_session, s.phone_session, s.person, s.clock_offset_ms, s.matches, s.mean_residual_ms, s.log_evidence,
  'signal' AS kind,
  s.first_reading, s.last_reading,
  s.first_reading - s.clock_offset_ms AS first_stamp,
  s.last_reading - s.clock_offset_ms AS last_stamp
FROM span s
