import { describe, expect, it } from 'vitest';
import { parseResponse } from '../../firmware-protocol/device-responses.ts';

const SERIAL = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const split = (body: string): string[] => body.split(',');

describe('parseResponse reads', () => {
  const id = {
    kind: 'id',
    tag: '',
    model: 'ST-1',
    serialNumber: SERIAL,
    firmware: '1.4.2',
    boot: '7F3A',
  };

  it.each([
    [`ID,,1,STEDI,ST-1,${SERIAL},1.4.2,7F3A`, id],
    [`ID,aZ09,1,STEDI,ST-1,${SERIAL},1.4.2,7F3A`, { ...id, tag: 'aZ09' }],
    [`ID,,1,STEDI,Trainer,${SERIAL},1.4.2,7F3A`, { ...id, model: 'Trainer' }],
    [`ID,,1,STEDI,x,${SERIAL},2,7F3A`, { ...id, model: 'x', firmware: '2' }],
    [`ID,,1,STEDI,ST-1,${SERIAL},1.2-rc.3,7F3A`, { ...id, firmware: '1.2-rc.3' }],
    ['CAPS,,R1,', { kind: 'caps', tag: '', maxRateHz: 1, options: [] }],
    ['CAPS,9,R1000,SYNC', { kind: 'caps', tag: '9', maxRateHz: 1000, options: ['SYNC'] }],
    [
      'CAPS,9,R50,A+B+C+D+E+F',
      { kind: 'caps', tag: '9', maxRateHz: 50, options: 'ABCDEF'.split('') },
    ],
    ['CAPS,9,R50,ABCDEFGH', { kind: 'caps', tag: '9', maxRateHz: 50, options: ['ABCDEFGH'] }],
    ['OK,9,START,1', { kind: 'started', tag: '9', rateHz: 1 }],
    ['OK,,START,1000', { kind: 'started', tag: '', rateHz: 1000 }],
    ['OK,9,STOP,0', { kind: 'stopped', tag: '9', seq: 0 }],
    ['OK,,STOP,65535', { kind: 'stopped', tag: '', seq: 65_535 }],
    ['OK,9,PING,', { kind: 'pong', tag: '9' }],
    ['OK,,PING,', { kind: 'pong', tag: '' }],
    ['OK,9,REBOOT,', { kind: 'rebooting', tag: '9' }],
    ['SYNC,,0,0,0', { kind: 'synced', tag: '', hostMs: 0, rxTicks: 0, txTicks: 0 }],
    [
      'SYNC,8,9007199254740991,4294967295,4294967295',
      { kind: 'synced', tag: '8', hostMs: 2 ** 53 - 1, rxTicks: 2 ** 32 - 1, txTicks: 2 ** 32 - 1 },
    ],
    // The clock of ticks may wrap between receiving and answering.
    [
      'SYNC,8,1,4294967295,0',
      { kind: 'synced', tag: '8', hostMs: 1, rxTicks: 2 ** 32 - 1, txTicks: 0 },
    ],
    ...[1, 2, 3, 4, 5, 6, 7].map((code): [string, object] => [
      `ERR,9,${code}`,
      { kind: 'error', tag: '9', code },
    ]),
    ['ERR,,3', { kind: 'error', tag: '', code: 3 }],
  ])('%s', (body, expected) => {
    expect(parseResponse(split(body))).toEqual(expected);
  });
});

