-- One row per step trainer reading and curated customer with its serial number.
-- Where customers share a serial number, this gives every reading once for each of them.
SELECT s.sensorReadingTime, s.serialNumber, s.distanceFromObject
FROM step_trainer_landing s
INNER JOIN customer_curated c ON s.serialNumber = c.serialNumber
