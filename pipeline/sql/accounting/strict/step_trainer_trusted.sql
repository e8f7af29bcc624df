-- One row per fate of readings other than to come out: the same as another, of a session that several people may have
-- walked, attributed to nobody, or to somebody whose consent does not cover them; and how many rows.
WITH person_rule AS (
  SELECT
    r.person,
    MAX(p.consent_from) AS consent_from,
    MAX(r.consents) AS any_consent
  FROM ruling_customer r
  LEFT JOIN person_consent p ON p.person = r.person
  GROUP BY r.person
),
refused AS (
  SELECT
    CASE
      WHEN p.person IS NULL THEN 'unknown-customer'
      WHEN p.consent_from IS NULL AND p.any_consent = 0 THEN 'no-research-consent'
      WHEN p.consent_from IS NULL THEN 'shared-email-without-consent'
      WHEN r.sensorReadingTime < p.consent_from THEN 'before-consent'
    END AS rule
  FROM reading_person r
  LEFT JOIN person_rule p ON p.person = r.person
),
session_fate AS (
  SELECT
    COALESCE(SUM(d.readings), 0) AS readings,
    COALESCE(SUM(CASE WHEN o.outcome = 'ambiguous' THEN d.readings ELSE 0 END), 0) AS ambiguous
  FROM device_session d
  INNER JOIN session_outcome o ON o.device_session = d.device_session
)
SELECT 'duplicates' AS rule, CAST((SELECT COUNT(*) FROM step_trainer_landing l) - s.readings AS BIGINT) AS row_count
FROM session_fate s
UNION ALL
SELECT 'ambiguous' AS rule, CAST(s.ambiguous AS BIGINT) AS row_count
FROM session_fate s
UNION ALL
SELECT
  'unattributed' AS rule,
  CAST(s.readings - s.ambiguous - (SELECT COUNT(*) FROM reading_person r) AS BIGINT) AS row_count
FROM session_fate s
UNION ALL
SELECT f.rule, COUNT(*) AS row_count
FROM refused f
WHERE f.rule IS NOT NULL
GROUP BY f.rule
