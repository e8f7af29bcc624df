-- One row: customers who were seen on trainers, but never on the one that the feed says is theirs; how many were seen at
-- all, and a trainer on which one of them was. People who share an e-mail are left out: which is whose is not known.
WITH sole_customer AS (
  SELECT r.person, MIN(r.serialNumber) AS serialNumber
  FROM ruling_customer r
  GROUP BY r.person
  HAVING COUNT(*) = 1
),
seen AS (
  SELECT DISTINCT a.person, d.serialNumber
  FROM accepted_pair a
  INNER JOIN device_session d ON d.device_session = a.device_session
),
compared AS (
  SELECT
    c.person,
    MAX(CASE WHEN s.serialNumber = c.serialNumber THEN 1 ELSE 0 END) AS is_theirs,
    MIN(s.serialNumber) AS seen_serial
  FROM sole_customer c
  INNER JOIN seen s ON s.person = c.person
  GROUP BY c.person
)
SELECT
  COALESCE(SUM(1 - c.is_theirs), 0) AS found,
  COUNT(*) AS of_customers,
  MIN(CASE WHEN c.is_theirs = 0 THEN c.seen_serial END) AS example_serial
FROM compared c
