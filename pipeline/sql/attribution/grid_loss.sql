-- One row per run of the pipeline: the share of moments that each of the two streams loses, as the holes inside regular sessions tell.
-- First and last moment are there by definition, so they tell nothing. Where there is little to
-- count, the usual loss counts.
WITH hole AS (
  SELECT 1 AS is_device, g.steps - 1 AS inner_steps, g.steps + 1 - g.moments AS holes
  FROM device_grid g
  UNION ALL
  SELECT 0 AS is_device, g.steps - 1 AS inner_steps, g.steps + 1 - g.moments AS holes
  FROM phone_grid g
),
total AS (
  SELECT
    SUM(h.is_device * h.inner_steps) AS device_steps,
    SUM(h.is_device * h.holes) AS device_holes,
    SUM((1 - h.is_device) * h.inner_steps) AS phone_steps,
    SUM((1 - h.is_device) * h.holes) AS phone_holes
  FROM hole h
),
share AS (
  SELECT
    (COALESCE(t.device_holes, 0) + :loss_usual * :loss_steps) / CAST(COALESCE(t.device_steps, 0) + :loss_steps AS DOUBLE) AS device_share,
    (COALESCE(t.phone_holes, 0) + :loss_usual * :loss_steps) / CAST(COALESCE(t.phone_steps, 0) + :loss_steps AS DOUBLE) AS phone_share
  FROM total t
)
SELECT
  LEAST(:loss_max, GREATEST(:loss_min, s.device_share)) AS device_loss,
  LEAST(:loss_max, GREATEST(:loss_min, s.phone_share)) AS phone_loss
FROM share s
