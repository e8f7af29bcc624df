/**
 * Annotated vectors of STL/1: each byte of each line, in hex, with what it stands for.
 * The CRCs were computed by an independent implementation of CRC-16/CCITT-FALSE.
 */
import type { DeviceLine, HostCommand } from '../../firmware-protocol/index.ts';

/** A run of bytes in hex, and its meaning. */
export type Piece = readonly [hex: string, meaning: string];

/** A line of a device: its text without line end, its bytes on the wire, its value. */
export interface DeviceVector {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly value: DeviceLine;
}

/** A command of a host: its text without line end, its bytes on the wire, its tag and value. */
export interface CommandVector {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly tag: string;
  readonly command: HostCommand;
}

const COMMA: Piece = ['2C', 'field separator'];
const STAR: Piece = ['2A', '* ends what the CRC protects'];
const END: Piece = ['0D 0A', 'CR LF'];

/** The vectors of the design, in its order. */
export const DESIGN_VECTORS: readonly DeviceVector[] = [
  {
    text: '!BOOT,7F3A,PWR*ABB7',
    pieces: [
      ['21', '! event'],
      ['42 4F 4F 54', 'BOOT: the device has started'],
      COMMA,
      ['37 46 33 41', 'boot id 7F3A'],
      COMMA,
      ['50 57 52', 'why: PWR, power came on'],
      STAR,
      ['41 42 42 37', 'CRC 0xABB7'],
      END,
    ],
    value: { kind: 'boot', boot: '7F3A', why: 'PWR' },
  },
  {
    text: '$R,7F3A,0,421,181,0*0D16',
    pieces: [
      ['24', '$ reading'],
      ['52', 'R: distance'],
      COMMA,
      ['37 46 33 41', 'boot id 7F3A'],
      COMMA,
      ['30', 'seq 0, the first of this boot'],
      COMMA,
      ['34 32 31', 'ticks: 421 ms since boot'],
      COMMA,
      ['31 38 31', 'distance 181'],
      COMMA,
      ['30', 'flags: none'],
      STAR,
      ['30 44 31 36', 'CRC 0x0D16, with its leading zero'],
      END,
    ],
    value: { kind: 'reading', boot: '7F3A', seq: 0, ticks: 421, distance: 181, flags: 0 },
  },
  {
    text: '=ERR,,1*34E4',
    pieces: [
      ['3D', '= response'],
      ['45 52 52', 'ERR'],
      COMMA,
      COMMA,
      ['31', '1 BAD_CRC; the tag in front is empty, for it cannot be believed'],
      STAR,
      ['33 34 45 34', 'CRC 0x34E4'],
      END,
    ],
    value: { kind: 'error', tag: '', code: 1 },
  },
  {
    text: '=ERR,,2*0487',
    pieces: [
      ['3D', '= response'],
      ['45 52 52', 'ERR'],
      COMMA,
      COMMA,
      ['32', '2 TOO_LONG or BAD_BYTE'],
      STAR,
      ['30 34 38 37', 'CRC 0x0487'],
      END,
    ],
    value: { kind: 'error', tag: '', code: 2 },
  },
  {
    text: '=OK,9,START,50*D2DD',
    pieces: [
      ['3D', '= response'],
      ['4F 4B', 'OK'],
      COMMA,
      ['39', 'tag 9'],
      COMMA,
      ['53 54 41 52 54', 'START'],
      COMMA,
      ['35 30', '50 Hz'],
      STAR,
      ['44 32 44 44', 'CRC 0xD2DD'],
      END,
    ],
    value: { kind: 'started', tag: '9', rateHz: 50 },
  },
  {
    text: '=SYNC,8,1655564444103,151,151*2446',
    pieces: [
      ['3D', '= response'],
      ['53 59 4E 43', 'SYNC'],
      COMMA,
      ['38', 'tag 8'],
      COMMA,
      ['31 36 35 35 35 36 34 34 34 34 31 30 33', 'host_ms 1655564444103, as the host sent it'],
      COMMA,
      ['31 35 31', 'rx_ticks: the command came 151 ms after boot'],
      COMMA,
      ['31 35 31', 'tx_ticks: the answer left 151 ms after boot'],
      STAR,
      ['32 34 34 36', 'CRC 0x2446'],
      END,
    ],
    value: { kind: 'synced', tag: '8', hostMs: 1655564444103, rxTicks: 151, txTicks: 151 },
  },
];

