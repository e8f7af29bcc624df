-- One row per fate of trusted customers other than to come out: without phone samples, or the same as another row.
WITH sampled AS (
  SELECT DISTINCT a.user
  FROM accelerometer_trusted a
),
kept AS (
  SELECT
    c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
    c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate
  FROM customer_trusted c
  INNER JOIN sampled s ON s.user = c.email
),
distinct_kept AS (
  SELECT DISTINCT
    k.customerName, k.email, k.phone, k.birthDay, k.serialNumber, k.registrationDate, k.lastUpdateDate,
    k.shareWithResearchAsOfDate, k.shareWithPublicAsOfDate, k.shareWithFriendsAsOfDate
  FROM kept k
)
SELECT 'no-phone-samples' AS rule, COUNT(*) AS row_count
FROM customer_trusted c
WHERE NOT EXISTS (SELECT 1 FROM sampled s WHERE s.user = c.email)
UNION ALL
SELECT 'duplicates' AS rule, (SELECT COUNT(*) FROM kept k) - COUNT(*) AS row_count
FROM distinct_kept d
