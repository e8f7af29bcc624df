-- One row per device session and phone session that belong together: so likely that it may be taken for certain. Two grids
-- may fit at several offsets; all of them speak for the person, and the likeliest is taken, if it is likely enough.
WITH person_belief AS (
  SELECT
    b.pair_id, b.device_session, b.phone_session, b.person, b.clock_offset_ms, b.matches, b.mean_residual_ms,
    b.kind, b.first_reading, b.last_reading, b.first_stamp, b.last_stamp, b.posterior AS offset_posterior,
    CAST(SUM(CAST(ROUND(b.posterior * 1000000) AS BIGINT)) OVER (
      PARTITION BY b.device_session, b.phone_session
    ) AS DOUBLE) / 1000000.0 AS posterior
  FROM belief_before b
)
SELECT
  b.pair_id, b.device_session, b.phone_session, b.person, b.clock_offset_ms, b.matches, b.mean_residual_ms,
  b.kind, b.first_reading, b.last_reading, b.first_stamp, b.last_stamp,
  LEAST(1, b.posterior) AS posterior
FROM person_belief b
WHERE b.posterior >= :accept_min AND b.offset_posterior >= :accept_offset_min AND b.matches >= :matches_min
