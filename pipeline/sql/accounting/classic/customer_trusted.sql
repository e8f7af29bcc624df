-- One row per rule that left rows of the customer feed out of customer_trusted, and how many rows.
SELECT 'no-research-consent' AS rule, COUNT(*) AS row_count
FROM customer_landing c
WHERE COALESCE(c.shareWithResearchAsOfDate, 0) = 0
