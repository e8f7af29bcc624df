-- One row per pair: how its device session shares itself out among its pairs, before the phones do the same in belief.
-- log_odds is that of the claim against those of the rivals, by weight and by how free the phones are; log_device_free and
-- log_doubt as in belief. It is a model of its own because one query for both would take more memory than a million people
-- leave to it.
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
  SELECT r.pair_id, c.log_claim
  FROM rival_before r
  INNER JOIN device_claim c ON c.pair_id = r.rival_id
  WHERE r.side = 'device'
),
device_strongest AS (
  SELECT r.pair_id, GREATEST(0, MAX(r.log_claim)) AS log_strongest
  FROM device_rival r
  GROUP BY r.pair_id
),
device_rivals AS (
  SELECT
    r.pair_id,
    s.log_strongest + LN(
      EXP(-s.log_strongest)
        + CAST(SUM(CAST(ROUND(1000000000 * EXP(r.log_claim - s.log_strongest)) AS BIGINT)) AS DOUBLE) / 1000000000
    ) AS log_rivals
  FROM device_rival r
  INNER JOIN device_strongest s ON s.pair_id = r.pair_id
  GROUP BY r.pair_id, s.log_strongest
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
)
SELECT
  d.pair_id, d.log_weight, d.log_phone_free, d.log_doubt, d.log_odds,
  d.log_doubt - d.log_rivals AS log_device_free
FROM device_doubt d
