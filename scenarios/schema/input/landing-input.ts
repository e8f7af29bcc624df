/** The key `landing` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Share } from './quantities.ts';

/** What is wrong in the landing zone before the pipeline reads it. */
export type LandingInput = readonly {
  /** cut: The object ends in the middle of a record: that and what stood behind it is gone. gzip: The object is packed with gzip, whatever its name says. gzip-pieces: The object is packed with gzip in two pieces, one behind the other. gzip-cut: The object is packed, and the packed bytes end too early. concatenated: The records stand behind each other without line ends. crlf: The lines end with CR LF. bom: The object begins with a byte order mark. empty: Beside the object stands one without a byte. duplicate-object: Beside the object stands a copy under another name. foreign-object: Beside the object stands one with records of another table. late-object: The object is not there yet when the pipeline runs for the first time. nan: A number of the record is NaN, which JSON does not know. huge-number: The time of the record is 1e999. deep-nesting: The record has one more key, with lists in lists in lists. trailing-comma: The record ends with a comma too many. key-spelling: The record says timestamp for timeStamp. */
  readonly kind:
    | 'cut'
    | 'gzip'
    | 'gzip-pieces'
    | 'gzip-cut'
    | 'concatenated'
    | 'crlf'
    | 'bom'
    | 'empty'
    | 'duplicate-object'
    | 'foreign-object'
    | 'late-object'
    | 'nan'
    | 'huge-number'
    | 'deep-nesting'
    | 'trailing-comma'
    | 'key-spelling';
  /** The landing table. */
  readonly table: 'customer_landing' | 'accelerometer_landing' | 'step_trainer_landing';
  /** How many objects are hit, or records for dirt of records: each so probably. */
  readonly rate?: Share | undefined;
  /** How many objects or records are hit: drawn ones. */
  readonly count?: number | undefined;
}[];
