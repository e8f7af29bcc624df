import { describe, expect, it } from 'vitest';
import { parseEvent, parseReading } from '../../firmware-protocol/device-events.ts';

const split = (body: string): string[] => body.split(',');

describe('parseReading', () => {
  const reading = { kind: 'reading', boot: '7F3A', seq: 0, ticks: 421, distance: 181, flags: 0 };

  it.each([
    ['R,7F3A,0,421,181,0', reading],
    ['R,0000,0,421,181,0', { ...reading, boot: '0000' }],
    ['R,7F3A,65535,421,181,0', { ...reading, seq: 65_535 }],
    ['R,7F3A,0,0,181,0', { ...reading, ticks: 0 }],
    ['R,7F3A,0,4294967295,181,0', { ...reading, ticks: 4_294_967_295 }],
    ['R,7F3A,0,421,0,0', { ...reading, distance: 0 }],
    ['R,7F3A,0,421,65535,0', { ...reading, distance: 65_535 }],
    ['R,7F3A,0,421,181,7', { ...reading, flags: 7 }],
    ['R,7F3A,0,421,181,255', { ...reading, flags: 255 }],
  ])('reads %s', (body, expected) => {
    expect(parseReading(split(body))).toEqual(expected);
  });

  it.each([
    '',
    'R',
    'r,7F3A,0,421,181,0',
    'RR,7F3A,0,421,181,0',
    ',7F3A,0,421,181,0',
    ' R,7F3A,0,421,181,0',
    'R,7F3A,0,421,181',
    'R,7F3A,0,421,181,0,',
    'R,7F3A,0,421,181,0,0',
    'R,7F3A,,421,181,0',
    'R,,0,421,181,0',
    'R,7f3a,0,421,181,0',
    'R,7F3,0,421,181,0',
    'R,7F3A5,0,421,181,0',
    'R,7F3A,65536,421,181,0',
    'R,7F3A,-1,421,181,0',
    'R,7F3A,+1,421,181,0',
    'R,7F3A,01,421,181,0',
    'R,7F3A,0x1,421,181,0',
    'R,7F3A,0,4294967296,181,0',
    'R,7F3A,0,421.0,181,0',
    'R,7F3A,0,4e2,181,0',
    'R,7F3A,0, 421,181,0',
    'R,7F3A,0,421,65536,0',
    'R,7F3A,0,421,-1,0',
    'R,7F3A,0,421,,0',
    'R,7F3A,0,421,NaN,0',
    'R,7F3A,0,421,18*,0',
    'R,7F3A,0,421,181,256',
    'R,7F3A,0,421,181,00',
    'R,7F3A,0,421,181,',
    'R,7F3A,0,421,181,0 ',
    'R,7F3A,0,421,181,0*',
  ])('refuses %j', (body) => {
    expect(parseReading(split(body))).toBeUndefined();
  });

  it('refuses no fields', () => {
    expect(parseReading([])).toBeUndefined();
  });
});

describe('parseEvent', () => {
  it.each([
    ['BOOT,7F3A,PWR', { kind: 'boot', boot: '7F3A', why: 'PWR' }],
    ['BOOT,7F3A,W', { kind: 'boot', boot: '7F3A', why: 'W' }],
    ['BOOT,7F3A,WDT12345', { kind: 'boot', boot: '7F3A', why: 'WDT12345' }],
    ['HB,7F3A,0', { kind: 'heartbeat', boot: '7F3A', ticks: 0 }],
    ['HB,7F3A,4294967295', { kind: 'heartbeat', boot: '7F3A', ticks: 4_294_967_295 }],
    ['E,0,', { kind: 'fault', code: 0, text: '' }],
    ['E,99,sensor', { kind: 'fault', code: 99, text: 'sensor' }],
    ['E,7,a,b,,c,', { kind: 'fault', code: 7, text: 'a,b,,c,' }],
    ['E,7, ~$!=#@ ', { kind: 'fault', code: 7, text: ' ~$!=#@ ' }],
    [`E,7,${'a'.repeat(40)}`, { kind: 'fault', code: 7, text: 'a'.repeat(40) }],
  ])('reads %s', (body, expected) => {
    expect(parseEvent(split(body))).toEqual(expected);
  });

  it.each([
    '',
    'X,1',
    'boot,7F3A,PWR',
    'BOOT',
    'BOOT,7F3A',
    'BOOT,7F3A,',
    'BOOT,7F3A,pwr',
    'BOOT,7F3A,PWR,',
    'BOOT,7F3A,PWR,1',
    'BOOT,7f3a,PWR',
    'BOOT,,PWR',
    'BOOT,7F3A,WDT123456',
    'BOOT,7F3A,P R',
    'BOOT,7F3A,P*R',
    'BOOT,7F3A,P-R',
    'HB',
    'HB,7F3A',
    'HB,7F3A,',
    'HB,7F3A,4294967296',
    'HB,7F3A,01',
    'HB,7F3A,1,',
    'HB,7F3A,1,1',
    'HB,7f3a,1',
    'HB,,1',
    'E',
    'E,7',
    'E,,text',
    'E,100,text',
    'E,-1,text',
    'E,07,text',
    'E,x,text',
    'E,7,a*b',
    `E,7,${'a'.repeat(41)}`,
    `E,7,${'a,'.repeat(20)}b`,
  ])('refuses %j', (body) => {
    expect(parseEvent(split(body))).toBeUndefined();
  });

  it('refuses no fields', () => {
    expect(parseEvent([])).toBeUndefined();
  });
});