/** One vector for each kind of framed line that the design has none for. */
export const FURTHER_VECTORS: readonly DeviceVector[] = [
  {
    text: '!HB,7F3A,5421*6E24',
    pieces: [
      ['21', '! event'],
      ['48 42', 'HB: heartbeat'],
      COMMA,
      ['37 46 33 41', 'boot id 7F3A'],
      COMMA,
      ['35 34 32 31', 'ticks: 5421 ms since boot'],
      STAR,
      ['36 45 32 34', 'CRC 0x6E24'],
      END,
    ],
    value: { kind: 'heartbeat', boot: '7F3A', ticks: 5421 },
  },
  {
    text: '!E,7,sensor lost, retrying*DB4B',
    pieces: [
      ['21', '! event'],
      ['45', 'E: fault'],
      COMMA,
      ['37', 'code 7'],
      COMMA,
      ['73 65 6E 73 6F 72 20 6C 6F 73 74', 'text: "sensor lost"'],
      ['2C', 'a comma of the text, which is the rest of the line'],
      ['20 72 65 74 72 79 69 6E 67', 'text: " retrying"'],
      STAR,
      ['44 42 34 42', 'CRC 0xDB4B'],
      END,
    ],
    value: { kind: 'fault', code: 7, text: 'sensor lost, retrying' },
  },
  {
    text: '=ID,1,1,STEDI,ST-1,0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0,1.4.2,7F3A*DD04',
    pieces: [
      ['3D', '= response'],
      ['49 44', 'ID'],
      COMMA,
      ['31', 'tag 1'],
      COMMA,
      ['31', 'protocol version 1'],
      COMMA,
      ['53 54 45 44 49', 'maker STEDI'],
      COMMA,
      ['53 54 2D 31', 'model ST-1'],
      COMMA,
      ['30 66 31 65 32 64 33 63 2D', 'serial number 0f1e2d3c-'],
      ['34 62 35 61 2D 36 39 37 38 2D 38 37 39 36 2D', '4b5a-6978-8796-'],
      ['61 35 62 34 63 33 64 32 65 31 66 30', 'a5b4c3d2e1f0'],
      COMMA,
      ['31 2E 34 2E 32', 'firmware 1.4.2'],
      COMMA,
      ['37 46 33 41', 'boot id 7F3A'],
      STAR,
      ['44 44 30 34', 'CRC 0xDD04'],
      END,
    ],
    value: {
      kind: 'id',
      tag: '1',
      model: 'ST-1',
      serialNumber: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      firmware: '1.4.2',
      boot: '7F3A',
    },
  },
  {
    text: '=CAPS,2,R100,SYNC+LATE*F5CA',
    pieces: [
      ['3D', '= response'],
      ['43 41 50 53', 'CAPS'],
      COMMA,
      ['32', 'tag 2'],
      COMMA,
      ['52 31 30 30', 'R100: up to 100 Hz'],
      COMMA,
      ['53 59 4E 43', 'option SYNC'],
      ['2B', '+ between options'],
      ['4C 41 54 45', 'option LATE'],
      STAR,
      ['46 35 43 41', 'CRC 0xF5CA'],
      END,
    ],
    value: { kind: 'caps', tag: '2', maxRateHz: 100, options: ['SYNC', 'LATE'] },
  },
  {
    text: '=OK,,STOP,65535*F583',
    pieces: [
      ['3D', '= response'],
      ['4F 4B', 'OK'],
      COMMA,
      COMMA,
      ['53 54 4F 50', 'STOP, after an empty tag'],
      COMMA,
      ['36 35 35 33 35', 'the last seq: 65535'],
      STAR,
      ['46 35 38 33', 'CRC 0xF583'],
      END,
    ],
    value: { kind: 'stopped', tag: '', seq: 65535 },
  },
  {
    text: '=OK,4,PING,*4CBE',
    pieces: [
      ['3D', '= response'],
      ['4F 4B', 'OK'],
      COMMA,
      ['34', 'tag 4'],
      COMMA,
      ['50 49 4E 47', 'PING'],
      ['2C', 'field separator in front of nothing'],
      STAR,
      ['34 43 42 45', 'CRC 0x4CBE'],
      END,
    ],
    value: { kind: 'pong', tag: '4' },
  },
  {
    text: '=OK,5,REBOOT,*65D1',
    pieces: [
      ['3D', '= response'],
      ['4F 4B', 'OK'],
      COMMA,
      ['35', 'tag 5'],
      COMMA,
      ['52 45 42 4F 4F 54', 'REBOOT: a boot event follows'],
      ['2C', 'field separator in front of nothing'],
      STAR,
      ['36 35 44 31', 'CRC 0x65D1'],
      END,
    ],
    value: { kind: 'rebooting', tag: '5' },
  },
];

