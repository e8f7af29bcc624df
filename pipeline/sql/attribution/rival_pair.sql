-- One row per candidate pair and rival of it that cannot be true as well: on the side of the device, another pair that
-- explains half of the same span of its session, on the side of the phone, half of the same span of that session.
SELECT a.pair_id, b.pair_id AS rival_id, 'device' AS side
FROM candidate_pair a
INNER JOIN candidate_pair b ON b.device_session = a.device_session
WHERE b.pair_id <> a.pair_id
  AND 2 * (LEAST(a.last_reading, b.last_reading) - GREATEST(a.first_reading, b.first_reading))
    >= LEAST(a.last_reading - a.first_reading, b.last_reading - b.first_reading)
UNION ALL
SELECT a.pair_id, b.pair_id AS rival_id, 'phone' AS side
FROM candidate_pair a
INNER JOIN candidate_pair b ON b.phone_session = a.phone_session
WHERE b.pair_id <> a.pair_id
  AND 2 * (LEAST(a.last_stamp, b.last_stamp) - GREATEST(a.first_stamp, b.first_stamp))
    >= LEAST(a.last_stamp - a.first_stamp, b.last_stamp - b.first_stamp)
