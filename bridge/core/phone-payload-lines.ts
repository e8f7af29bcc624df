/** The long way of a phone's payload: parsed, decoded and checked, it becomes landing lines, or a reason why it does not. */
import { decodePhoneValue, MAX_PAYLOAD_LENGTH } from '../../firmware-protocol/index.ts';
import type { DecodedPhonePayload, PhonePayloadField } from '../../firmware-protocol/index.ts';
import { TABLES, validateLandingRecord } from '../../pipeline/index.ts';
import { hashBytes } from './payload-hash.ts';
import { columnRule, decodeUtf8 } from './quarantine-line.ts';
import type { PayloadFault } from './quarantine-reasons.ts';
import { parseStrictJson } from './strict-json.ts';

/** Lines of newline-delimited JSON, each with its LF, or a reason and the rule or column that is broken. */
export type PayloadLines =
  | {
      readonly kind: 'lines';
      readonly lines: Uint8Array;
      readonly rows: number;
      /** A hash of session and seq; NaN for a single record. */
      readonly identity: number;
    }
  | {
      readonly kind: 'refused';
      readonly reason: PayloadFault;
      readonly rule?: string | undefined;
      /** Which sample of a batch it is, from 1; where it is one. */
      readonly position?: number | undefined;
    };

/** The most bytes that the lines of one payload may have: each of them repeats the user, so that few could become many. */
export const LINES_BYTES_MAX: number = 1 << 20;

const TABLE = 'accelerometer_landing';
type DecodedRecords = Extract<DecodedPhonePayload, { readonly kind: 'records' }>;

const GZIP = [0x1f, 0x8b] as const;
const BYTE_ORDER_MARK = '\ufeff';
const ENCODER = new TextEncoder();

/** Reads the payload of an accelerometer message, of which `omittedBytes` may be missing at the end. Never throws. */
export function readPhonePayload(payload: Uint8Array, omittedBytes = 0): PayloadLines {
  if (payload.length + omittedBytes > MAX_PAYLOAD_LENGTH) return refuse('too-long');
  // A few bytes of gzip could become gigabytes.
  if (payload[0] === GZIP[0] && payload[1] === GZIP[1]) return refuse('compressed');
  const text = decodeUtf8(payload);
  if (text === undefined) return refuse('not-utf8');
  if (text.startsWith(BYTE_ORDER_MARK)) return refuse('byte-order-mark');
  const parsed = parseStrictJson(text);
  if (!parsed.ok) return refuse(parsed.reason);
  const decoded = decodePhoneValue(parsed.value);
  if (decoded.kind === 'rejected') {
    return refuse(decoded.reason, ruleOf(decoded.field), decoded.sample);
  }
  return landingLines(decoded);
}

function landingLines({ records, batch }: DecodedRecords): PayloadLines {
  let lines = '';
  for (const record of records) {
    const checked = validateLandingRecord(TABLE, record);
    if (!checked.ok) return refuse(checked.code, columnRule(TABLE, checked.column));
    lines += `${JSON.stringify(checked.record)}\n`;
    if (lines.length > LINES_BYTES_MAX) return refuse('grows-too-large');
  }
  const bytes = ENCODER.encode(lines);
  if (bytes.length > LINES_BYTES_MAX) return refuse('grows-too-large');
  const identity = batch === undefined ? Number.NaN : identityOf(batch);
  return { kind: 'lines', lines: bytes, rows: records.length, identity };
}

function refuse(reason: PayloadFault, rule?: string, position?: number): PayloadLines {
  return { kind: 'refused', reason, rule, position };
}

/** Columns are named with their table, the rest with what it is a part of. */
function ruleOf(field: PhonePayloadField | undefined): string | undefined {
  if (field === undefined) return undefined;
  const isColumn = TABLES[TABLE].columns.some(({ name }) => name === field);
  return columnRule(isColumn ? TABLE : 'phone-payload', field);
}

function identityOf({ session, seq }: { readonly session: string; readonly seq: number }): number {
  return hashBytes(ENCODER.encode(session), { seed: seq });
}
