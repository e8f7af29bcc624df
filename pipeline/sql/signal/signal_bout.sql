-- One row per bout and phone session whose strides and steps agree, at the one slip that agrees best in all bouts of the
-- two sessions. strides are those of the bout while the phone was sending, matches those with a step near; the score
-- takes off those without any step, and the toll of each stride.
WITH possible AS (
  SELECT s.device_session, s.bout, s.phone_session, s.slip, s.strides, s.centre_ms, s.near, s.score
  FROM signal_slip s
  WHERE ABS(s.centre_ms) <= :signal_offset_ms_max + s.step_ms / 2.0
),
slip_score AS (
  SELECT p.device_session, p.phone_session, p.slip, SUM(GREATEST(p.score, 0)) AS score
  FROM possible p
  GROUP BY p.device_session, p.phone_session, p.slip
),
ranked AS (
  SELECT
    s.device_session, s.phone_session, s.slip,
    ROW_NUMBER() OVER (
      PARTITION BY s.device_session, s.phone_session ORDER BY s.score DESC, ABS(s.slip), s.slip
    ) AS place
  FROM slip_score s
),
best AS (
  SELECT p.device_session, p.bout, p.phone_session, p.slip, p.strides, p.centre_ms, p.near, p.score
  FROM possible p
  INNER JOIN ranked r
    ON r.device_session = p.device_session AND r.phone_session = p.phone_session AND r.slip = p.slip
  WHERE r.place = 1
),
expected AS (
  SELECT b.device_session, b.bout, b.phone_session, COUNT(*) AS strides
  FROM best b
  INNER JOIN phone_session p ON p.phone_session = b.phone_session
  INNER JOIN device_stride s ON s.device_session = b.device_session AND s.bout = b.bout
  WHERE s.at_ms - b.centre_ms BETWEEN p.first_stamp AND p.last_stamp
  GROUP BY b.device_session, b.bout, b.phone_session
),
scored AS (
  SELECT
    b.device_session, b.bout, b.phone_session, b.slip, b.centre_ms, e.strides, b.near AS matches,
    b.score - :event_toll * e.strides
      + GREATEST(e.strides - b.strides, 0) * CAST(ROUND(1000 * LN(:event_outlier_share)) AS BIGINT) AS score
  FROM best b
  INNER JOIN expected e
    ON e.device_session = b.device_session AND e.bout = b.bout AND e.phone_session = b.phone_session
)
SELECT s.device_session, s.bout, s.phone_session, s.slip, s.centre_ms, s.strides, s.matches, s.score
FROM scored s
WHERE s.score > 0
