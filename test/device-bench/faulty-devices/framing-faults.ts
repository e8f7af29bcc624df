import { crc16CcittFalse, formatCrc, LINE_END } from '../../../firmware-protocol/index.ts';
import { changeBytes, changeCrc, changeText } from './rework.ts';
import type { FaultyDevice } from './rework.ts';

const POLYNOMIAL = 0x1021;
const POLYNOMIAL_REFLECTED = 0x8408;
const TALKATIVE = { textEveryMs: 900 } as const;

/** The remainder of `text` by 0x1021, with another start value than the protocol's. */
function crcFrom(start: number, text: string): number {
  let crc = start;
  for (const character of text) {
    crc ^= character.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
    crc &= 0xffff;
  }
  return crc;
}

/** The reflected variant, with bits in the other order. */
function crcReflected(text: string): number {
  let crc = 0xffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL_REFLECTED : crc >> 1;
  }
  return crc;
}

/** Faults of the line format. */
export const FRAMING_FAULTS: readonly FaultyDevice[] = [
  {
    name: 'a library logs without #',
    rule: 'STL-FRAME-001',
    board: TALKATIVE,
    rework: changeBytes((bytes, { kind }) => (kind === 'text' ? `I ${bytes.slice(1)}` : bytes)),
  },
  {
    name: 'free text of 83 bytes',
    rule: 'STL-FRAME-002',
    board: TALKATIVE,
    rework: changeBytes((bytes, { kind }) =>
      kind === 'text' ? `#${'-'.repeat(80)}${LINE_END}` : bytes,
    ),
  },
  {
    name: 'CRC with the start value 0',
    rule: 'STL-FRAME-003',
    rework: changeCrc((text) => formatCrc(crcFrom(0, text))),
  },
  {
    name: 'reflected CRC',
    rule: 'STL-FRAME-003',
    rework: changeCrc((text) => formatCrc(crcReflected(text))),
  },
  {
    name: 'CRC without the class character',
    rule: 'STL-FRAME-003',
    rework: changeCrc((text) => formatCrc(crc16CcittFalse(text.slice(1)))),
  },
  {
    name: 'CRC in lower case',
    rule: 'STL-FRAME-004',
    rework: changeCrc((_, crc) => crc.toLowerCase()),
  },
  {
    name: 'CRC without leading zeros',
    rule: 'STL-FRAME-004',
    rework: changeCrc((_, crc) => crc.replace(/^0+(?=.)/, '')),
  },
  {
    name: 'NUL in front of the line end',
    rule: 'STL-FRAME-005',
    rework: changeBytes((bytes) => bytes.replace(LINE_END, `\0${LINE_END}`)),
  },
  {
    name: 'free text in UTF-8',
    rule: 'STL-FRAME-005',
    board: TALKATIVE,
    rework: changeBytes((bytes, { kind }) =>
      kind === 'text' ? `#21 \u00c2\u00b0C${LINE_END}` : bytes,
    ),
  },
  {
    name: 'CR without LF',
    rule: 'STL-FRAME-006',
    rework: changeBytes((bytes) => bytes.replace('\n', '')),
  },
  {
    name: 'readings without flags',
    rule: 'STL-FRAME-007',
    rework: changeText('reading', (text) => text.slice(0, text.lastIndexOf(','))),
  },
  {
    name: 'heartbeats with a field too many',
    rule: 'STL-FRAME-007',
    rework: changeText('heartbeat', (text) => `${text},0`),
  },
  {
    name: 'an event that nobody knows',
    rule: 'STL-FRAME-007',
    rework: changeText('heartbeat', (text) => text.replace('HB', 'ALIVE')),
  },
  {
    name: 'seq with leading zeros',
    rule: 'STL-FRAME-008',
    rework: changeText('reading', (text) => {
      const [verb, boot, seq = '', ...rest] = text.split(',');
      return [verb, boot, seq.padStart(5, '0'), ...rest].join(',');
    }),
  },
  {
    name: 'boot ids in lower case',
    rule: 'STL-FRAME-008',
    rework: changeBytes((bytes, line) =>
      'boot' in line && bytes.includes(line.boot) ? lowerBoot(bytes, line.boot) : bytes,
    ),
  },
  {
    name: 'free text quotes readings',
    rule: 'STL-FRAME-009',
    rework: changeBytes((bytes, { kind }) =>
      kind === 'reading' ? `#sent ${bytes}${bytes}` : bytes,
    ),
  },
];

function lowerBoot(bytes: string, boot: string): string {
  const text = bytes.slice(0, bytes.lastIndexOf('*')).replace(boot, boot.toLowerCase());
  return `${text}*${formatCrc(crc16CcittFalse(text))}${LINE_END}`;
}