describe('parseResponse refuses', () => {
  it.each([
    '',
    'NO,9,1',
    'id,9',
    'OK',
    'ERR',
    'SYNC',
    'CAPS',
    'ID',
    ' OK,9,PING,',
    // Tags.
    'OK,aZ091,PING,',
    'OK,a-b,PING,',
    'OK, ,PING,',
    'OK,@9,PING,',
    'OK,PING,',
    'ERR,1',
    // ID: field count, version, maker, model, serial number, firmware, boot id.
    `ID,,1,STEDI,ST-1,${SERIAL},1.4.2`,
    `ID,,1,STEDI,ST-1,${SERIAL},1.4.2,7F3A,`,
    `ID,,2,STEDI,ST-1,${SERIAL},1.4.2,7F3A`,
    `ID,,01,STEDI,ST-1,${SERIAL},1.4.2,7F3A`,
    `ID,,,STEDI,ST-1,${SERIAL},1.4.2,7F3A`,
    `ID,,1,stedi,ST-1,${SERIAL},1.4.2,7F3A`,
    `ID,,1,,ST-1,${SERIAL},1.4.2,7F3A`,
    `ID,,1,STEDI,,${SERIAL},1.4.2,7F3A`,
    `ID,,1,STEDI,Trainer8,${SERIAL},1.4.2,7F3A`,
    `ID,,1,STEDI,ST 1,${SERIAL},1.4.2,7F3A`,
    `ID,,1,STEDI,ST-1,${SERIAL.toUpperCase()},1.4.2,7F3A`,
    `ID,,1,STEDI,ST-1,${SERIAL.slice(1)},1.4.2,7F3A`,
    'ID,,1,STEDI,ST-1,,1.4.2,7F3A',
    `ID,,1,STEDI,ST-1,${SERIAL},,7F3A`,
    `ID,,1,STEDI,ST-1,${SERIAL},123456789,7F3A`,
    `ID,,1,STEDI,ST-1,${SERIAL},1_2,7F3A`,
    `ID,,1,STEDI,ST-1,${SERIAL},1.4.2,7f3a`,
    `ID,,1,STEDI,ST-1,${SERIAL},1.4.2,`,
    // CAPS: rate and options.
    'CAPS,9,R50',
    'CAPS,9,R50,A,B',
    'CAPS,9,50,A',
    'CAPS,9,r50,A',
    'CAPS,9,R,A',
    'CAPS,9,R0,A',
    'CAPS,9,R1001,A',
    'CAPS,9,R050,A',
    'CAPS,9,R50,a',
    'CAPS,9,R50,A+',
    'CAPS,9,R50,+A',
    'CAPS,9,R50,A++B',
    'CAPS,9,R50,A B',
    'CAPS,9,R50,ABCDEFGHI',
    'CAPS,9,R50,A+B+C+D+E+F+G',
    // OK: verb and value.
    'OK,9,START',
    'OK,9,START,',
    'OK,9,START,0',
    'OK,9,START,1001',
    'OK,9,START,050',
    'OK,9,START,50,',
    'OK,9,START,50.0',
    'OK,9,STOP',
    'OK,9,STOP,',
    'OK,9,STOP,65536',
    'OK,9,STOP,-1',
    'OK,9,STOP,00',
    'OK,9,STOP,1,1',
    'OK,9,PING',
    'OK,9,PING,0',
    'OK,9,PING, ',
    'OK,9,PING,,',
    'OK,9,ping,',
    'OK,9,REBOOT',
    'OK,9,REBOOT,0',
    'OK,9,REBOOT,,',
    'OK,9,PAUSE,1',
    'OK,9,,',
    'OK,9,ID,',
    // SYNC: three numbers.
    'SYNC,8,1,1',
    'SYNC,8,1,1,1,1',
    'SYNC,8,,1,1',
    'SYNC,8,1,,1',
    'SYNC,8,1,1,',
    'SYNC,8,9007199254740992,1,1',
    'SYNC,8,1,4294967296,1',
    'SYNC,8,1,1,4294967296',
    'SYNC,8,1.0,1,1',
    'SYNC,8,-1,1,1',
    'SYNC,8,01,1,1',
    // ERR: code.
    'ERR,9',
    'ERR,9,',
    'ERR,9,0',
    'ERR,9,8',
    'ERR,9,01',
    'ERR,9,1,',
    'ERR,9,1,1',
    'ERR,9,BAD_CRC',
    'ERR,9,1*',
  ])('%j', (body) => {
    expect(parseResponse(split(body))).toBeUndefined();
  });

  it('no fields', () => {
    expect(parseResponse([])).toBeUndefined();
  });
});
