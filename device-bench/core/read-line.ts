/**
 * Reads a line of a device leniently: what it was meant to be, and which rules of the line format it breaks. One thing
 * that is wrong breaks one rule, so that a report points at one bug and not at everything that follows from it.
 */
import { crc16CcittFalse, formatCrc, MAX_LINE_BYTES } from '../../firmware-protocol/index.ts';
import { nameCrcVariant } from './crc-variants.ts';
import { Fields } from './fields.ts';
import type { Breach, LenientLine } from './meant-line.ts';
import { readFields } from './read-fields.ts';

const KNOWN_START = /(?:\$R|=(?:OK|ID|CAPS|SYNC|ERR)|!(?:BOOT|HB|E)),/g;
const KNOWN_VERB = /^[^A-Za-z0-9]?(R|OK|ID|CAPS|SYNC|ERR|BOOT|HB|E),/;
const COMMAND = /^(?:@|ID\?|CAPS\?|START|STOP|SYNC |PING|REBOOT)/;
const CLASS_OF_VERB: Readonly<Record<string, string>> = { R: '$', BOOT: '!', HB: '!', E: '!' };
const TORN: LenientLine = { meant: undefined, breaches: [], isTorn: true, isSure: false };

/** Reads one line with its line end, one byte per character. Never throws. */
export function readLine(bytes: string): LenientLine {
  const content = bytes.replace(/[\r\n]+$/, '');
  const breaches = checkBytes(content, bytes.slice(content.length));
  const clean = content.replaceAll(/[^\x20-\x7e]/g, '');
  if (clean === '') return { meant: undefined, breaches, isTorn: false, isSure: false };
  if (clean !== content) return readDamaged(content, clean, breaches);
  if (clean.startsWith('#')) return readText(clean, breaches);
  return '$=!'.includes(clean.charAt(0))
    ? readFramed(clean, breaches)
    : readClassless(clean, breaches);
}

/** A line with bytes that have no place in it. They explain everything else that is wrong with it. */
function readDamaged(content: string, clean: string, breaches: readonly Breach[]): LenientLine {
  const framed = '$=!'.includes(clean.charAt(0));
  if (framed && (isRight(readCrc(content)) || isRight(readCrc(clean)))) {
    return { ...readWhole(clean, readCrc(clean).body, []), breaches, isSure: true };
  }
  const inner = findInnerStart(clean);
  if (inner > 0 && isRight(readCrc(clean.slice(inner)))) {
    return { ...readInterrupting(clean.slice(inner)), breaches };
  }
  if (clean.startsWith('#')) return readText(clean, breaches);
  const line = framed ? readWhole(clean, readCrc(clean).body, []) : undefined;
  const meant = line === undefined || hasFault(line) ? undefined : line.meant;
  return { meant, breaches, isTorn: false, isSure: false };
}

function checkBytes(content: string, end: string): Breach[] {
  const breaches: Breach[] = [];
  if (end !== '\r\n' && end !== '\n' && end !== '') {
    breaches.push({
      rule: 'STL-FRAME-006',
      message: `The line ends with ${nameBytes(end)}, not with CR LF.`,
    });
  }
  const bad = /[^\x20-\x7e]/.exec(content);
  if (bad !== null) {
    breaches.push({
      rule: 'STL-FRAME-005',
      message: `Byte ${bad.index} of the line is ${nameBytes(bad[0])}, bytes 0x20 to 0x7E are due.`,
    });
  }
  const length = content.length + 2;
  if (length > MAX_LINE_BYTES) {
    breaches.push({
      rule: 'STL-FRAME-002',
      message: `The line has ${length} bytes with CR LF, at most ${MAX_LINE_BYTES} are due.`,
    });
  }
  if (content === '' && end !== '\r') {
    breaches.push({
      rule: 'STL-FRAME-001',
      message: 'The line is empty, it begins with no class character.',
    });
  }
  return breaches;
}

function readText(clean: string, breaches: readonly Breach[]): LenientLine {
  const quotes = /\*[0-9A-Fa-f]{4}$/.test(clean);
  const quoted: Breach = {
    rule: 'STL-FRAME-009',
    message: `The free text ends with "${clean.slice(-5)}", like a framed line.`,
  };
  return {
    meant: { kind: 'text', text: clean.slice(1) },
    breaches: quotes ? [...breaches, quoted] : breaches,
    isTorn: false,
    isSure: false,
  };
}

