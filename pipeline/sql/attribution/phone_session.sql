-- One row per phone session: what one person's phone sent without a long silence, and how it spells the address.
-- period_ms is the lower median of the gaps in it, NULL without any. is_signal is 1 where it is a dense, even signal, whose
-- moments say little about whose it is.
WITH session AS (
  SELECT
    r.person_number, r.session_number,
    MIN(r.person) AS person,
    MIN(r.phone_user) AS phone_user,
    COUNT(*) AS stamps,
    MIN(r.timeStamp) AS first_stamp,
    MAX(r.timeStamp) AS last_stamp
  FROM phone_sample r
  GROUP BY r.person_number, r.session_number
),
gap AS (
  SELECT
    r.person_number, r.session_number, r.gap_ms,
    ROW_NUMBER() OVER (PARTITION BY r.person_number, r.session_number ORDER BY r.gap_ms) AS place,
    COUNT(*) OVER (PARTITION BY r.person_number, r.session_number) AS gaps
  FROM phone_sample r
  WHERE r.gap_ms > 0
),
period AS (
  SELECT g.person_number, g.session_number, g.gap_ms AS period_ms, g.gaps
  FROM gap g
  WHERE 2 * g.place BETWEEN g.gaps AND g.gaps + 1
),
dense AS (
  SELECT r.person_number, r.session_number
  FROM phone_sample r
  INNER JOIN period p ON p.person_number = r.person_number AND p.session_number = r.session_number
  WHERE r.gap_ms > 0 AND p.period_ms <= :signal_period_ms_max
  GROUP BY r.person_number, r.session_number
  HAVING SUM(CASE WHEN 2 * r.gap_ms <= 3 * p.period_ms THEN 1 ELSE 0 END) >= :signal_even_share * COUNT(*)
)
SELECT
  ROW_NUMBER() OVER (ORDER BY s.person_number, s.session_number) AS phone_session,
  s.person, s.phone_user, s.session_number, s.stamps, s.first_stamp, s.last_stamp, p.period_ms,
  CASE WHEN s.stamps >= :signal_rows_min AND e.session_number IS NOT NULL THEN 1 ELSE 0 END AS is_signal,
  s.person_number
FROM session s
LEFT JOIN period p ON p.person_number = s.person_number AND p.session_number = s.session_number
LEFT JOIN dense e ON e.person_number = s.person_number AND e.session_number = s.session_number
