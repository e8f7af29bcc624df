-- One row per pair and rival of it, as rival_pair has them, both of which may still be right.
SELECT r.pair_id, r.rival_id, r.side
FROM rival_pair r
INNER JOIN possible_pair p ON p.pair_id = r.pair_id
INNER JOIN possible_pair o ON o.pair_id = r.rival_id
