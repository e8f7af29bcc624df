-- One row per pair: log_weight, the logarithm of how many times likelier it is than that both sessions belong to nobody.
-- It joins the evidence of the two sessions with what the beliefs of the round before tell about everybody else: how many
-- sessions belong to nobody, which clock offsets are usual, which offset this phone had in other sessions, and who uses
-- this device at other times. A pair never speaks for itself. Beliefs are summed in millionths, so that their order does
-- not matter. The models are made once a round, and each reads the belief_before it.
WITH belief_of AS (
  SELECT
    b.pair_id, b.device_session, b.phone_session, b.person, d.serialNumber, p.session_number, b.clock_offset_ms,
    b.first_stamp, b.log_evidence,
    CAST(ROUND(b.posterior * 1000000) AS BIGINT) AS belief
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
    p.people
  FROM believed b
  CROSS JOIN device_total d
  CROSS JOIN phone_total p
),
offset_share AS (
  SELECT b.clock_offset_ms, CAST(SUM(b.belief) AS BIGINT) AS belief
  FROM belief_of b
  GROUP BY b.clock_offset_ms
),
-- How much is believed around each offset, in windows each of which is four times as wide as the one before.
offset_near AS (
  SELECT
    s.clock_offset_ms,
    CAST(SUM(s.belief) OVER (
      ORDER BY s.clock_offset_ms RANGE BETWEEN :offset_near_ms PRECEDING AND :offset_near_ms FOLLOWING
    ) AS BIGINT) AS nearest,
    CAST(SUM(s.belief) OVER (
      ORDER BY s.clock_offset_ms RANGE BETWEEN 4 * :offset_near_ms PRECEDING AND 4 * :offset_near_ms FOLLOWING
    ) AS BIGINT) AS near,
    CAST(SUM(s.belief) OVER (
      ORDER BY s.clock_offset_ms RANGE BETWEEN 16 * :offset_near_ms PRECEDING AND 16 * :offset_near_ms FOLLOWING
    ) AS BIGINT) AS around,
    CAST(SUM(s.belief) OVER (
      ORDER BY s.clock_offset_ms RANGE BETWEEN 64 * :offset_near_ms PRECEDING AND 64 * :offset_near_ms FOLLOWING
    ) AS BIGINT) AS wide,
    CAST(SUM(s.belief) OVER () AS BIGINT) AS anywhere
  FROM offset_share s
),
other_offset AS (
  SELECT
    b.pair_id, b.clock_offset_ms,
    CAST(n.nearest - b.belief AS DOUBLE) / 1000000.0 AS nearest,
    CAST(n.near - b.belief AS DOUBLE) / 1000000.0 AS near,
    CAST(n.around - b.belief AS DOUBLE) / 1000000.0 AS around,
    CAST(n.wide - b.belief AS DOUBLE) / 1000000.0 AS wide,
    CAST(n.anywhere - b.belief AS DOUBLE) / 1000000.0 AS anywhere
  FROM belief_of b
  INNER JOIN offset_near n ON n.clock_offset_ms = b.clock_offset_ms
),
-- How likely an offset is per ms: the share of the widest window, times the share of it that the next one has, and so on
-- to the narrowest, each with the doubt that the wider one is filled evenly: twice the doubt in each narrower one, because
-- clocks that are a second apart are one thing, and clocks that are a few ms apart nearly the same.
usual_offset AS (
  SELECT
    o.pair_id,
    (o.anywhere / CAST(2 * :offset_near_ms AS DOUBLE)
        * (o.wide + 64 * :offset_near_ms * :offset_doubt / CAST(:offset_ms_max AS DOUBLE))
          / CAST(o.anywhere + :offset_doubt AS DOUBLE)
        * (o.around + 2 * :offset_doubt / 4e0) / CAST(o.wide + 2 * :offset_doubt AS DOUBLE)
        * (o.near + 4 * :offset_doubt / 4e0) / CAST(o.around + 4 * :offset_doubt AS DOUBLE)
        * (o.nearest + 8 * :offset_doubt / 4e0) / CAST(o.near + 8 * :offset_doubt AS DOUBLE)
      + :offset_doubt / 4e0 * (1 / CAST(:offset_ms_max AS DOUBLE)
        + 1 / CAST(
          (:offset_small_ms + ABS(o.clock_offset_ms)) * LN(1 + :offset_ms_max / CAST(:offset_small_ms AS DOUBLE))
          AS DOUBLE
        ))) / CAST(o.anywhere + :offset_doubt AS DOUBLE) AS per_ms
  FROM other_offset o
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
