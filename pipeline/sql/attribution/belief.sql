-- One row per pair with its posterior: how likely it is that this phone moved with this device, and its clock was off so.
-- A device session belongs to one phone session at most, and a phone session to one device session: pairs share out
-- what they explain. First each device shares itself out among its pairs, by weight, and by how free the phones are
-- (share_before, which is device_share of this round); then each phone, by how free the devices are. log_device_free and
-- log_phone_free are the logarithms of the chances that they belong to nobody, log_doubt that of the pair being wrong; a
-- next round goes on from them.
-- Two people who might have changed places stand in a loop, where believing one pair speaks for the other and that for
-- the first again. The exponents loop_share and free_share count that once: a pair without rivals comes out right, and a
-- loop of four nearly so, and never too high. Sums are taken in billionths of the strongest rival, so that their order does
-- not matter.
WITH phone_claim AS (
  SELECT
    w.pair_id, w.log_weight, w.log_device_free,
    w.log_weight + :free_share * w.log_device_free + (:free_share - 1) * w.log_phone_free
      - :loop_share * w.log_doubt AS log_claim
  FROM share_before w
),
phone_rival AS (
  SELECT r.pair_id, c.log_claim
  FROM rival_before r
  INNER JOIN phone_claim c ON c.pair_id = r.rival_id
  WHERE r.side = 'phone'
),
phone_strongest AS (
  SELECT r.pair_id, GREATEST(0, MAX(r.log_claim)) AS log_strongest
  FROM phone_rival r
  GROUP BY r.pair_id
),
phone_rivals AS (
  SELECT
    r.pair_id,
    s.log_strongest + LN(
      EXP(-s.log_strongest)
        + CAST(SUM(CAST(ROUND(1000000000 * EXP(r.log_claim - s.log_strongest)) AS BIGINT)) AS DOUBLE) / 1000000000
    ) AS log_rivals
  FROM phone_rival r
  INNER JOIN phone_strongest s ON s.pair_id = r.pair_id
  GROUP BY r.pair_id, s.log_strongest
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
  ROUND(1 / (1e0 + EXP(-LEAST(30, GREATEST(-30, s.log_odds)))), 6) AS posterior,
  s.log_device_free, s.log_phone_free, s.log_doubt
FROM belief_before b
INNER JOIN phone_shared s ON s.pair_id = b.pair_id
