import { expect, it } from 'vitest';
import { isPattern, matchesPattern } from '../../../bridge/core/port-pattern.ts';

it.each([
  ['ttyUSB0', false],
  ['ttyUSB*', true],
  ['ttyUSB?', true],
  ['ttyUSB[0-3]', true],
])('%s is a pattern: %s', (part, is) => {
  expect(isPattern(part)).toBe(is);
});

it.each([
  ['ttyUSB*', ['ttyUSB0', 'ttyUSB12', 'ttyUSB'], ['ttyUS', 'xttyUSB0', '.ttyUSB0']],
  ['ttyUSB?', ['ttyUSB0'], ['ttyUSB', 'ttyUSB12']],
  ['tty[AU]*[0-3]', ['ttyUSB0', 'ttyACM3'], ['ttyS0', 'ttyUSB4']],
  ['tty[!S]*', ['ttyUSB0'], ['ttyS0']],
  ['usb-1.2+(x)^$|{}*', ['usb-1.2+(x)^$|{}', 'usb-1.2+(x)^$|{}-port0'], ['usb-1x2+(x)^$|{}']],
  [String.raw`a[\^x]`, ['a^', 'ax', 'a\\'], ['ab']],
  ['a[', ['a['], ['a']],
  ['.*', ['.stedi'], ['tty']],
  ['*', ['tty'], ['.stedi']],
])('%s matches %j and none of %j', (pattern, some, others) => {
  expect(some.filter((name) => !matchesPattern(name, pattern))).toEqual([]);
  expect(others.filter((name) => matchesPattern(name, pattern))).toEqual([]);
});
