import { expect, test } from 'vitest';
import { maskedView, OPEN_VIEW } from '../../../scenarios/explain/personal-view.ts';
import { ANN, BOB, customerRow, emailOf, smallWorld } from '../small-world.ts';

const WORLD = smallWorld();
const MASKED = maskedView(WORLD);

test.each([
  ['an e-mail of the world', emailOf(ANN)],
  ['in another case', emailOf(BOB).toUpperCase()],
  ['of somebody else', 'real.person+walk@clinic.example'],
  ['a name', 'Ann Walker'],
  ['a phone number', String(customerRow(ANN)['phone'])],
])('%s is hidden in bytes, in text and in hex', (_what, value) => {
  const { text, hex, length } = MASKED.bytes(`{"u":"${value}","x":1}\n`);
  const stars = '*'.repeat(value.length);
  expect(text).toBe(String.raw`{"u":"${stars}","x":1}\n`);
  expect(hex).toBe(`7b 22 75 22 3a 22 ${'** '.repeat(value.length)}22 2c 22 78 22 3a 31 7d 0a`);
  expect(length).toBe(value.length + 15);
});

test('every one of several is hidden', () => {
  const twice = `${emailOf(ANN)} and ${emailOf(ANN)}, Ann Walker, ann walker`;
  expect(MASKED.bytes(twice).text).toMatch(/^\*+ and \*+, \*{10}, \*{10}$/);
});

test('what is not personal is shown as it is', () => {
  const line = '$R,DE41,3,5000,211,0*ABCD';
  expect(MASKED.bytes(line).text).toBe(line);
  expect(MASKED.row({ user: emailOf(BOB), x: -1 })).toEqual({ user: 'e-mail of person 1', x: -1 });
});

test('who asks for it sees everything', () => {
  expect(OPEN_VIEW.bytes(emailOf(ANN)).text).toBe(emailOf(ANN));
  expect(OPEN_VIEW.row({ user: emailOf(ANN) })).toEqual({ user: emailOf(ANN) });
});
