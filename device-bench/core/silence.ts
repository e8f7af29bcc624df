/** What to say of a device that answers nothing. */
import type { ReceivedLine } from './acts/act.ts';
import { isFramed } from './acts/act.ts';
import { isNoise } from './noise.ts';

/** A frame, its line end apart. */
const FRAME = /[$=!][A-Z]{1,4},[\x20-\x7e]*?\*[0-9A-F]{4}/i;
/** More of a line tells no more. */
const QUOTED_BYTES_MAX = 60;

const NOTHING =
  'The device sends nothing and does not answer ID?: is it powered, is this its port, are RX and TX exchanged?';
const NOISE = 'What arrives is not text: probably the baud rate is wrong.';
const UNHEARING = 'The device sends lines of the protocol, but answers no command.';
const ENDLESS = 'The device sends frames, but no line ever ends: LF is missing.';
const ECHO = 'It sends back what was sent: a loopback, RX and TX bridged, or a modem.';

/** Why nobody has answered, by what was heard; `unfinished` has come without a line end, `sent` are the lines asked. */
export function describeSilence(
  heard: readonly ReceivedLine[],
  unfinished: string,
  sent: readonly string[] = [],
): string {
  if (heard.length === 0 && unfinished === '') return NOTHING;
  if (heard.some(isFramed)) return UNHEARING;
  if (isNoise(heard, unfinished)) return NOISE;
  const bytes = heard.map((line) => line.bytes).join('') + unfinished;
  if (!/[\r\n]/.test(bytes) && FRAME.test(bytes)) return ENDLESS;
  const lines = bytes.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const asked = new Set(sent.map((line) => line.trim()));
  const own = lines.filter((line) => !isEcho(line, asked));
  if (own.length < lines.length) {
    return own[0] === undefined ? ECHO : `${ECHO} Besides, it says ${quoteFirst(own[0])}.`;
  }
  if (own[0] === undefined) return 'The device sends empty lines, and does not answer ID?.';
  return `The device sends text, but no line of the protocol, and does not answer ID?. The first line is ${quoteFirst(own[0])}.`;
}

/** True for a line of the host, even behind a prompt. */
function isEcho(line: string, asked: ReadonlySet<string>): boolean {
  return [...asked].some((text) => text !== '' && line.trim().endsWith(text));
}

function quoteFirst(line: string): string {
  const text = line.trim().replaceAll(/[^\x20-\x7e]/g, '?');
  return text.length > QUOTED_BYTES_MAX ? `"${text.slice(0, QUOTED_BYTES_MAX)}…"` : `"${text}"`;
}
