-- One row: customers whose serial number in the feed is also that of another customer, and how many such numbers there are.
WITH shared AS (
  SELECT r.serialNumber, COUNT(*) AS customers
  FROM ruling_customer r
  WHERE r.serialNumber IS NOT NULL
  GROUP BY r.serialNumber
  HAVING COUNT(*) > 1
)
SELECT COALESCE(SUM(s.customers), 0) AS found, COUNT(*) AS serials
FROM shared s
