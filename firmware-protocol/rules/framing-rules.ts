/** Rules of the line format. */
import { MAX_LINE_BYTES } from '../framing.ts';
import type { Rule } from './rule.ts';

/** Rules of the line format. */
export type FramingRuleId =
  | 'STL-FRAME-001'
  | 'STL-FRAME-002'
  | 'STL-FRAME-003'
  | 'STL-FRAME-004'
  | 'STL-FRAME-005'
  | 'STL-FRAME-006'
  | 'STL-FRAME-007'
  | 'STL-FRAME-008'
  | 'STL-FRAME-009';

/** The line format, from class character to line end. */
export const FRAMING_RULES: Readonly<Record<FramingRuleId, Rule>> = {
  'STL-FRAME-001': {
    level: 'L1',
    title: 'Every line has a class',
    must: 'Every line of the device MUST begin with `$` (reading), `=` (response), `!` (event) or `#` (free text).',
    hint: 'Send logs and prompts of libraries as free text, with `#` in front.',
  },
  'STL-FRAME-002': {
    level: 'L1',
    title: 'Lines are short',
    must: `A line MUST be at most ${MAX_LINE_BYTES} bytes long, CR and LF included.`,
    hint: 'Check the longest case: a tag of four characters, ten-digit ticks, five-digit seq. Cut free text.',
  },
  'STL-FRAME-003': {
    level: 'L1',
    title: 'The CRC is right',
    must: 'Every line except free text MUST end with `*` and the CRC-16/CCITT-FALSE (polynomial 0x1021, start value 0xFFFF, not reflected, no final xor) of all bytes from the class character up to, not including, `*`.',
    hint: 'Of "123456789" the CRC is 0x29B1; 0x31C3 means the start value 0, 0x89F6 or 0x6F91 a reflected variant. On avr-libc `_crc_xmodem_update` with start value 0xFFFF is the right function, `_crc_ccitt_update` is not.',
  },
  'STL-FRAME-004': {
    level: 'L1',
    title: 'The CRC is four upper-case digits',
    must: 'The CRC MUST be written as exactly four upper-case hexadecimal digits.',
    hint: 'Use "%04X", not "%x"; a table of "0123456789ABCDEF" does it without stdio.',
  },
  'STL-FRAME-005': {
    level: 'L1',
    title: 'Printable ASCII only',
    must: 'Between its first byte and its line end a line MUST hold bytes 0x20 to 0x7E only.',
    hint: 'A NUL is a string copied with its terminator; bytes above 0x7F are a wrong baud rate or an uninitialised buffer.',
    legal:
      'Anything may come out of the port before the first boot event: the ROM of some chips writes at a baud rate of its own.',
  },
  'STL-FRAME-006': {
    level: 'L1',
    title: 'Lines end with CR LF',
    must: 'Every line MUST end with CR LF.',
    hint: 'Something sends CR alone: look for "\\r" without "\\n".',
    legal: 'LF without CR is accepted.',
  },
  'STL-FRAME-007': {
    level: 'L1',
    title: 'Known verbs and complete fields',
    must: 'Every framed line MUST be one of those of the grammar, with all of its fields and no other, each within its range.',
    hint: 'Compare the line with the table of lines; count the commas.',
  },
  'STL-FRAME-008': {
    level: 'L1',
    title: 'Numbers have one spelling',
    must: 'Numbers MUST be decimal without sign, leading zeros, blanks or exponent, boot ids four upper-case hexadecimal digits.',
    hint: 'Use "%u" and "%lu"; "%d" makes a large unsigned value negative, "%05u" pads it.',
  },
  'STL-FRAME-009': {
    level: 'L1',
    title: 'Free text quotes no frames',
    must: 'Free text MUST NOT end like a framed line, with `*` and four hexadecimal digits.',
    hint: 'Do not echo whole commands or readings into the log: one damaged class character would make a record of it.',
  },
};
