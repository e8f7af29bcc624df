/** Lenient readers of the fields of a line: they understand what they can, and say which rules of spelling it breaks. */
import { FLAGS_MAX, SEQ_MAX, TICKS_MAX } from '../../firmware-protocol/index.ts';
import type { Fields } from './fields.ts';
import type { MeantLine } from './meant-line.ts';
import { readResponse } from './read-responses.ts';

/** Reads the text between the class character and `*`; `undefined` for a verb that nobody knows. */
export function readFields(lineClass: string, fields: Fields): MeantLine | undefined {
  const verb = fields.text(0);
  if (lineClass === '$' && verb === 'R') return readReading(fields);
  if (lineClass === '!' && verb === 'BOOT') return readBoot(fields);
  if (lineClass === '!' && verb === 'HB') return readHeartbeat(fields);
  if (lineClass === '!' && verb === 'E') return readFault(fields);
  const response = lineClass === '=' ? readResponse(fields) : undefined;
  if (response === undefined) fields.refuse(`There is no line "${lineClass}${verb}".`);
  return response;
}

function readReading(fields: Fields): MeantLine {
  fields.count(6);
  const reading = {
    kind: 'reading',
    boot: fields.boot(1),
    // What is too large here wraps in the wrong place, which has rules of its own.
    seq: fields.number(2, 'seq', SEQ_MAX + 1),
    ticks: fields.number(3, 'tick count', TICKS_MAX + 1),
    distance: fields.number(4, 'distance', SEQ_MAX + 1),
    flags: fields.number(5, 'flag field', FLAGS_MAX + 1),
  } as const;
  if (reading.distance > SEQ_MAX)
    fields.refuse(`The distance is ${reading.distance}, at most 65535 are due.`);
  if (reading.flags > FLAGS_MAX)
    fields.refuse(`The flag field is ${reading.flags}, at most 255 are due.`);
  return reading;
}

function readBoot(fields: Fields): MeantLine {
  fields.count(3);
  const why = fields.text(2);
  if (!/^[A-Z0-9]{1,8}$/.test(why)) {
    fields.refuse(`The reason of the boot is "${why}", not 1 to 8 upper-case letters and digits.`);
  }
  return { kind: 'boot', boot: fields.boot(1), why };
}

function readHeartbeat(fields: Fields): MeantLine {
  fields.count(3);
  const ticks = fields.number(2, 'tick count', TICKS_MAX + 1);
  return { kind: 'heartbeat', boot: fields.boot(1), ticks };
}

function readFault(fields: Fields): MeantLine {
  const code = fields.number(1, 'number of the fault', 100);
  const text = fields.all.slice(2).join(',');
  if (fields.all.length < 3) fields.refuse('A fault has a number and a text.');
  if (code > 99) fields.refuse(`The number of the fault is ${code}, at most 99 are due.`);
  if (text.length > 40 || text.includes('*')) {
    fields.refuse('The text of the fault is longer than 40 characters, or has a "*".');
  }
  return { kind: 'fault', text };
}
