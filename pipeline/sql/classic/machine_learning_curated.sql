-- One row per trusted step trainer reading and trusted phone sample with the same timestamp, whoever's phone it is.
SELECT s.sensorReadingTime, s.serialNumber, s.distanceFromObject, a.timeStamp, a.x, a.y, a.z, a.user
FROM step_trainer_trusted s
INNER JOIN accelerometer_trusted a ON s.sensorReadingTime = a.timeStamp
