/** Why something is in quarantine: stable codes, the same in its lines, in metrics and in the documents. */
import type { PhonePayloadFault } from '../../firmware-protocol/index.ts';
import type { RecordFault } from '../../pipeline/index.ts';
import type { SerialReject } from './session-events.ts';
import type { JsonFault } from './strict-json.ts';

/** Why a payload does not land. */
export type PayloadFault =
  | 'too-long'
  | 'grows-too-large'
  | 'compressed'
  | 'byte-order-mark'
  | 'not-utf8'
  | JsonFault
  | PhonePayloadFault
  | RecordFault;

/** One code of all. */
export type QuarantineReason =
  'unknown-topic' | PayloadFault | SerialReject | 'spool-damaged' | 'spool-segment-missing';

/** What each code means, as one sentence. */
export const QUARANTINE_REASONS: Readonly<Record<QuarantineReason, string>> = {
  'unknown-topic': 'The topic is none of those that phones publish on.',
  'too-long': 'The payload has more than 65,536 bytes.',
  'grows-too-large': 'The landing lines of the payload would have more than 1,048,576 bytes.',
  compressed: 'The payload begins as gzip does; it is not unpacked.',
  'byte-order-mark': 'The payload begins with a byte order mark.',
  'not-utf8': 'The bytes are no UTF-8.',
  'not-json': 'The text is no JSON.',
  'too-deep': 'Objects and lists are nested more than 16 deep.',
  'duplicate-key': 'An object has the same key twice: readers would disagree about its value.',
  'forbidden-key': 'An object has the key `__proto__`.',
  'not-finite': 'A number is NaN, infinite, or too large for a double.',
  'lone-surrogate': 'A string holds half of a surrogate pair, which has no UTF-8.',
  'not-an-object': 'The JSON is no object.',
  'bad-user': 'The user is missing, no text, empty, or longer than 320 characters.',
  'bad-sample': 'The part of the payload that the rule names is missing or has no meaning.',
  missing: 'A column has no value.',
  'spellings-disagree': 'A column is there in two spellings with two values.',
  'not-text': 'A column holds something else than text.',
  empty: 'A column holds an empty text.',
  'not-a-number': 'A column holds something else than a number.',
  'not-whole': 'A column holds a fraction, or a number that a double does not hold exactly.',
  'not-a-date': 'A time lies before 1970 or after the year 9999.',
  'garbled-line': 'The line is no frame and no raw record: damage, most likely.',
  'line-cut-off': 'The line has no end, no beginning, or was too long.',
  'boot-not-introduced': 'The reading carries a boot id that no answer to `ID?` has introduced.',
  'clock-not-fitted': "The reading came before its device's clock was known.",
  'distance-out-of-range': 'The device says that there was nothing within its range.',
  'repeated-reading': 'The device has sent this very reading before.',
  'implausible-reading':
    'The reading cannot follow those before it: a damaged line with a right CRC.',
  'spool-damaged': 'Bytes of the spool that hold no sound record.',
  'spool-segment-missing': 'A segment of the spool is gone.',
};
