-- One row per fate of phone samples other than to come out once: the rule that left them out, or that the join repeated
-- them for a second customer with the e-mail, and how many rows.
WITH user_samples AS (
  SELECT a.user, COUNT(*) AS samples
  FROM accelerometer_landing a
  GROUP BY a.user
),
known_email AS (
  SELECT DISTINCT c.email
  FROM customer_landing c
),
partner AS (
  SELECT c.email, COUNT(*) AS customers
  FROM customer_trusted c
  GROUP BY c.email
),
fate AS (
  SELECT
    CASE
      WHEN k.email IS NULL THEN 'unknown-customer'
      WHEN p.email IS NULL THEN 'no-research-consent'
      ELSE 'repeated'
    END AS rule,
    CASE WHEN p.email IS NULL THEN u.samples ELSE u.samples * (p.customers - 1) END AS row_count
  FROM user_samples u
  LEFT JOIN known_email k ON k.email = u.user
  LEFT JOIN partner p ON p.email = u.user
)
SELECT f.rule, CAST(SUM(f.row_count) AS BIGINT) AS row_count
FROM fate f
GROUP BY f.rule
