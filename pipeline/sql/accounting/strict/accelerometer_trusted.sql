-- One row per rule that left phone samples out of accelerometer_trusted, and how many. Samples that say the same as
-- another are counted apart.
WITH person_rule AS (
  SELECT
    r.person,
    MAX(p.consent_from) AS consent_from,
    MAX(r.consents) AS any_consent
  FROM ruling_customer r
  LEFT JOIN person_consent p ON p.person = r.person
  GROUP BY r.person
),
fate AS (
  SELECT
    CASE
      WHEN p.person IS NULL THEN 'unknown-customer'
      WHEN p.consent_from IS NULL AND p.any_consent = 0 THEN 'no-research-consent'
      WHEN p.consent_from IS NULL THEN 'shared-email-without-consent'
      WHEN a.timeStamp < p.consent_from THEN 'before-consent'
    END AS rule
  FROM accelerometer_landing a
  LEFT JOIN person_rule p ON p.person = LOWER(a.user)
)
SELECT f.rule, COUNT(*) AS row_count
FROM fate f
WHERE f.rule IS NOT NULL
GROUP BY f.rule
