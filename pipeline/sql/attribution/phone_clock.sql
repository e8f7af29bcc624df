-- One row per person whose phone is nearly surely known to have moved with some device: how far its clock is off.
-- Of several sessions the surest counts, then the one with most matches.
WITH ranked AS (
  SELECT
    b.person, b.clock_offset_ms,
    ROW_NUMBER() OVER (PARTITION BY b.person ORDER BY b.posterior DESC, b.matches DESC, b.pair_id) AS place
  FROM belief_before b
  WHERE b.posterior >= :clock_belief_min
)
SELECT r.person, r.clock_offset_ms
FROM ranked r
WHERE r.place = 1
