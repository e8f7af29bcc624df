-- One row per fate of readings other than to come out once: the rule that left them out, or that the join repeated them
-- for a further customer with the serial number, and how many rows.
WITH serial_readings AS (
  SELECT s.serialNumber, COUNT(*) AS readings
  FROM step_trainer_landing s
  GROUP BY s.serialNumber
),
known_serial AS (
  SELECT DISTINCT c.serialNumber
  FROM customer_landing c
),
trusted_serial AS (
  SELECT DISTINCT c.serialNumber
  FROM customer_trusted c
),
partner AS (
  SELECT c.serialNumber, COUNT(*) AS customers
  FROM customer_curated c
  GROUP BY c.serialNumber
),
fate AS (
  SELECT
    CASE
      WHEN k.serialNumber IS NULL THEN 'unknown-customer'
      WHEN t.serialNumber IS NULL THEN 'no-research-consent'
      WHEN p.serialNumber IS NULL THEN 'no-phone-samples'
      ELSE 'repeated'
    END AS rule,
    CASE WHEN p.serialNumber IS NULL THEN r.readings ELSE r.readings * (p.customers - 1) END AS row_count
  FROM serial_readings r
  LEFT JOIN known_serial k ON k.serialNumber = r.serialNumber
  LEFT JOIN trusted_serial t ON t.serialNumber = r.serialNumber
  LEFT JOIN partner p ON p.serialNumber = r.serialNumber
)
SELECT f.rule, CAST(SUM(f.row_count) AS BIGINT) AS row_count
FROM fate f
GROUP BY f.rule