/** One vector for each command, tagged and untagged. */
export const COMMAND_VECTORS: readonly CommandVector[] = [
  {
    text: '@1 ID?*7079',
    pieces: [
      ['40 31', '@ and the tag 1'],
      ['20', 'space'],
      ['49 44 3F', 'ID?'],
      STAR,
      ['37 30 37 39', 'CRC 0x7079'],
      END,
    ],
    tag: '1',
    command: { kind: 'identify' },
  },
  {
    text: 'CAPS?*3400',
    pieces: [['43 41 50 53 3F', 'CAPS?'], STAR, ['33 34 30 30', 'CRC 0x3400'], END],
    tag: '',
    command: { kind: 'capabilities' },
  },
  {
    text: '@9 START 50*1CCD',
    pieces: [
      ['40 39', '@ and the tag 9'],
      ['20', 'space'],
      ['53 54 41 52 54', 'START'],
      ['20', 'space'],
      ['35 30', '50 Hz'],
      STAR,
      ['31 43 43 44', 'CRC 0x1CCD'],
      END,
    ],
    tag: '9',
    command: { kind: 'start', rateHz: 50 },
  },
  {
    text: 'STOP*AF2E',
    pieces: [['53 54 4F 50', 'STOP'], STAR, ['41 46 32 45', 'CRC 0xAF2E'], END],
    tag: '',
    command: { kind: 'stop' },
  },
  {
    text: '@8 SYNC 1655564444103*EEE5',
    pieces: [
      ['40 38', '@ and the tag 8'],
      ['20', 'space'],
      ['53 59 4E 43', 'SYNC'],
      ['20', 'space'],
      ['31 36 35 35 35 36 34 34 34 34 31 30 33', 'host_ms 1655564444103'],
      STAR,
      ['45 45 45 35', 'CRC 0xEEE5'],
      END,
    ],
    tag: '8',
    command: { kind: 'sync', hostMs: 1655564444103 },
  },
  {
    text: '@4 PING*ED5C',
    pieces: [
      ['40 34', '@ and the tag 4'],
      ['20', 'space'],
      ['50 49 4E 47', 'PING'],
      STAR,
      ['45 44 35 43', 'CRC 0xED5C'],
      END,
    ],
    tag: '4',
    command: { kind: 'ping' },
  },
  {
    text: '@5 REBOOT 65530 4294967000*F1B8',
    pieces: [
      ['40 35', '@ and the tag 5'],
      ['20', 'space'],
      ['52 45 42 4F 4F 54', 'REBOOT'],
      ['20', 'space'],
      ['36 35 35 33 30', 'seq 65530: the seventh reading wraps'],
      ['20', 'space'],
      ['34 32 39 34 39 36 37 30 30 30', 'ticks 4294967000: they wrap after 296 ms'],
      STAR,
      ['46 31 42 38', 'CRC 0xF1B8'],
      END,
    ],
    tag: '5',
    command: { kind: 'reboot', seq: 65530, ticks: 4294967000 },
  },
];

/** The bytes of a vector, one character per byte, as the hex of its pieces spells them. */
export function wireOf(vector: { readonly pieces: readonly Piece[] }): string {
  const hex = vector.pieces.map(([bytes]) => bytes).join('');
  return Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1');
}
