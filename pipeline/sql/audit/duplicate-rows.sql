-- One row per zone table: how many of its rows repeat another row in every column.
SELECT 'customer_trusted' AS zone_table, COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM customer_trusted) d) AS found
FROM customer_trusted t
UNION ALL
SELECT 'accelerometer_trusted' AS zone_table, COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM accelerometer_trusted) d) AS found
FROM accelerometer_trusted t
UNION ALL
SELECT 'customer_curated' AS zone_table, COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM customer_curated) d) AS found
FROM customer_curated t
UNION ALL
SELECT 'step_trainer_trusted' AS zone_table, COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM step_trainer_trusted) d) AS found
FROM step_trainer_trusted t
UNION ALL
SELECT 'machine_learning_curated' AS zone_table, COUNT(*) - (SELECT COUNT(*) FROM (SELECT DISTINCT * FROM machine_learning_curated) d) AS found
FROM machine_learning_curated t
