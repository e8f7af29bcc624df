-- One row per pair: those of the rounds before with their beliefs, and those that only coinciding moments tell, each of
-- which begins as likely as not.
SELECT
  b.pair_id, b.device_session, b.phone_session, b.person, b.clock_offset_ms, b.matches, b.mean_residual_ms,
  b.log_evidence, b.kind, b.first_reading, b.last_reading, b.first_stamp, b.last_stamp,
  b.posterior, b.log_device_free, b.log_phone_free, b.log_doubt
FROM belief_before b
UNION ALL
SELECT
  m.pair_id, m.device_session, m.phone_session, m.person, m.clock_offset_ms, m.matches, m.mean_residual_ms,
  CAST(m.log_evidence AS DOUBLE) AS log_evidence, m.kind, m.first_reading, m.last_reading, m.first_stamp, m.last_stamp,
  CAST(0.5 AS DOUBLE) AS posterior,
  CAST(0 AS DOUBLE) AS log_device_free, CAST(0 AS DOUBLE) AS log_phone_free, CAST(0 AS DOUBLE) AS log_doubt
FROM moment_pair m
