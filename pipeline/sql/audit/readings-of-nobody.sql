-- One row: distinct readings of which nobody knows who stepped, so that the audit cannot judge the rows made of them.
SELECT CAST(COALESCE(SUM(d.readings), 0) - (SELECT COUNT(*) FROM reading_person r) AS BIGINT) AS found
FROM device_session d
