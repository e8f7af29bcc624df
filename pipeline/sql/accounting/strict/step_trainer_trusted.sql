-- One row per fate of distinct readings other than to come out: of a session that is nobody's, or that several people may
-- have walked, beside the phone of the person whose session it is, or attributed to somebody whose consent does not cover
-- them; and how many rows. Readings that say the same as another are counted apart.
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
-- Sessions in which single moments say whose a reading is. What nobody's moments support is known by what they do support.
mixed_session AS (
  SELECT a.device_session
  FROM accepted_pair a
  WHERE a.kind = 'moments'
  GROUP BY a.device_session
),
mixed_readings AS (
  SELECT COALESCE(SUM(d.readings), 0) AS readings
  FROM device_session d
  INNER JOIN mixed_session m ON m.device_session = d.device_session
),
mixed_attributed AS (
  SELECT COUNT(*) AS readings
  FROM reading_person r
  INNER JOIN mixed_session m ON m.device_session = r.device_session
),
-- In all others, a reading belongs to the person whose phone has a span to itself in which it lies.
span AS (
  SELECT
    a.device_session,
    a.first_reading - :tolerance_ms AS span_begin,
    a.last_reading + :tolerance_ms AS span_end
  FROM accepted_pair a
  WHERE NOT EXISTS (SELECT 1 FROM mixed_session m WHERE m.device_session = a.device_session)
    AND NOT EXISTS (
      SELECT 1
      FROM accepted_pair o
      WHERE o.device_session = a.device_session AND o.pair_id <> a.pair_id
        AND o.first_reading - :tolerance_ms <= a.last_reading + :tolerance_ms
        AND o.last_reading + :tolerance_ms >= a.first_reading - :tolerance_ms
    )
),
-- Only sessions that reach over the spans need a look at their readings.
partial_session AS (
  SELECT d.device_session
  FROM device_session d
  INNER JOIN session_outcome o ON o.device_session = d.device_session
  WHERE o.outcome = 'attributed'
    AND NOT EXISTS (SELECT 1 FROM mixed_session m WHERE m.device_session = d.device_session)
    AND NOT EXISTS (
      SELECT 1
      FROM span s
      WHERE s.device_session = d.device_session
        AND s.span_begin <= d.first_reading AND s.span_end >= d.last_reading
    )
),
beside AS (
  SELECT COUNT(*) AS readings
  FROM step_reading r
  INNER JOIN partial_session p ON p.device_session = r.device_session
  WHERE NOT EXISTS (
    SELECT 1
    FROM span s
    WHERE s.device_session = r.device_session
      AND s.span_begin <= r.sensorReadingTime AND s.span_end >= r.sensorReadingTime
  )
)
SELECT o.outcome AS rule, CAST(SUM(d.readings) AS BIGINT) AS row_count
FROM session_outcome o
INNER JOIN device_session d ON d.device_session = o.device_session
WHERE o.outcome <> 'attributed'
GROUP BY o.outcome
UNION ALL
SELECT
  'beside-the-phone' AS rule,
  CAST(b.readings + m.readings - (SELECT a.readings FROM mixed_attributed a) AS BIGINT) AS row_count
FROM beside b
CROSS JOIN mixed_readings m
UNION ALL
SELECT f.rule, COUNT(*) AS row_count
FROM refused f
WHERE f.rule IS NOT NULL
GROUP BY f.rule
