import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bearsName,
  ClientIdOwners,
  isClientId,
  ownTopics,
} from '../../../bridge/core/topic-rules.ts';

describe('a client id', () => {
  it.each(['a', 'Phone-1', '-', '0', 'x'.repeat(64)])('can be %s', (text) => {
    expect(isClientId(text)).toBe(true);
  });

  it.each(['', 'x'.repeat(65), 'a/b', '+', '#', 'a b', 'ä', 'a\n', '\u0000', 'a_b', 'a.b', '..'])(
    'cannot be %j',
    (text) => {
      expect(isClientId(text)).toBe(false);
    },
  );

  it('gives the topics of one client alone', () => {
    expect(ownTopics('phone-1')).toEqual([
      'stedi/v1/phones/phone-1/accelerometer',
      'stedi/v1/phones/phone-1/status',
    ]);
  });

  it('bears the name of a user that it is or begins with', () => {
    expect(
      ['ann', 'ann-1', 'ann-lee', 'anna', 'an', 'ANN'].map((id) => bearsName(id, 'ann')),
    ).toEqual([true, true, true, false, false, false]);
  });
});

describe('the owner of a client id', () => {
  const owners = new ClientIdOwners([
    { name: 'ann', clientIds: ['tablet-7', 'bob-9'] },
    { name: 'ann-lee', clientIds: [] },
    { name: 'bob', clientIds: [] },
  ]);

  it.each([
    ['ann', 'ann'],
    ['ann-1', 'ann'],
    ['ann-1-2', 'ann'],
    ['ann-lee', 'ann-lee'],
    ['ann-lee-1', 'ann-lee'],
    ['ann-leery', 'ann'],
    ['tablet-7', 'ann'],
    ['tablet-7-1', undefined],
    ['bob-9', 'ann'],
    ['bob-9-1', 'bob'],
    ['anna', undefined],
    ['', undefined],
    ['-ann', undefined],
    ['eve', undefined],
  ])('of %s is %s', (clientId, owner) => {
    expect(owners.ownerOf(clientId)).toBe(owner);
  });

  it('is a user who was given it, or whose name it bears', () => {
    const name = fc.stringMatching(/^[ab-]{1,6}$/);
    const user = fc.record({ name, clientIds: fc.array(name, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(user), name, (users, clientId) => {
        const owner = new ClientIdOwners(users).ownerOf(clientId);
        const mayOwn = users.filter(
          (one) => one.clientIds.includes(clientId) || bearsName(clientId, one.name),
        );
        expect(mayOwn.length === 0).toBe(owner === undefined);
        expect([undefined, ...mayOwn.map((one) => one.name)]).toContain(owner);
      }),
    );
  });
});
