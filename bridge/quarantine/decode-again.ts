/** Whether what could not be taken can be taken now. */
import { MAX_RAW_LINE_BYTES, parsePhoneTopic } from '../../firmware-protocol/index.ts';
import { validateLandingRecord } from '../../pipeline/index.ts';
import { readPhonePayload } from '../core/phone-payload-lines.ts';
import { isRawRecord, parseRawRecord } from '../core/raw-record.ts';
import type { Entry } from './entry.ts';

/** Lines to land, each with its LF, or why there are none: a stable code in kebab-case. */
export type DecodedAgain =
  | { readonly kind: 'lines'; readonly lines: Uint8Array; readonly rows: number }
  | { readonly kind: 'refused'; readonly reason: string };

const STEPS = 'step_trainer_landing';

/** Decodes an entry by the rules of this version, from `corrected` bytes where somebody has mended them. */
export function decodeAgain(entry: Entry, corrected?: Uint8Array): DecodedAgain {
  // These are pieces of the spool's file, not something that was sent.
  if (entry.source === 'spool' && corrected === undefined) return refuse(entry.reason);
  if (entry.object.table === STEPS) {
    const { original, originalBytes = original.length } = entry;
    if (corrected !== undefined) return decodeSerialLine(corrected);
    return originalBytes > original.length ? refuse('too-long') : decodeSerialLine(original);
  }
  if (corrected !== undefined) return readPhonePayload(corrected);
  const { originalTopic, original, originalBytes = original.length } = entry;
  if (originalTopic !== undefined && parsePhoneTopic(originalTopic)?.channel !== 'accelerometer') {
    return refuse('unknown-topic');
  }
  return readPhonePayload(original, originalBytes - original.length);
}

/** Only a raw record says by itself when it was measured: the time of a framed reading came from the port's clock fit. */
function decodeSerialLine(bytes: Uint8Array): DecodedAgain {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (line.startsWith('$')) return refuse('needs-device-clock');
  if (!isRawRecord(line)) return refuse('no-reading');
  // Of a line that is too long only the beginning came through.
  if (line.length >= MAX_RAW_LINE_BYTES) return refuse('line-cut-off');
  const parsed = parseRawRecord(line);
  if (!parsed.ok) return refuse(parsed.reason);
  const checked = validateLandingRecord(STEPS, parsed.value);
  if (!checked.ok) return refuse(checked.code);
  return { kind: 'lines', lines: Buffer.from(`${JSON.stringify(checked.record)}\n`), rows: 1 };
}

function refuse(reason: string): DecodedAgain {
  return { kind: 'refused', reason };
}
