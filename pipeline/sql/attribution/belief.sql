-- One row per pair with its posterior: how likely it is that this phone moved with this device, and its clock was off so.
-- A device session belongs to one phone session at most, and a phone session to one device session: pairs share out
-- what they explain. First each device shares itself out among its pairs, by weight, and by how free the phones are; then
-- each phone, by how free the devices are. log_device_free and log_phone_free are the logarithms of the chances that
-- they belong to nobody, log_doubt that of the pair being wrong; a next round goes on from them.
-- Two people who might have changed places stand in a loop, where believing one pair speaks for the other and that for
-- the first again. The exponents loop_share and free_share count that once: a pair without rivals comes out right, and a
-- loop of four nearly so, and never too high. Sums are taken in billionths of the strongest rival, so that their order does
-- not matter.
WITH weighed AS (
  SELECT b.pair_id, w.log_weight, b.log_device_free, b.log_phone_free, b.log_doubt
  FROM belief_before b
  INNER JOIN weight_before w ON w.pair_id = b.pair_id
),
device_claim AS (
  SELECT
    w.pair_id, w.log_weight, w.log_phone_free,
    w.log_weight + :free_share * w.log_phone_free + (:free_share - 1) * w.log_device_free
      - :loop_share * w.log_doubt AS log_claim
  FROM weighed w
),
device_rival AS (
  SELECT
    r.pair_id, c.log_claim,
    GREATEST(0, MAX(c.log_claim) OVER (PARTITION BY r.pair_id)) AS log_strongest
  FROM rival_before r
  INNER JOIN device_claim c ON c.pair_id = r.rival_id
  WHERE r.side = 'device'
),
device_rivals AS (
  SELECT
    r.pair_id,
    r.log_strongest + LN(
      EXP(-r.log_strongest)
        + CAST(SUM(CAST(ROUND(1000000000 * EXP(r.log_claim - r.log_strongest)) AS BIGINT)) AS DOUBLE) / 1000000000
    ) AS log_rivals
  FROM device_rival r
  GROUP BY r.pair_id, r.log_strongest
),
device_odds AS (
  SELECT
    c.pair_id, c.log_weight, c.log_phone_free,
    COALESCE(r.log_rivals, 0) AS log_rivals,
    c.log_claim - COALESCE(r.log_rivals, 0) AS log_odds
  FROM device_claim c
  LEFT JOIN device_rivals r ON r.pair_id = c.pair_id
),
device_doubt AS (
  SELECT
    o.pair_id, o.log_weight, o.log_phone_free, o.log_rivals, o.log_odds,
    CASE WHEN o.log_odds > 30 THEN -o.log_odds ELSE -LN(1 + EXP(o.log_odds)) END AS log_doubt
  FROM device_odds o
),
device_shared AS (
  SELECT
    d.pair_id, d.log_weight, d.log_phone_free, d.log_doubt, d.log_odds,
    d.log_doubt - d.log_rivals AS log_device_free
  FROM device_doubt d
),
phone_claim AS (
  SELECT
    w.pair_id, w.log_weight, w.log_device_free,
    w.log_weight + :free_share * w.log_device_free + (:free_share - 1) * w.log_phone_free
      - :loop_share * w.log_doubt AS log_claim
  FROM device_shared w
),
phone_rival AS (
  SELECT
    r.pair_id, c.log_claim,
    GREATEST(0, MAX(c.log_claim) OVER (PARTITION BY r.pair_id)) AS log_strongest
  FROM rival_before r
  INNER JOIN phone_claim c ON c.pair_id = r.rival_id
  WHERE r.side = 'phone'
),
phone_rivals AS (
  SELECT
    r.pair_id,
    r.log_strongest + LN(
      EXP(-r.log_strongest)
        + CAST(SUM(CAST(ROUND(1000000000 * EXP(r.log_claim - r.log_strongest)) AS BIGINT)) AS DOUBLE) / 1000000000
    ) AS log_rivals
  FROM phone_rival r
  GROUP BY r.pair_id, r.log_strongest
),
phone_odds AS (
  SELECT
    c.pair_id, c.log_weight, c.log_device_free,
    COALESCE(r.log_rivals, 0) AS log_rivals,
    c.log_claim - COALESCE(r.log_rivals, 0) AS log_odds
  FROM phone_claim c
  LEFT JOIN phone_rivals r ON r.pair_id = c.pair_id
),
phone_doubt AS (
  SELECT
    o.pair_id, o.log_weight, o.log_device_free, o.log_rivals, o.log_odds,
    CASE WHEN o.log_odds > 30 THEN -o.log_odds ELSE -LN(1 + EXP(o.log_odds)) END AS log_doubt
  FROM phone_odds o
),
phone_shared AS (
  SELECT
    d.pair_id, d.log_weight, d.log_device_free, d.log_doubt, d.log_odds,
    d.log_doubt - d.log_rivals AS log_phone_free
  FROM phone_doubt d
)
SELECT
  b.pair_id, b.device_session, b.phone_session, b.person, b.clock_offset_ms, b.matches, b.mean_residual_ms,
  b.log_evidence, b.kind, b.first_reading, b.last_reading, b.first_stamp, b.last_stamp,
  ROUND(1 / (1 + EXP(-LEAST(30, GREATEST(-30, s.log_odds)))), 6) AS posterior,
  s.log_device_free, s.log_phone_free, s.log_doubt
FROM belief_before b
INNER JOIN phone_shared s ON s.pair_id = b.pair_id
