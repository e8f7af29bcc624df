-- One row per row of the customer feed that gives consent to research.
SELECT
  c.customerName, c.email, c.phone, c.birthDay, c.serialNumber, c.registrationDate, c.lastUpdateDate,
  c.shareWithResearchAsOfDate, c.shareWithPublicAsOfDate, c.shareWithFriendsAsOfDate
FROM customer_landing c
WHERE c.shareWithResearchAsOfDate IS NOT NULL AND c.shareWithResearchAsOfDate <> 0
