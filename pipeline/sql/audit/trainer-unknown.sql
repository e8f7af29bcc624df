-- One row: trainers that measured although no customer has their serial number, how many sessions, and one of them.
SELECT
  COUNT(DISTINCT d.serialNumber) AS found, COUNT(*) AS sessions, MIN(d.serialNumber) AS example_serial
FROM device_session d
WHERE NOT EXISTS (SELECT 1 FROM customer_landing c WHERE c.serialNumber = d.serialNumber)
