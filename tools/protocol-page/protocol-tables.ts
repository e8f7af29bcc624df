/** The tables of docs/protocol.md that are computed from the codec and its limits. */
import {
  ANSWER_MS_MAX,
  BOOT_MS_MAX,
  COMMAND_RETRIES,
  crc16CcittFalse,
  DISTANCE_MAX,
  DRIFT_PPM_MAX,
  encodeDeviceLine,
  encodeHostCommand,
  ERROR_CODES,
  FLAGS_DEFINED,
  formatCrc,
  HEARTBEAT_MS_MAX,
  MAX_LINE_BYTES,
  MAX_RAW_LINE_BYTES,
  RATE_HZ_MAX,
  RATE_TOLERANCE,
  READING_AGE_MS_MAX,
  SEQ_MAX,
  TICK_RATE_TOLERANCE,
  TICKS_MAX,
} from '../../firmware-protocol/index.ts';
import type { DeviceLine, HostCommand } from '../../firmware-protocol/index.ts';

const BAUD_RATES = [9_600, 19_200, 38_400, 57_600, 115_200];
/** A start bit, eight data bits and a stop bit. */
const BITS_PER_BYTE = 10;
/** What is left for responses, events and jitter. */
const SHARE_FOR_READINGS = 0.8;

const boot = 'FFFF';
const tag = 'Zz09';
const serialNumber = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const hostMs = Number.MAX_SAFE_INTEGER;
const ticks = TICKS_MAX;
const options = Array.from({ length: 6 }, () => 'ABCDEFGH');

/** The longest reading, and one as it comes about an hour after the boot. */
const WORST_READING: DeviceLine = {
  kind: 'reading',
  boot,
  seq: SEQ_MAX,
  ticks,
  distance: DISTANCE_MAX,
  flags: FLAGS_DEFINED,
};
const TYPICAL_READING: DeviceLine = {
  kind: 'reading',
  boot: '7F3A',
  seq: 42_170,
  ticks: 3_600_421,
  distance: 218,
  flags: 0,
};

const DEVICE_LINES: readonly (readonly [form: string, meaning: string, longest: DeviceLine])[] = [
  ['$R,<boot>,<seq>,<ticks>,<distance>,<flags>', 'a reading', WORST_READING],
  ['!BOOT,<boot>,<why>', 'the device has started', { kind: 'boot', boot, why: 'BROWNOUT' }],
  ['!HB,<boot>,<ticks>', 'the device is alive', { kind: 'heartbeat', boot, ticks }],
  [
    '!E,<code>,<text>',
    'something went wrong, in the words of the firmware',
    { kind: 'fault', code: 99, text: 'x'.repeat(40) },
  ],
  [
    '=ID,<tag>,1,STEDI,<model>,<serial>,<firmware>,<boot>',
    'who it is; answers `ID?`',
    { kind: 'id', tag, model: 'Trainer', serialNumber, firmware: '12.34.56', boot },
  ],
  [
    '=CAPS,<tag>,R<rate>,<options>',
    'what it can do; answers `CAPS?`',
    { kind: 'caps', tag, maxRateHz: RATE_HZ_MAX, options },
  ],
  [
    '=OK,<tag>,START,<rate>',
    'it streams at this rate',
    { kind: 'started', tag, rateHz: RATE_HZ_MAX },
  ],
  [
    '=OK,<tag>,STOP,<seq>',
    'it has stopped; the number of the next reading',
    { kind: 'stopped', tag, seq: SEQ_MAX },
  ],
  ['=OK,<tag>,PING,', 'it hears', { kind: 'pong', tag }],
  ['=OK,<tag>,REBOOT,', 'it starts again, at once', { kind: 'rebooting', tag }],
  [
    '=SYNC,<tag>,<host_ms>,<rx_ticks>,<tx_ticks>',
    'its clock; answers `SYNC`',
    { kind: 'synced', tag, hostMs, rxTicks: ticks, txTicks: ticks },
  ],
  ['=ERR,<tag>,<n>', 'why a command was refused', { kind: 'error', tag, code: ERROR_CODES.SENSOR }],
  [
    '#<text>',
    'free text: logged, never interpreted, without CRC',
    { kind: 'text', text: 'x'.repeat(MAX_LINE_BYTES - 3) },
  ],
];

const COMMANDS: readonly (readonly [form: string, answer: string, longest: HostCommand])[] = [
  ['ID?', '=ID,…', { kind: 'identify' }],
  ['CAPS?', '=CAPS,…', { kind: 'capabilities' }],
  ['START <rate>', '=OK,<tag>,START,<rate>', { kind: 'start', rateHz: RATE_HZ_MAX }],
  ['STOP', '=OK,<tag>,STOP,<seq>', { kind: 'stop' }],
  ['SYNC <host_ms>', '=SYNC,…', { kind: 'sync', hostMs }],
  ['PING', '=OK,<tag>,PING,', { kind: 'ping' }],
  ['REBOOT <seq> <ticks>', '=OK,<tag>,REBOOT,', { kind: 'reboot', seq: SEQ_MAX, ticks }],
];

