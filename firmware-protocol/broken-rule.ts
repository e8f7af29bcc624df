/** Which rule a line breaks that the codec refuses: the first thing that its developer should look at. */
import { crc16CcittFalse } from './crc16.ts';
import { parseEvent, parseReading } from './device-events.ts';
import type { DeviceLineFault } from './device-lines.ts';
import { parseResponse } from './device-responses.ts';
import { isSerialNumber } from './fields.ts';
import { unframeLine } from './framing.ts';
import type { RuleId } from './rules/rules.ts';

const CLASSES = '$=!#';
const SPELT_CRC = /\*(?:0x)?([0-9A-Fa-f]{1,8})$/;
const WHOLE_LINE = /[$=!][A-Z][^$=!]*$/;
const BAD_BYTES = /[^ -~]/g;
/** How numbers are written elsewhere: with sign, blanks, leading zeros, fraction, exponent, or in hex. */
const LIKE_NUMBER = /^ *[+-]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) *$/i;
const CANONICAL_NUMBER = /^(?:0|[1-9]\d*)$/;
const LIKE_BOOT_ID = /^(?:0x)?[0-9a-f]{1,8}$/i;
/** Where the boot id stands in a line with this verb. */
const BOOT_FIELD: Readonly<Record<string, number>> = { R: 1, BOOT: 1, HB: 1, ID: 7 };

/** The rule that a line (without line end) of a device breaks. */
export function ruleBrokenBy(line: string, reason: DeviceLineFault): RuleId {
  if (reason === 'too-long') return 'STL-FRAME-002';
  if (reason === 'bad-byte') return onlyCarriageReturns(line) ? 'STL-FRAME-006' : 'STL-FRAME-005';
  if (line === '' || !CLASSES.includes(line.charAt(0))) return 'STL-FRAME-001';
  if (reason === 'quotes-frame') return 'STL-FRAME-009';
  return reason === 'malformed' ? ruleOfGrammar(line) : ruleOfCrc(line);
}

/** CR in the middle of a line ended it for whoever sent it. */
function onlyCarriageReturns(line: string): boolean {
  return (line.match(BAD_BYTES) ?? []).every((byte) => byte === '\r');
}

function ruleOfCrc(line: string): RuleId {
  const spelt = SPELT_CRC.exec(line);
  const isRight =
    spelt !== null &&
    Number.parseInt(spelt[1] as string, 16) === crc16CcittFalse(line, spelt.index);
  if (isRight) return 'STL-FRAME-004';
  // What ends with a whole line of its own is one that was interrupted, or lost its end.
  const inner = line.slice(1).search(WHOLE_LINE) + 1;
  const isTorn = inner > 0 && unframeLine(line.slice(inner)).kind === 'framed';
  return isTorn ? 'STL-OVER-001' : 'STL-FRAME-003';
}

function ruleOfGrammar(line: string): RuleId {
  const fields = line.slice(1, -5).split(',');
  const respelt = fields.map((field, index) => respell(fields[0], field, index));
  if (parse(line, respelt)) return 'STL-FRAME-008';
  const wrapped = ruleOfWrap(line.charAt(0), fields);
  if (wrapped !== undefined) return wrapped;
  // A response whose fields have a rule of their own.
  switch (line.charAt(0) + (fields[0] as string)) {
    case '=ID':
      return fields.length !== 8 || isSerialNumber(fields[5]) ? 'STL-IDENT-001' : 'STL-IDENT-002';
    case '=CAPS':
      return 'STL-IDENT-004';
    case '=SYNC':
      return fields.length === 5 ? 'STL-FRAME-007' : 'STL-SYNC-001';
    default:
      return 'STL-FRAME-007';
  }
}

/** The rule of a counter that has not wrapped where it should. */
function ruleOfWrap(lineClass: string, fields: readonly string[]): RuleId | undefined {
  const isTooLarge = (index: number): boolean =>
    CANONICAL_NUMBER.test(fields[index] ?? '') &&
    parse(
      lineClass,
      fields.map((field, at) => (at === index ? '0' : field)),
    );
  const verb = lineClass + (fields[0] as string);
  if (verb === '$R' && isTooLarge(2)) return 'STL-SEQ-002';
  const ticksField = verb === '$R' ? 3 : 2;
  return (verb === '$R' || verb === '!HB') && isTooLarge(ticksField) ? 'STL-TICK-002' : undefined;
}

/** A field as it could be if only its spelling were wrong; the value plays no part. */
function respell(verb: string | undefined, field: string, index: number): string {
  if (index === 0) return field;
  if (index === BOOT_FIELD[verb as string]) return LIKE_BOOT_ID.test(field) ? '0000' : field;
  return LIKE_NUMBER.test(field) && !CANONICAL_NUMBER.test(field) ? '1' : field;
}

function parse(line: string, fields: readonly string[]): boolean {
  switch (line[0]) {
    case '$':
      return parseReading(fields) !== undefined;
    case '!':
      return parseEvent(fields) !== undefined;
    default:
      return parseResponse(fields) !== undefined;
  }
}
