/** What is wrong in the landing zone of a scenario before the pipeline reads it. */
import * as z from 'zod';
import { LANDING_TABLES } from '../../pipeline/index.ts';
import type { LandingTableName } from '../../pipeline/index.ts';
import { share } from './units.ts';

/** What can be wrong with whole objects, in the words of a scenario file. */
export const OBJECT_DIRT = {
  cut: 'The object ends in the middle of a record: that and what stood behind it is gone.',
  gzip: 'The object is packed with gzip, whatever its name says.',
  'gzip-pieces': 'The object is packed with gzip in two pieces, one behind the other.',
  'gzip-cut': 'The object is packed, and the packed bytes end too early.',
  concatenated: 'The records stand behind each other without line ends.',
  crlf: 'The lines end with CR LF.',
  bom: 'The object begins with a byte order mark.',
  empty: 'Beside the object stands one without a byte.',
  'duplicate-object': 'Beside the object stands a copy under another name.',
  'foreign-object': 'Beside the object stands one with records of another table.',
  'late-object': 'The object is not there yet when the pipeline runs for the first time.',
} as const;

/** What can be wrong with single records. */
export const RECORD_DIRT = {
  nan: 'A number of the record is NaN, which JSON does not know.',
  'huge-number': 'The time of the record is 1e999.',
  'deep-nesting': 'The record has one more key, with lists in lists in lists.',
  'trailing-comma': 'The record ends with a comma too many.',
  'key-spelling': 'The record says timestamp for timeStamp.',
} as const;

/** A kind of dirt. */
export type DirtKind = keyof typeof OBJECT_DIRT | keyof typeof RECORD_DIRT;

/** One kind of dirt in one table: of its objects, or of their records, a share or a number is hit. */
export interface ScenarioDirt {
  kind: DirtKind;
  table: LandingTableName;
  rate?: number | undefined;
  count?: number | undefined;
}

/** What takes readings away: from customers nothing may be, or nobody could say any more who consents. */
export const DESTRUCTIVE_DIRT: readonly DirtKind[] = [
  'cut',
  'gzip-cut',
  'nan',
  'huge-number',
  'deep-nesting',
  'trailing-comma',
];

const KINDS = [...Object.keys(OBJECT_DIRT), ...Object.keys(RECORD_DIRT)] as DirtKind[];
const RATE_OR_COUNT = {
  path: ['rate'],
  error: 'expected either a share, such as 10%, or count, a number',
};

const dirt = z
  .strictObject({
    kind: z.enum(KINDS).describe(
      Object.entries({ ...OBJECT_DIRT, ...RECORD_DIRT })
        .map(([kind, sentence]) => `${kind}: ${sentence}`)
        .join(' '),
    ),
    table: z.enum(LANDING_TABLES).describe('The landing table.'),
    rate: share
      .optional()
      .describe('How many objects are hit, or records for dirt of records: each so probably.'),
    count: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: 'How many objects or records are hit: drawn ones.', examples: [2] }),
  })
  .refine(({ rate, count }) => (rate === undefined) !== (count === undefined), RATE_OR_COUNT);

/** Checks what is wrong in the landing zone, and converts its units. */
export const landingSchema: z.ZodType<ScenarioDirt[]> = z.array(dirt).max(50);
