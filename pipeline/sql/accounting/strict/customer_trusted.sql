-- One row per fate of rows of the customer feed other than to come out: the same as another row, superseded by a later
-- version, or without the consent of the customer, or of somebody with the same e-mail; and how many rows.
WITH distinct_version AS (
  SELECT DISTINCT
    c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
    c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate
  FROM customer_landing c
),
distinct_customer AS (
  SELECT DISTINCT LOWER(c.email) AS person, c.registrationDate
  FROM customer_landing c
),
refused AS (
  SELECT
    CASE
      WHEN r.consents = 0 THEN 'no-research-consent'
      ELSE 'shared-email-without-consent'
    END AS rule
  FROM ruling_customer r
  WHERE r.consents = 0 OR NOT EXISTS (SELECT 1 FROM person_consent p WHERE p.person = r.person)
)
SELECT 'duplicates' AS rule, COUNT(*) - (SELECT COUNT(*) FROM distinct_version d) AS row_count
FROM customer_landing c
UNION ALL
SELECT 'superseded-version' AS rule, COUNT(*) - (SELECT COUNT(*) FROM distinct_customer d) AS row_count
FROM distinct_version v
UNION ALL
SELECT f.rule, COUNT(*) AS row_count
FROM refused f
GROUP BY f.rule
