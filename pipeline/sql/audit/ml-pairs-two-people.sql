-- One row: rows of machine_learning_curated that pair the step of one person with the phone of another, all its rows, and
-- the moment of the first such pair.
SELECT
  COALESCE(SUM(CASE WHEN p.same_person = 0 THEN 1 ELSE 0 END), 0) AS found,
  COUNT(*) AS of_rows,
  MIN(CASE WHEN p.same_person = 0 THEN p.sensorReadingTime END) AS first_moment
FROM ml_pairing p
