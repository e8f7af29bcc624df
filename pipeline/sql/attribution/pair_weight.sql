-- One row per pair: log_weight, the logarithm of how many times likelier it is than that both sessions belong to nobody.
-- It joins the evidence of the two sessions with what the beliefs of the round before tell about everybody else: how many
-- sessions belong to nobody, which clock offsets are usual, which offset this phone had in other sessions, and who uses
-- this device at other times. A pair never speaks for itself. Beliefs are summed in millionths, so that their order does
-- not matter. The models are made once a round, and each reads the belief_before it.
WITH belief_of AS (
  SELECT
    b.pair_id, b.device_session, b.phone_session, b.person, d.serialNumber, p.session_number, b.clock_offset_ms,
    b.first_stamp, b.log_evidence,
    CAST(ROUND(b.posterior * 1000000) AS BIGINT) AS belief,
    CAST(SIGN(b.clock_offset_ms) * FLOOR(
      LN(GREATEST(ABS(b.clock_offset_ms), :offset_bin_ms) / CAST(:offset_bin_ms AS DOUBLE)) / CAST(LN(:offset_bin_ratio) AS DOUBLE)
    ) AS BIGINT) AS offset_bin
  FROM belief_before b
  INNER JOIN device_session d ON d.device_session = b.device_session
  INNER JOIN phone_session p ON p.phone_session = b.phone_session
),
device_total AS (
  SELECT COUNT(*) AS sessions
  FROM device_session d
  WHERE d.readings >= :matches_min
),
phone_total AS (
  SELECT COUNT(*) AS sessions, COUNT(DISTINCT p.person) AS people
  FROM phone_session p
  WHERE p.stamps >= :matches_min
),
believed AS (
  SELECT CAST(SUM(b.belief) AS DOUBLE) / 1000000.0 AS pairs
  FROM belief_of b
),
silence AS (
  SELECT
    LEAST(:silent_max, GREATEST(:silent_min, 1 - b.pairs / CAST(d.sessions AS DOUBLE))) AS silent_phones,
    LEAST(:silent_max, GREATEST(:silent_min, 1 - b.pairs / CAST(p.sessions AS DOUBLE))) AS silent_devices,
    b.pairs, p.people
  FROM believed b
  CROSS JOIN device_total d
  CROSS JOIN phone_total p
),
offset_share AS (
  SELECT b.offset_bin, CAST(SUM(b.belief) AS DOUBLE) / 1000000.0 AS pairs
  FROM belief_of b
  GROUP BY b.offset_bin
),
offset_width AS (
  SELECT
    s.offset_bin, s.pairs,
    :offset_bin_ms * CASE
      WHEN s.offset_bin = 0 THEN 2 * :offset_bin_ratio
      ELSE POWER(:offset_bin_ratio, ABS(s.offset_bin)) * (:offset_bin_ratio - 1)
    END AS width_ms
  FROM offset_share s
),
usual_offset AS (
  SELECT
    b.pair_id,
    (GREATEST(w.pairs - b.belief / 1e6, 0) / CAST(w.width_ms AS DOUBLE)
      + :offset_doubt * (0.5 / CAST(:offset_ms_max AS DOUBLE) + 1 / CAST(:offset_bins * w.width_ms AS DOUBLE)
        + CASE WHEN b.offset_bin = 0 THEN 1 / CAST(w.width_ms AS DOUBLE) ELSE 0 END) / 3e0)
      / CAST(GREATEST(s.pairs - b.belief / 1e6, 0) + :offset_doubt AS DOUBLE) AS per_ms
  FROM belief_of b
  INNER JOIN offset_width w ON w.offset_bin = b.offset_bin
  CROSS JOIN silence s
),
other_session AS (
  SELECT
    a.pair_id, b.belief,
    ABS(a.clock_offset_ms - b.clock_offset_ms) AS differ_ms,
    :stable_ms + :drift_ppm_max * ABS(a.first_stamp - b.first_stamp) / CAST(1000000 AS DOUBLE) AS stray_ms
  FROM belief_of a
  INNER JOIN belief_of b ON b.person = a.person
  WHERE b.phone_session <> a.phone_session
    AND b.session_number BETWEEN a.session_number - :sessions_near AND a.session_number + :sessions_near
),
own_offset AS (
  SELECT
    o.pair_id,
    CAST(SUM(o.belief) AS DOUBLE) / 1000000.0 AS pairs,
    CAST(SUM(CASE
      WHEN o.differ_ms <= o.stray_ms THEN CAST(ROUND(500 * o.belief / CAST(o.stray_ms AS DOUBLE)) AS BIGINT)
      ELSE 0
    END) AS DOUBLE) / 1000000000.0 AS pairs_per_ms
  FROM other_session o
  GROUP BY o.pair_id
),
session_use AS (
  SELECT b.serialNumber, b.person, b.device_session, SUM(b.belief) AS belief
  FROM belief_of b
  GROUP BY b.serialNumber, b.person, b.device_session
),
regular_use AS (
  SELECT
    u.person, u.device_session,
    CAST(SUM(u.belief) OVER (PARTITION BY u.serialNumber, u.person) - u.belief AS DOUBLE) / 1000000.0 AS by_person,
    CAST(SUM(u.belief) OVER (PARTITION BY u.serialNumber) - u.belief AS DOUBLE) / 1000000.0 AS by_anybody
  FROM session_use u
)
SELECT
  b.pair_id,
  b.log_evidence
    + LN((1 - s.silent_phones) / CAST(s.silent_phones * s.silent_devices AS DOUBLE))
    + LN(2 * :offset_ms_max * (:own_offset_doubt * u.per_ms + COALESCE(o.pairs_per_ms, 0))
      / CAST(:own_offset_doubt + COALESCE(o.pairs, 0) AS DOUBLE))
    + LN(1 - :regular_share
      + :regular_share * LEAST(:regular_gain_max, r.by_person * s.people / (1e0 + r.by_anybody))) AS log_weight
FROM belief_of b
CROSS JOIN silence s
INNER JOIN usual_offset u ON u.pair_id = b.pair_id
INNER JOIN regular_use r ON r.device_session = b.device_session AND r.person = b.person
LEFT JOIN own_offset o ON o.pair_id = b.pair_id
