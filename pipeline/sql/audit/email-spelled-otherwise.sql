-- One row: people whose phone spells their e-mail otherwise than the feed does, and how many phone sessions they have.
WITH spelling AS (
  SELECT p.person, MIN(p.phone_user) AS phone_user, COUNT(*) AS sessions
  FROM phone_session p
  GROUP BY p.person
)
SELECT COUNT(*) AS found, COALESCE(SUM(s.sessions), 0) AS sessions
FROM spelling s
WHERE EXISTS (SELECT 1 FROM ruling_customer r WHERE r.person = s.person)
  AND NOT EXISTS (SELECT 1 FROM ruling_customer r WHERE r.person = s.person AND r.email = s.phone_user)
