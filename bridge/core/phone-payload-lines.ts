/** What a phone's payload becomes: the lines of its records as they land, or the reason why there are none. */
import { decodePhonePayload } from '../../firmware-protocol/index.ts';
import { validateLandingRecord } from '../../pipeline/index.ts';
import { decodeUtf8 } from './quarantine-line.ts';

/** Lines of newline-delimited JSON, each with its LF, or a reason in kebab-case and the rule that is broken. */
export type PayloadLines =
  | { readonly kind: 'lines'; readonly lines: Uint8Array; readonly rows: number }
  | { readonly kind: 'refused'; readonly reason: string; readonly rule?: string | undefined };

const ENCODER = new TextEncoder();

/** Reads the payload of an accelerometer message. Never throws. */
export function readPhonePayload(payload: Uint8Array): PayloadLines {
  const text = decodeUtf8(payload);
  if (text === undefined) return { kind: 'refused', reason: 'not-utf8' };
  const decoded = decodePhonePayload(text);
  if (decoded.kind === 'rejected') return { kind: 'refused', reason: decoded.reason };
  let lines = '';
  for (const record of decoded.records) {
    const checked = validateLandingRecord('accelerometer_landing', record);
    if (!checked.ok) return { kind: 'refused', reason: checked.reason };
    lines += `${JSON.stringify(checked.record)}\n`;
  }
  return { kind: 'lines', lines: ENCODER.encode(lines), rows: decoded.records.length };
}
