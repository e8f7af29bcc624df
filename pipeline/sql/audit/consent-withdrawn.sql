-- One row: customers who shared data for research in an earlier version and do not in the one that rules, and when the
-- first of them withdrew.
WITH consented AS (
  SELECT DISTINCT LOWER(c.email) AS person, c.registrationDate
  FROM customer_landing c
  WHERE COALESCE(c.shareWithResearchAsOfDate, 0) <> 0
)
SELECT COUNT(*) AS found, MIN(r.lastUpdateDate) AS first_moment
FROM ruling_customer r
WHERE r.consents = 0
  AND EXISTS (SELECT 1 FROM consented c WHERE c.person = r.person AND c.registrationDate = r.registrationDate)
