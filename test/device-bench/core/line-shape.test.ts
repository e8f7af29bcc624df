import { describe, expect, it } from 'vitest';
import { ShapeReader } from '../../../device-bench/core/line-shape.ts';
import type { LineShape } from '../../../device-bench/core/line-shape.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';

/** The shape of the last line, after the others. */
function shapeAfter(...texts: readonly string[]): LineShape {
  const reader = new ShapeReader();
  const shapes = texts.map((text) => reader.read(frameLine(text), 0));
  return shapes.at(-1) as LineShape;
}

const BOOT = '!BOOT,7F3A,PWR';

describe('ShapeReader', () => {
  it.each([
    ['readings whatever their values are', [BOOT, '$R,7F3A,0,5,181,0'], [BOOT, '$R,7F3A,0,99,7,0']],
    ['boots whatever their reasons are', [BOOT], ['!BOOT,0001,RST']],
    [
      'STOP whatever the seq is',
      ['$R,7F3A,4,1,1,0', '=OK,a,STOP,5'],
      ['$R,7F3A,8,1,1,0', '=OK,a,STOP,9'],
    ],
    ['heartbeats whenever they are', [BOOT, '!HB,7F3A,1'], [BOOT, '!HB,7F3A,4000000000']],
    ['SYNC whenever it is', [BOOT, '=SYNC,a,7,100,100'], [BOOT, '=SYNC,a,7,5000,5003']],
  ])('makes equal: %s', (_what, left, right) => {
    expect(shapeAfter(...left).text).toBe(shapeAfter(...right).text);
    expect(shapeAfter(...left).isOdd).toBe(false);
  });

  it('makes readings equal that go on, with a gap or without', () => {
    const first = '$R,7F3A,65534,10,181,0';
    const next = shapeAfter(BOOT, first, '$R,7F3A,65535,20,181,0').text;
    expect(shapeAfter(BOOT, first, '$R,7F3A,65535,14,0,0', '$R,7F3A,0,15,0,0').text).toBe(next);
    expect(shapeAfter(BOOT, first, '$R,7F3A,3,20,181,4').isOdd).toBe(false);
  });

  it.each([
    ['a reading of another boot', ['$R,0001,0,5,181,0']],
    ['a reading with the same seq', ['$R,7F3A,3,5,181,0', '$R,7F3A,3,6,181,0']],
    ['a gap without the flag', ['$R,7F3A,3,5,181,0', '$R,7F3A,5,6,181,0']],
    ['the flag without a gap', ['$R,7F3A,3,5,181,0', '$R,7F3A,4,6,181,4']],
    ['a seq that goes back with the flag', ['$R,7F3A,3,5,181,0', '$R,7F3A,1,6,181,4']],
    ['ticks that go back', ['$R,7F3A,3,5,181,0', '$R,7F3A,4,4,181,0']],
    ['ticks that jump', ['$R,7F3A,3,5,181,0', '$R,7F3A,4,2000,181,0']],
    ['a heartbeat that goes back', ['$R,7F3A,3,5,181,0', '!HB,7F3A,4']],
    ['a heartbeat of another boot', ['!HB,0001,4']],
    ['a line that nobody knows', ['!WHAT,1']],
    ['leading zeros', ['$R,7F3A,00,5,181,0']],
  ])('finds odd: %s', (_what, texts) => {
    expect(shapeAfter(BOOT, ...texts).isOdd).toBe(true);
  });

  it('finds odd what is not framed as it should be', () => {
    const reader = new ShapeReader();
    expect(reader.read('!BOOT,7F3A,PWR*0000\r\n', 0).isOdd).toBe(true);
    expect(reader.read('ready\r\n', 0).isOdd).toBe(true);
    expect(reader.read('#ready\r\n', 0).isOdd).toBe(false);
  });

  it.each([
    ['a boot id that comes again', '!BOOT,7F3A,RST', '!BOOT,0001,RST'],
    ['the boot id in ID', '=ID,a,1,STEDI,ST-1,s,1,0001', '=ID,a,1,STEDI,ST-1,s,1,7F3A'],
    ['the serial number', '=ID,a,1,STEDI,ST-1,s,1,7F3A', '=ID,a,1,STEDI,ST-1,t,1,7F3A'],
    ['the tag', '=OK,a,PING,', '=OK,,PING,'],
    ['the verb', '=OK,a,PING,', '=OK,a,REBOOT,'],
    ['the rate', '=OK,a,START,5', '=OK,a,START,6'],
    ['the seq of STOP behind that of the last reading', '=OK,a,STOP,7', '=OK,a,STOP,8'],
    ['the number of an error', '=ERR,a,3', '=ERR,a,4'],
    ['the options', '=CAPS,a,R200,SYNC', '=CAPS,a,R200,'],
    ['the host time', '=SYNC,a,7,900,900', '=SYNC,a,8,900,900'],
    ['the order of times', '=SYNC,a,7,900,900', '=SYNC,a,7,901,900'],
    ['ticks of SYNC that go back', '=SYNC,a,7,900,900', '=SYNC,a,7,9,9'],
    ['the first seq', '$R,7F3A,8,900,0,0', '!HB,7F3A,900'],
  ])('tells apart: %s', (_what, left, right) => {
    const before = [BOOT, '$R,7F3A,7,100,181,0'];
    expect(shapeAfter(...before, left).text).not.toBe(shapeAfter(...before, right).text);
  });

  it('reckons the ticks at the boot, and knows what nobody can know who has not heard it', () => {
    const reader = new ShapeReader();
    const stop = frameLine('=OK,a,STOP,812');
    expect(reader.read(stop, 0).isVague).toBe(true);
    expect(reader.read(frameLine('$R,7F3A,812,90000,1,0'), 5)).not.toHaveProperty('ticksAtBoot');
    expect(reader.read(stop, 6).isVague).toBeUndefined();
    reader.read(frameLine(BOOT), 1_000);
    expect(reader.read(stop, 1_001).isVague).toBeUndefined();
    const first = reader.read(frameLine('$R,7F3A,0,470,1,0'), 1_400);
    expect(first).toMatchObject({ ticksAtBoot: 70, isOdd: false });
  });
});
