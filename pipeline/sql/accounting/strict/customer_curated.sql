-- One row: trusted customers without phone samples from the date of their consent on.
WITH sampled AS (
  SELECT DISTINCT LOWER(a.user) AS person
  FROM accelerometer_trusted a
)
SELECT 'no-phone-samples' AS rule, COUNT(*) AS row_count
FROM customer_trusted c
WHERE NOT EXISTS (SELECT 1 FROM sampled s WHERE s.person = LOWER(c.email))
