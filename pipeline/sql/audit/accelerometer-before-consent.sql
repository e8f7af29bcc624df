-- One row: rows of accelerometer_trusted from before the date of their person's consent, and how many people it concerns.
SELECT COUNT(*) AS found, COUNT(DISTINCT p.person) AS people
FROM accelerometer_trusted a
INNER JOIN person_consent p ON p.person = LOWER(a.user)
WHERE a.timeStamp < p.consent_from
