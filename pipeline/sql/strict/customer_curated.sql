-- One row per trusted customer with trusted phone samples, and the step trainer that this person was seen on.
-- The trainer is the one with most of the person's readings from the date of the consent on; of equals the one that is
-- surer, then the first by name. Customers who share an address cannot be told apart: nobody knows who of them it was.
WITH seen AS (
  SELECT r.person, r.serialNumber, COUNT(*) AS readings, MAX(r.posterior) AS posterior
  FROM reading_person r
  INNER JOIN person_consent p ON p.person = r.person
  WHERE r.sensorReadingTime >= p.consent_from
  GROUP BY r.person, r.serialNumber
),
ranked AS (
  SELECT
    s.person, s.serialNumber, s.posterior,
    ROW_NUMBER() OVER (
      PARTITION BY s.person ORDER BY s.readings DESC, s.posterior DESC, s.serialNumber
    ) AS place
  FROM seen s
),
sole_customer AS (
  SELECT r.person
  FROM ruling_customer r
  GROUP BY r.person
  HAVING COUNT(*) = 1
),
trainer AS (
  SELECT k.person, k.serialNumber, k.posterior
  FROM ranked k
  INNER JOIN sole_customer o ON o.person = k.person
  WHERE k.place = 1
)
SELECT
  c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
  c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate,
  t.serialNumber AS trainerSerialNumber,
  CASE
    WHEN t.serialNumber IS NULL THEN 'unknown'
    WHEN t.serialNumber = c.serialNumber THEN 'confirmed'
    ELSE 'repaired'
  END AS serialStatus,
  t.posterior AS serialPosterior
FROM customer_trusted c
LEFT JOIN trainer t ON t.person = LOWER(c.email)
WHERE EXISTS (SELECT 1 FROM accelerometer_trusted a WHERE LOWER(a.user) = LOWER(c.email))
