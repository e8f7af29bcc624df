-- One row per device session, phone session and clock offset that could belong together, with the belief to begin with:
-- all pairs of a device session are equally likely, and so is that none of them is right.
WITH pair AS (
  SELECT
    g.pair_id, g.device_session, g.phone_session, g.person, g.clock_offset_ms, g.matches, g.mean_residual_ms,
    g.log_evidence, g.kind, g.first_reading, g.last_reading, g.first_stamp, g.last_stamp
  FROM grid_pair g
  UNION ALL
  SELECT
    s.pair_id, s.device_session, s.phone_session, s.person, s.clock_offset_ms, s.matches, s.mean_residual_ms,
    s.log_evidence, s.kind, s.first_reading, s.last_reading, s.first_stamp, s.last_stamp
  FROM signal_pair s
)
SELECT
  p.pair_id, p.device_session, p.phone_session, p.person, p.clock_offset_ms, p.matches, p.mean_residual_ms,
  p.log_evidence, p.kind, p.first_reading, p.last_reading, p.first_stamp, p.last_stamp,
  1 / CAST(1 + COUNT(*) OVER (PARTITION BY p.device_session) AS DOUBLE) AS posterior,
  CAST(0 AS DOUBLE) AS log_device_free, CAST(0 AS DOUBLE) AS log_phone_free, CAST(0 AS DOUBLE) AS log_doubt
FROM pair p
