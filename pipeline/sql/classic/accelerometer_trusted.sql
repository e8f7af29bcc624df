-- One row per phone sample and trusted customer with its e-mail.
SELECT a.user, a.timeStamp, a.x, a.y, a.z
FROM accelerometer_landing a
INNER JOIN customer_trusted c ON a.user = c.email
