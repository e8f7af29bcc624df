-- One row per distinct phone sample of a person who consents, from the date of the consent on, that moment included.
SELECT DISTINCT a.user, a.timeStamp, a.x, a.y, a.z
FROM accelerometer_landing a
INNER JOIN person_consent p ON p.person = LOWER(a.user)
WHERE a.timeStamp >= p.consent_from
