import { expect, it } from 'vitest';
import { toCheckDocument } from '../../../device-bench/report/check-document.ts';
import { checkDevice } from './check-device.ts';
import { FAULTY_DEVICES } from './faulty-devices.ts';

const TARGET = { port: 'memory', baudRate: 57_600, level: 'L3', isLevelDemanded: false } as const;

it.each([
  ['CRC in lower case', '!BOOT,75F9,PWR*ee62\\r\\n', '!BOOT,75F9,PWR*EE62\\r\\n'],
  ['CR without LF', '!BOOT,75F9,PWR*EE62\\r', '!BOOT,75F9,PWR*EE62\\r\\n'],
  ['PING is not answered', null, '=OK,a,PING,*DF8E\\r\\n'],
  [
    'answers with the tag of an earlier command',
    '=OK,Ab12,PING,*44EC\\r\\n',
    '=OK,,PING,*DEDD\\r\\n',
  ],
  ['bad bytes are left out', '=ERR,,1*34E4\\r\\n', '=ERR,,2*0487\\r\\n'],
])('the report sets the line of the device beside that of its twin: %s', (name, device, twin) => {
  const faulty = FAULTY_DEVICES.find((each) => each.name === name);
  if (faulty === undefined) throw new RangeError(`There is no device named ${name}.`);
  const { rules } = toCheckDocument(checkDevice(faulty), TARGET);
  const { departure } = rules.find(({ id }) => id === faulty.rule) ?? {};
  expect([departure?.device, departure?.twin]).toEqual([device, twin]);
});
