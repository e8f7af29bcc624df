-- One row: rows of machine_learning_curated that pair the step of one person with the phone of another, and all its rows.
SELECT
  COALESCE(SUM(CASE WHEN p.same_person = 0 THEN 1 ELSE 0 END), 0) AS found,
  COUNT(*) AS of_rows
FROM ml_pairing p
