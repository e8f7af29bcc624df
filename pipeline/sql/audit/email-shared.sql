-- One row: customers who share their e-mail with another customer, how many such addresses there are, how many of those
-- customers consent although another with the address does not, and the most customers of one address.
WITH shared AS (
  SELECT
    COUNT(*) AS customers,
    SUM(r.consents) AS consenting
  FROM ruling_customer r
  GROUP BY r.person
  HAVING COUNT(*) > 1
)
SELECT
  COALESCE(SUM(s.customers), 0) AS found,
  COUNT(*) AS addresses,
  COALESCE(SUM(CASE WHEN s.consenting < s.customers THEN s.consenting ELSE 0 END), 0) AS outvoted,
  MAX(s.customers) AS most_customers
FROM shared s
