-- One row per distinct reading that is attributed to a person who consents, from the date of the consent on.
-- The serial number in the customer feed is not used: fulfilment gives the same number to many.
SELECT r.sensorReadingTime, r.serialNumber, r.distanceFromObject, r.phone_user AS user
FROM reading_person r
INNER JOIN person_consent p ON p.person = r.person
WHERE r.sensorReadingTime >= p.consent_from
