-- One row per pair that may still be right. Most candidates are as good as impossible after the first rounds; they tell
-- nothing about others any more, and leaving them out spares the later rounds most of their work.
SELECT
  b.pair_id, b.device_session, b.phone_session, b.person, b.clock_offset_ms, b.matches, b.mean_residual_ms,
  b.log_evidence, b.kind, b.first_reading, b.last_reading, b.first_stamp, b.last_stamp,
  b.posterior, b.log_device_free, b.log_phone_free, b.log_doubt
FROM belief_before b
WHERE b.posterior >= :possible_min
