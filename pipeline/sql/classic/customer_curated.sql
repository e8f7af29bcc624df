-- One row per distinct trusted customer with trusted phone samples.
SELECT DISTINCT
  c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
  c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate
FROM customer_trusted c
WHERE EXISTS (SELECT 1 FROM accelerometer_trusted a WHERE a.user = c.email)
