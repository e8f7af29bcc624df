-- One row per person who consents to research: an e-mail address, and the first moment that counts (epoch ms).
-- Customers who share an address cannot be told apart by their phones: all of them must consent, and the latest date
-- counts for all.
SELECT
  r.person,
  MAX(r.shareWithResearchAsOfDate) AS consent_from
FROM ruling_customer r
GROUP BY r.person
HAVING SUM(CASE WHEN COALESCE(r.shareWithResearchAsOfDate, 0) = 0 THEN 1 ELSE 0 END) = 0
