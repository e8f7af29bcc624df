-- One row per person who consents to research: an e-mail address, and the first moment that counts (epoch ms).
-- Customers who share an address cannot be told apart by their phones: all of them must consent, and the latest date
-- counts for all. Where consent counts for ever (consent_ever is 1), one of them is enough, and every moment counts.
WITH person_customer AS (
  SELECT
    r.person,
    COUNT(*) AS customers,
    SUM(r.consents) AS consenting,
    MAX(r.shareWithResearchAsOfDate) AS last_date
  FROM ruling_customer r
  GROUP BY r.person
)
SELECT
  p.person,
  CASE WHEN :consent_ever = 1 THEN 0 ELSE p.last_date END AS consent_from
FROM person_customer p
WHERE p.consenting = p.customers
  OR (:consent_ever = 1 AND p.consenting > 0)
