-- One row per customer who shares data for research: the ruling version, where everybody with that e-mail consents.
-- Where consent counts for ever, their namesakes need not consent, and are not here.
SELECT
  r.customerName, r.email, r.phone, r.birthDay, r.serialNumber, r.registrationDate, r.lastUpdateDate,
  r.shareWithResearchAsOfDate, r.shareWithPublicAsOfDate, r.shareWithFriendsAsOfDate
FROM ruling_customer r
INNER JOIN person_consent p ON p.person = r.person
WHERE r.consents = 1
