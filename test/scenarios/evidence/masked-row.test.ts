import { expect, test } from 'vitest';
import { isPersonal, maskRow } from '../../../scenarios/evidence/masked-row.ts';
import { ANN, BOB, customerRow, emailOf, smallWorld } from '../small-world.ts';

const WORLD = smallWorld();

test('a customer is shown without who it is', () => {
  expect(maskRow(WORLD, customerRow(ANN))).toMatchObject({
    customerName: 'name of person 0',
    email: 'e-mail of person 0',
    phone: 'phone number of person 0',
    birthDay: 'birthday of person 0',
    serialNumber: 'serial-0',
  });
});

test.each([
  ['device', emailOf(BOB), 'e-mail of person 1'],
  ['device', emailOf(BOB).toUpperCase(), 'e-mail of person 1'],
  ['user', 'stranger@mail.example', 'personal, of nobody'],
  ['user', null, null],
  ['x', -1, -1],
  ['device', 'serial-0', 'serial-0'],
])('%s %j becomes %j', (name, value, shown) => {
  expect(maskRow(WORLD, { [name]: value })).toEqual({ [name]: shown });
});

test('what several people share is told of all of them', () => {
  const [first, ...others] = WORLD.people;
  const people = [first, ...others.map((person) => ({ ...person, identity: first?.identity }))];
  const world = { ...WORLD, people } as typeof WORLD;
  expect(maskRow(world, { user: emailOf(ANN) })).toEqual({
    user: 'e-mail of person 0, person 1, person 2 and 1 more',
  });
});

test('values are personal whatever their case, and numbers never', () => {
  expect(isPersonal(WORLD, 'ANN WALKER')).toBe(true);
  expect(isPersonal(WORLD, 'Ann')).toBe(false);
  expect(isPersonal(WORLD, 8_015_550_100)).toBe(false);
});
