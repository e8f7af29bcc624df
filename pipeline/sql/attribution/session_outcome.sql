-- One row per device session: attributed to somebody, ambiguous between several, or explained by nobody's phone.
SELECT
  d.device_session,
  CASE
    WHEN EXISTS (SELECT 1 FROM accepted_pair a WHERE a.device_session = d.device_session) THEN 'attributed'
    WHEN EXISTS (SELECT 1 FROM plausible_pair p WHERE p.device_session = d.device_session) THEN 'ambiguous'
    ELSE 'unattributed'
  END AS outcome
FROM device_session d
