import { expect, it } from 'vitest';
import { isResponse } from '../../../device-bench/core/meant-line.ts';
import { readLine } from '../../../device-bench/core/read-line.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';

it.each([
  ['=ID,a,1,STEDI,ST-1,s,1.0,7F3A', true],
  ['=CAPS,a,R100,SYNC', true],
  ['=OK,a,PING,', true],
  ['=SYNC,a,17,5,6', true],
  ['=ERR,a,3', true],
  ['$R,7F3A,1,2,3,4', false],
  ['!BOOT,7F3A,PWR', false],
  ['!HB,7F3A,1', false],
  ['!E,1,text', false],
  ['=WHAT,a', false],
])('%s is a response: %s', (text, expected) => {
  expect(isResponse(readLine(frameLine(text)).meant)).toBe(expected);
});

it('free text is no response, whatever it says', () => {
  expect(isResponse(readLine('#OK,a,PING,\r\n').meant)).toBe(false);
});
