-- One row per customer: the version that rules.
-- The feed holds versions. Rows with the same e-mail and registration date are one customer, and the version with the
-- greatest update date rules. Of two versions with the same date the more restrictive one rules: no consent before
-- consent, a later date before an earlier one. E-mails are compared without regard to case: a person who withdraws
-- under another spelling of the address has withdrawn. Where consent counts for ever (consent_ever is 1), a version
-- that gives it rules before all that do not.
WITH version AS (
  SELECT
    c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
    c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate,
    LOWER(c.email) AS person,
    CASE WHEN COALESCE(c.shareWithResearchAsOfDate, 0) = 0 THEN 0 ELSE 1 END AS consents
  FROM customer_landing c
),
ranked_version AS (
  SELECT
    v.customerName, v.email, v.phone, v.birthDay, v.serialNumber, v.registrationDate, v.lastUpdateDate,
    v.shareWithResearchAsOfDate, v.shareWithPublicAsOfDate, v.shareWithFriendsAsOfDate,
    v.person, v.consents,
    ROW_NUMBER() OVER (
      PARTITION BY v.person, v.registrationDate
      ORDER BY
        v.consents * :consent_ever DESC, v.lastUpdateDate DESC, v.consents,
        v.shareWithResearchAsOfDate DESC NULLS LAST,
        v.email, v.serialNumber NULLS LAST, v.customerName NULLS LAST, v.phone NULLS LAST, v.birthDay NULLS LAST,
        v.shareWithPublicAsOfDate NULLS LAST, v.shareWithFriendsAsOfDate NULLS LAST
    ) AS version_rank
  FROM version v
)
SELECT
  r.customerName, r.email, r.phone, r.birthDay, r.serialNumber, r.registrationDate, r.lastUpdateDate,
  r.shareWithResearchAsOfDate, r.shareWithPublicAsOfDate, r.shareWithFriendsAsOfDate,
  r.person, r.consents
FROM ranked_version r
WHERE r.version_rank = 1
