/** What the models may not use, because DuckDB, Spark SQL and Trino read it differently, or not all of them at all. */

/** Something that a model may not use. */
interface Ban {
  readonly pattern: RegExp;
  /** What to write instead, or why there is nothing to write. */
  readonly instead: string;
}

const BANS: readonly Ban[] = [
  { pattern: /"/, instead: 'a plain name: Spark reads a text in double quotes' },
  { pattern: /`/, instead: 'a plain name: only Spark reads backticks' },
  { pattern: /::/, instead: 'CAST(… AS …)' },
  { pattern: /\/\//, instead: 'FLOOR(… / 2e3)' },
  { pattern: /%/, instead: 'ABS, FLOOR or a comparison: what is left of negative numbers differs' },
  { pattern: /!=|==/, instead: '<> or =' },
  { pattern: /\bQUALIFY\b/, instead: 'a step that ranks, and WHERE' },
  { pattern: /\bFILTER\b/, instead: 'SUM(CASE WHEN … THEN 1 ELSE 0 END)' },
  { pattern: /\bEXCLUDE\b|\bEXCEPT\s*\(|\bREPLACE\s*\(/, instead: 'the list of columns' },
  { pattern: /\b(GROUP|ORDER)\s+BY\s+ALL\b/, instead: 'the list of columns' },
  {
    pattern: /\b(SEMI|ANTI|ASOF|LATERAL|POSITIONAL|NATURAL)\b/,
    instead: 'EXISTS or a plain join',
  },
  { pattern: /\bUSING\b/, instead: 'ON: whose column a joined name means differs' },
  { pattern: /\bLIMIT\b|\bOFFSET\b/, instead: 'ROW_NUMBER() and WHERE' },
  { pattern: /\bDISTINCT\s+ON\b/, instead: 'ROW_NUMBER() and WHERE' },
  { pattern: /\bIGNORE\s+NULLS\b/, instead: 'MAX or MIN over the rows before or after' },
  {
    pattern: /\b(ARG_(MAX|MIN)\w*|(MAX|MIN)_BY|ANY_VALUE|FIRST|LAST|MODE)\s*\(/,
    instead: 'ROW_NUMBER() in an order without ties: of equals these take whichever comes first',
  },
  {
    pattern: /\b(MEDIAN|QUANTILE\w*|PERCENTILE\w*|APPROX_\w+)\b/,
    instead: 'ROW_NUMBER(), COUNT(*) OVER and WHERE 2 * place BETWEEN n AND n + 1',
  },
  {
    pattern:
      /\b(LIST|ARRAY_AGG|STRING_AGG|LISTAGG|COLLECT_\w+|UNNEST|EXPLODE|STRUCT_\w+)\b|[[\]{}]/,
    instead: 'rows: lists and structs are written differently everywhere',
  },
  { pattern: /\b(RANGE|GENERATE_SERIES|SEQUENCE)\s*\(/, instead: 'SELECT 0 AS n UNION ALL …' },
  { pattern: /\b(IF|IIF|IFNULL|NVL|DECODE)\s*\(/, instead: 'CASE or COALESCE' },
  { pattern: /\bLOG\s*\(/, instead: 'LN: LOG has another base everywhere' },
  {
    pattern: /\b(HASH|MD5|RANDOM|RAND|UUID|NOW)\s*\(/,
    instead: 'nothing: a model depends on its rows alone',
  },
  { pattern: /\bCURRENT_\w+/, instead: 'nothing: a model depends on its rows alone' },
  { pattern: /\b(ILIKE|SIMILAR|REGEXP\w*|RLIKE)\b/, instead: 'LOWER and LIKE' },
  {
    pattern: /(?<![\w.])(?<!\bAS )(user|timestamp)\b(?!\s*\()/,
    instead: 'the alias of the table in front: alone it is a function or a type',
  },
  {
    pattern:
      /\bAS\s+(?!BIGINT\b|DOUBLE\b)\w+(\s*\([\d, ]*\))?\s*\)(?<=\bCAST\s*\((?:[^()]|\([^()]*\))*\))/,
    instead: 'CAST AS BIGINT or DOUBLE: names of other types differ',
  },
  {
    pattern:
      /\bCAST\s*\(\s*(?!FLOOR|ROUND|CEIL|SUM|COUNT|COALESCE|NULL|\d)[^()]*\/[^()]*AS\s+BIGINT/,
    instead: 'FLOOR, ROUND or CEIL inside: Spark cuts a fraction off, the others round it',
  },
  {
    // What parentheses hold is a double only where its first part says so: of whole numbers and decimals it is none.
    pattern: /\/\s*(?!\s|\(?[\d.]+e\d|\d+\.\d|\(?CAST\b|:\w+\.0)(?<!AS DOUBLE\)\s*\/\s*)\(?/,
    instead:
      '/ 2e3, / CAST(… AS DOUBLE) or / (2e0 * …): Trino divides whole numbers to a whole number, and decimals to one of few digits',
  },
  {
    pattern:
      /(?<!AS DOUBLE\)\s*|\bFLOOR\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\/\s*(?!2\.0\b)(\d+\.\d+|:\w+\.\d+)(?![\de])/,
    instead: '/ 2e3 outside FLOOR: Trino rounds what is divided by 2000.0 to one decimal',
  },
  {
    pattern:
      /\b(SUM|AVG|STDDEV\w*|VAR\w*)\s*\(\s*(?!CAST\s*\()[^()]*(\/|\b(LN|EXP|SQRT|POWER)\s*\(|\d\.\d)/,
    instead: 'CAST(ROUND(…) AS BIGINT) inside: a sum of doubles depends on the order of the rows',
  },
];

/** What is wrong with the text of a model; empty when nothing is. Comments and texts in quotes do not count. */
export function portabilityFaults(sql: string): string[] {
  const code = sql.replace(/--.*$/gm, '').replace(/'[^']*'/g, "''");
  return BANS.flatMap(({ pattern, instead }) =>
    [...code.matchAll(new RegExp(pattern, 'gi'))].map(({ 0: found, index }) => {
      const line = code.slice(0, index).split('\n').length;
      return `line ${line}: ${found.trim()}: use ${instead}`;
    }),
  );
}