/** A line that begins with none of the class characters. */
function readClassless(clean: string, breaches: readonly Breach[]): LenientLine {
  const breach: Breach = {
    rule: 'STL-FRAME-001',
    message: `The line begins with "${clean.charAt(0)}", not with one of $ = ! #.`,
  };
  const inner = findInnerStart(clean);
  if (inner > 0 && isRight(readCrc(clean.slice(inner)))) {
    const line = readInterrupting(clean.slice(inner));
    // A prompt or a word in front of a whole line, rather than a part of another one.
    const isWord = !/[,*]/.test(clean.slice(0, inner));
    return isWord ? { ...line, breaches: [...breaches, breach], isTorn: false } : line;
  }
  const verb = KNOWN_VERB.exec(clean);
  const isWholeFrame = /\*[0-9A-Fa-f]{4}$/.test(clean);
  if (isWholeFrame && verb === null && !COMMAND.test(clean)) return { ...TORN, breaches };
  const body = clean.replace(/\*[^*]*$/, '').replace(/^[^A-Za-z0-9]/, '');
  const isMeant = verb !== null && isWholeFrame;
  const meant = isMeant
    ? readFields(CLASS_OF_VERB[verb[1] ?? ''] ?? '=', new Fields(body.split(',')))
    : undefined;
  return { meant, breaches: [...breaches, breach], isTorn: false, isSure: isMeant };
}

function readFramed(clean: string, breaches: readonly Breach[]): LenientLine {
  const crc = readCrc(clean);
  const inner = crc.fault?.isWrong === true ? findInnerStart(clean) : -1;
  if (inner > 0) return readInterrupting(clean.slice(inner));
  const line = readWhole(clean, crc.body, breaches);
  if (crc.fault === undefined) return line;
  // A line that is wrong in itself has the right CRC, and one with a wrong CRC is right in itself: where both are
  // wrong, bytes are missing.
  if (crc.fault.isWrong && hasFault(line)) return { ...TORN, breaches };
  return {
    ...line,
    breaches: [...line.breaches, ...crc.fault.breaches],
    isSure: !crc.fault.isWrong,
  };
}

/** Reads what a CRC protects. Of a line that is too long, nothing else is judged. */
function readWhole(clean: string, body: string, breaches: readonly Breach[]): LenientLine {
  const fields = new Fields(body.slice(1).split(','));
  const meant = readFields(clean.charAt(0), fields);
  const isTooLong = breaches.some((breach) => breach.rule === 'STL-FRAME-002');
  if (!isTooLong) {
    return { meant, breaches: [...breaches, ...fields.breaches], isTorn: false, isSure: true };
  }
  if (meant !== undefined && 'fault' in meant) {
    const { fault: _, ...rest } = meant;
    return { meant: rest, breaches, isTorn: false, isSure: true };
  }
  return { meant, breaches, isTorn: false, isSure: true };
}

/** The line that interrupted another is mostly whole, and a response in it must not count as missing. */
function readInterrupting(line: string): LenientLine {
  const crc = readCrc(line);
  return isRight(crc)
    ? { ...TORN, meant: readWhole(line, crc.body, []).meant, isSure: true }
    : TORN;
}

function isRight(crc: ReadCrc): boolean {
  return crc.fault === undefined;
}

function hasFault({ meant, breaches }: LenientLine): boolean {
  const isMalformed = breaches.some((breach) => breach.rule === 'STL-FRAME-007');
  return isMalformed || (meant !== undefined && 'fault' in meant && meant.fault !== undefined);
}

/** Where a line begins inside of this one; -1 when none does. */
function findInnerStart(clean: string): number {
  const starts = [...clean.matchAll(KNOWN_START)].map((match) => match.index);
  return starts.filter((index) => index > 0).at(-1) ?? -1;
}

interface ReadCrc {
  readonly body: string;
  /** `isWrong` when the CRC is not there or is another one, rather than misspelt. */
  readonly fault: { readonly isWrong: boolean; readonly breaches: readonly Breach[] } | undefined;
}

function readCrc(clean: string): ReadCrc {
  const star = clean.lastIndexOf('*');
  if (star < 0) {
    const message = 'The line has no "*" and no CRC.';
    return {
      body: clean,
      fault: { isWrong: true, breaches: [{ rule: 'STL-FRAME-003', message }] },
    };
  }
  const body = clean.slice(0, star);
  const digits = clean.slice(star + 1);
  const crc = crc16CcittFalse(body);
  const due = formatCrc(crc);
  if (digits === due) return { body, fault: undefined };
  const isNumber = /^(?:0x)?[0-9A-Fa-f]+$/.test(digits);
  const isWrong = !isNumber || Number.parseInt(digits, 16) !== crc;
  const breach: Breach =
    isWrong && (isNumber || digits === '')
      ? {
          rule: 'STL-FRAME-003',
          message: `The CRC is "${digits}", ${due} is due${nameCrcVariant(body, digits)}.`,
        }
      : { rule: 'STL-FRAME-004', message: `The CRC is spelt "${digits}", ${due} is due.` };
  return { body, fault: { isWrong, breaches: [breach] } };
}

/** Bytes by their names, such as `CR` or `0xFF`. */
function nameBytes(bytes: string): string {
  const names = Array.from(bytes, (byte) => {
    if (byte === '\r') return 'CR';
    if (byte === '\n') return 'LF';
    return `0x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return names.join(' ');
}
