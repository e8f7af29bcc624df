-- One row: customers whose serial number in the feed is also that of another customer, how many such numbers there are,
-- and the one that most customers have. It is only told where a trainer reports it, too: the field may hold anything.
WITH shared AS (
  SELECT
    r.serialNumber, COUNT(*) AS customers,
    ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC, r.serialNumber) AS place
  FROM ruling_customer r
  WHERE r.serialNumber IS NOT NULL
  GROUP BY r.serialNumber
  HAVING COUNT(*) > 1
),
reported AS (
  SELECT DISTINCT d.serialNumber
  FROM device_session d
)
SELECT
  COALESCE(SUM(s.customers), 0) AS found,
  COUNT(*) AS serials,
  MIN(CASE WHEN s.place = 1 THEN t.serialNumber END) AS example_serial,
  MIN(CASE WHEN s.place = 1 THEN s.customers END) AS example_customers
FROM shared s
LEFT JOIN reported t ON t.serialNumber = s.serialNumber
