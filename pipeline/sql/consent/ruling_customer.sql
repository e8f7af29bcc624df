-- One row per customer: the version that rules.
-- The feed holds versions. Rows with the same e-mail and registration date are one customer, and the version with the
-- greatest update date rules. Of two versions with the same date the more restrictive one rules: no consent before
-- consent, a later date before an earlier one. E-mails are compared without regard to case: a person who withdraws
-- under another spelling of the address has withdrawn.
WITH ranked_version AS (
  SELECT
    c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
    c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate,
    LOWER(c.email) AS person,
    ROW_NUMBER() OVER (
      PARTITION BY LOWER(c.email), c.registrationDate
      ORDER BY
        c.lastUpdateDate DESC,
        CASE WHEN COALESCE(c.shareWithResearchAsOfDate, 0) = 0 THEN 0 ELSE 1 END,
        c.shareWithResearchAsOfDate DESC NULLS LAST,
        c.email, c.serialNumber NULLS LAST, c.customerName NULLS LAST, c.phone NULLS LAST, c.birthDay NULLS LAST,
        c.shareWithPublicAsOfDate NULLS LAST, c.shareWithFriendsAsOfDate NULLS LAST
    ) AS version_rank
  FROM customer_landing c
)
SELECT
  v.customerName, v.email, v.phone, v.birthDay, v.serialNumber, v.registrationDate, v.lastUpdateDate,
  v.shareWithResearchAsOfDate, v.shareWithPublicAsOfDate, v.shareWithFriendsAsOfDate,
  v.person
FROM ranked_version v
WHERE v.version_rank = 1