const CRC_TEXTS = [
  '123456789',
  '!BOOT,7F3A,PWR',
  '$R,7F3A,0,421,181,0',
  '=ERR,,1',
  '=ERR,,2',
  '=OK,9,START,50',
  '=SYNC,8,1655564444103,151,151',
  '@4 PING',
];

/** What a device says: every line, its meaning and its greatest length in bytes. */
export function deviceLinesTable(): string {
  const rows = DEVICE_LINES.map(
    ([form, meaning, longest]) =>
      `| \`${form}\` | ${meaning} | ${encodeDeviceLine(longest).length} |`,
  );
  return ['| line | meaning | bytes, at most |', '|---|---|---:|', ...rows].join('\n');
}

/** What a host says: every command, its response, and its greatest length with tag and CRC. */
export function commandsTable(): string {
  const rows = COMMANDS.map(
    ([form, answer, longest]) =>
      `| \`${form}\` | \`${answer}\` | ${encodeHostCommand(tag, longest).length} |`,
  );
  return ['| command | response | bytes, at most |', '|---|---|---:|', ...rows].join('\n');
}

/** Texts and their CRCs. */
export function crcTable(): string {
  const rows = CRC_TEXTS.map((text) => `| \`${text}\` | \`${formatCrc(crc16CcittFalse(text))}\` |`);
  return ['| bytes | CRC |', '|---|---|', ...rows].join('\n');
}

/** How many readings fit on a line, by baud rate. */
export function budgetTable(): string {
  const worst = encodeDeviceLine(WORST_READING).length;
  const typical = encodeDeviceLine(TYPICAL_READING).length;
  const rows = BAUD_RATES.map((baudRate) => {
    const bytes = baudRate / BITS_PER_BYTE;
    const cells = [worst, typical].flatMap((size) => [
      Math.floor(bytes / size),
      Math.floor((bytes / size) * SHARE_FOR_READINGS),
    ]);
    const longestMs = (MAX_LINE_BYTES * 1_000) / bytes;
    return `| ${[baudRate, bytes, ...cells, `${longestMs.toFixed(1)} ms`].join(' | ')} |`;
  });
  return [
    `| baud | bytes/s | readings/s of ${worst} bytes (the longest) | with a fifth left | readings/s of ${typical} bytes (typical) | with a fifth left | longest line |`,
    '|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

/** The limits that both sides keep. */
export function limitsTable(): string {
  const rows: readonly (readonly [what: string, limit: string])[] = [
    ['a line, CR LF included', `${MAX_LINE_BYTES} bytes`],
    ['a raw record, CR LF included', `${MAX_RAW_LINE_BYTES} bytes`],
    ['from the last byte of a command to its response', `${ANSWER_MS_MAX} ms`],
    ['how often a host repeats a command', `${COMMAND_RETRIES} times`],
    ['between two lines of a device', `${HEARTBEAT_MS_MAX} ms`],
    ['from a start to `!BOOT`', `${BOOT_MS_MAX} ms`],
    ['pace of readings', `± ${RATE_TOLERANCE * 100} %`],
    ['age of a reading when it arrives', `${READING_AGE_MS_MAX} ms`],
    ['pace of ticks, without synchronisation', `± ${TICK_RATE_TOLERANCE * 100} %`],
    ['drift, unless `=CAPS` states `PPM<n>`', `± ${DRIFT_PPM_MAX} ppm`],
    ['largest seq, distance', `${SEQ_MAX}`],
    ['largest ticks', `${TICKS_MAX}, after 49.7 days`],
    ['rates', `1 to ${RATE_HZ_MAX} Hz`],
  ];
  return [
    '| limit | value |',
    '|---|---|',
    ...rows.map(([what, limit]) => `| ${what} | ${limit} |`),
  ].join('\n');
}

/** What was understood as a name for each error, and what a device means by it. */
export function errorsTable(): string {
  const meanings: Readonly<Record<keyof typeof ERROR_CODES, string>> = {
    BAD_CRC: 'the CRC behind `*` is not that of the line; the tag stays empty',
    TOO_LONG_OR_BAD_BYTE:
      'the line is too long, or holds a byte outside 0x20 to 0x7E; the tag stays empty',
    UNKNOWN: 'there is no such verb, or the device has not the option',
    BAD_ARG:
      'an argument is missing, surplus or impossible; of an impossible tag nothing is repeated',
    BAD_STATE: 'not now: the state of the device does not allow it',
    BUSY: 'not yet: try again',
    SENSOR: 'the sensor does not work',
  };
  const rows = Object.entries(ERROR_CODES).map(
    ([name, code]) => `| ${code} | \`${name}\` | ${meanings[name as keyof typeof ERROR_CODES]} |`,
  );
  return ['| n | name | meaning |', '|---:|---|---|', ...rows].join('\n');
}
