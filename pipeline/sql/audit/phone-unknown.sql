-- One row: people whose phones send samples although no customer has their e-mail, how many sessions, and the first moment.
SELECT COUNT(DISTINCT p.person) AS found, COUNT(*) AS sessions, MIN(p.first_stamp) AS first_moment
FROM phone_session p
WHERE NOT EXISTS (SELECT 1 FROM ruling_customer r WHERE r.person = p.person)
