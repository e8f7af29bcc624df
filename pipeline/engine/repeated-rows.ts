/** How many rows say the same as another row. */
import type { Engine } from './duckdb.ts';

/**
 * Counts the rows of a table or query that repeat another one in all of the given columns, to the row.
 *
 * Sorting out the distinct rows takes memory for all of their texts. Their hashes take little: where these are distinct,
 * so are the rows, and where they are not, only rows with a hash in common are compared.
 */
export async function countRepeatedRows(
  engine: Engine,
  relation: string,
  columns: readonly string[],
): Promise<number> {
  const names = columns.map((name) => `"${name}"`).join(', ');
  const hashed = `SELECT hash(${names}) AS row_hash FROM ${relation}`;
  const [counts] = await engine.query(
    `SELECT COALESCE(SUM(copies), 0) AS all_rows, COUNT(*) AS hashes
     FROM (SELECT COUNT(*) AS copies FROM (${hashed}) GROUP BY row_hash)`,
  );
  if (counts?.['all_rows'] === counts?.['hashes']) return 0;
  const [repeated] = await engine.query(
    `WITH suspect AS (
       SELECT ${names}, COUNT(*) AS copies FROM ${relation}
       WHERE hash(${names}) IN (SELECT row_hash FROM (${hashed}) GROUP BY row_hash HAVING COUNT(*) > 1)
       GROUP BY ${names}
     )
     SELECT COALESCE(SUM(copies - 1), 0) AS found FROM suspect`,
  );
  return Number(repeated?.['found'] ?? 0);
}
