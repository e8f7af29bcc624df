-- One row per person and distinct phone timestamp, with its phone session and its slice of time.
SELECT
  p.phone_session, s.person, s.person_number, s.timeStamp,
  CAST(FLOOR(s.timeStamp / :tolerance_ms.0) AS BIGINT) AS slice
FROM phone_sample s
INNER JOIN phone_session p ON p.person_number = s.person_number AND p.session_number = s.session_number
