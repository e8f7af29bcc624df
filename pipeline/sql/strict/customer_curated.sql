-- One row per trusted customer with trusted phone samples.
SELECT
  c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
  c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate
FROM customer_trusted c
WHERE EXISTS (SELECT 1 FROM accelerometer_trusted a WHERE LOWER(a.user) = LOWER(c.email))
