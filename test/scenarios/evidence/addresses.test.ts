import { expect, test } from 'vitest';
import { Addresses } from '../../../scenarios/evidence/addresses.ts';
import { ANN, BOB, emailOf, smallWorld } from '../small-world.ts';

test('people are found by their e-mail in any case, namesakes together, and nobody by anything else', () => {
  const world = smallWorld();
  const people = world.people.map((person) =>
    person.id === BOB
      ? { ...person, identity: { ...person.identity, email: emailOf(ANN).toUpperCase() } }
      : person,
  );
  const addresses = new Addresses({ people });
  expect(addresses.peopleOf(emailOf(ANN))).toEqual([ANN, BOB]);
  expect(addresses.peopleOf('Ann@Mail.Example')).toEqual([ANN, BOB]);
  for (const other of [emailOf(BOB), '', null, undefined, 7]) {
    expect(addresses.peopleOf(other)).toEqual([]);
  }
});
