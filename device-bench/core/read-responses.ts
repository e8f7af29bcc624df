/** Lenient readers of responses. What a rule of its own is about goes into `fault`, not into the rules of spelling. */
import { RATE_HZ_MAX, SEQ_MAX, TICKS_MAX } from '../../firmware-protocol/index.ts';
import type { Fields } from './fields.ts';
import type { MeantResponse } from './meant-line.ts';

const VERBS = /^(?:START|STOP|PING|REBOOT)$/;

/** Reads a response; `undefined` for one that nobody knows. */
export function readResponse(fields: Fields): MeantResponse | undefined {
  switch (fields.text(0)) {
    case 'ID':
      return readId(fields);
    case 'CAPS':
      return readCaps(fields);
    case 'OK':
      return readOk(fields);
    case 'SYNC':
      return readSync(fields);
    case 'ERR':
      return readError(fields);
    default:
      return undefined;
  }
}

function readId(fields: Fields): MeantResponse {
  const [, tag = '', version, maker, model = '', serial = '', firmware = ''] = fields.all;
  const line = { kind: 'id', tag, model, serial, firmware, boot: fields.boot(7) } as const;
  const fault =
    wrongCount(fields, 8) ??
    (version === '1' ? undefined : `The version is "${version}", not 1.`) ??
    (maker === 'STEDI' ? undefined : `The maker is "${maker}", not STEDI.`) ??
    wrongText('model', model, /^[0-9A-Za-z-]{1,7}$/, '1 to 7 letters, digits or hyphens') ??
    wrongText('firmware', firmware, /^[0-9A-Za-z.-]{1,8}$/, '1 to 8 letters, digits, "-" or "."');
  return fault === undefined ? line : { ...line, fault };
}

function readCaps(fields: Fields): MeantResponse {
  const [, tag = '', rate = '', options = ''] = fields.all;
  const maxRateHz = /^R\d{1,9}$/.test(rate) ? Number(rate.slice(1)) : Number.NaN;
  const line = {
    kind: 'caps',
    tag,
    maxRateHz,
    options: options.split('+').filter((option) => option !== ''),
  } as const;
  const fault =
    wrongCount(fields, 4) ??
    wrongText('rate', rate, /^R[1-9]\d{0,3}$/, '"R" and a number') ??
    (maxRateHz > RATE_HZ_MAX
      ? `The greatest rate is ${maxRateHz} Hz, at most ${RATE_HZ_MAX} are due.`
      : undefined) ??
    wrongText(
      'list of options',
      options,
      /^(?:[A-Z0-9]{1,8}(?:\+[A-Z0-9]{1,8}){0,5})?$/,
      'up to six words of upper-case letters and digits with "+" between them',
    );
  return fault === undefined ? line : { ...line, fault };
}

function readOk(fields: Fields): MeantResponse {
  const [, first = '', second = ''] = fields.all;
  fields.count(4);
  // The field of the tag is missing, rather than that of the verb.
  if (fields.all.length < 4 && VERBS.test(first) && !VERBS.test(second)) {
    return { kind: 'ok', tag: '', verb: first, value: second };
  }
  const isNumber = (second === 'START' || second === 'STOP') && fields.text(3) !== '';
  const value = isNumber ? String(fields.number(3, 'value', SEQ_MAX + 1)) : fields.text(3);
  return { kind: 'ok', tag: first, verb: second, value };
}

function readSync(fields: Fields): MeantResponse {
  const line = {
    kind: 'sync',
    tag: fields.text(1),
    hostMs: fields.text(2),
    rxTicks: fields.number(3, 'rx_ticks', TICKS_MAX + 1),
    txTicks: fields.number(4, 'tx_ticks', TICKS_MAX + 1),
  } as const;
  const fault = wrongCount(fields, 5);
  return fault === undefined ? line : { ...line, fault };
}

function readError(fields: Fields): MeantResponse {
  const code = fields.number(2, 'number of the error', 8);
  fields.count(3);
  if (code < 1 || code > 7) fields.refuse(`The number of the error is ${code}, 1 to 7 are due.`);
  return { kind: 'error', tag: fields.text(1), code };
}

function wrongCount(fields: Fields, due: number): string | undefined {
  const found = fields.all.length;
  return found === due ? undefined : `The response has ${found} fields, not ${due}.`;
}

function wrongText(name: string, text: string, due: RegExp, dueWords: string): string | undefined {
  return due.test(text) ? undefined : `The ${name} is "${text}", not ${dueWords}.`;
}
