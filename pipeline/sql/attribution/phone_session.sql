-- One row per phone session: what one person's phone sent without a long silence, and how it spells the address.
SELECT
  ROW_NUMBER() OVER (ORDER BY s.person, s.session_number) AS phone_session,
  s.person, s.session_number,
  COUNT(*) AS stamps,
  MIN(s.timeStamp) AS first_stamp,
  MAX(s.timeStamp) AS last_stamp,
  MIN(s.phone_user) AS phone_user
FROM phone_sample s
GROUP BY s.person, s.session_number
