import { describe, expect, it } from 'vitest';
import { CredentialCheck } from '../../../bridge/broker/credential-check.ts';
import type { CredentialVerdict } from '../../../bridge/broker/credential-check.ts';
import { hashPassword } from '../../../bridge/broker/password-hash.ts';
import { parseUsers } from '../../../bridge/broker/users-file.ts';
import type { BrokerUser } from '../../../bridge/broker/users-file.ts';
import { PASSWORD, passwordHash } from './users-stage.ts';

const ANN = userWith(await passwordHash());

function userWith(hash: string): BrokerUser {
  return parseUsers(`ann:${hash}\n`, 'users')[0]!;
}

/** A check with a clock that is set by hand, and `ask` for ann from one address. */
function stage(
  attempts = 2,
  addressAttempts = 100,
): {
  clock: { nowMs: number };
  check: CredentialCheck;
  ask: (
    password: string,
    other?: Partial<{ name: string; user: BrokerUser | undefined; address: string }>,
  ) => Promise<CredentialVerdict>;
} {
  const clock = { nowMs: 0 };
  const limits = { attempts, attemptMs: 1_000, addressAttempts, addressAttemptMs: 10_000 };
  const check = new CredentialCheck({ ...limits, nowMs: () => clock.nowMs });
  return {
    clock,
    check,
    ask: (password, other = {}) =>
      check.check({
        name: 'ann',
        user: ANN,
        address: '10.0.0.1',
        ...other,
        password: Buffer.from(password),
      }),
  };
}

describe('a password', () => {
  it('is right or wrong', async () => {
    const { ask } = stage();
    expect([await ask(PASSWORD), await ask('wrong')]).toEqual(['right', 'wrong']);
    expect(await ask(PASSWORD, { name: 'eve', user: undefined })).toBe('wrong');
  });

  it('cannot be guessed quickly: an address has few attempts for a name', async () => {
    const { ask, clock } = stage();
    const guesses = ['a', 'b', 'c'].map((guess) => ask(guess));
    expect(await Promise.all(guesses)).toEqual(['wrong', 'wrong', 'too-many-attempts']);
    expect(await ask('c', { address: '10.0.0.2' })).toBe('wrong');
    expect(await ask(PASSWORD)).toBe('too-many-attempts');
    clock.nowMs = 1_000;
    expect(await ask(PASSWORD)).toBe('right');
  });

  it('cannot be guessed under many names either: an address has few attempts for all', async () => {
    const { ask, clock } = stage(2, 3);
    const guess = (name: string, address = '10.0.0.1'): Promise<CredentialVerdict> =>
      ask('guess', { name, user: undefined, address });
    const verdicts = await Promise.all(['a', 'b', 'c', 'd'].map((name) => guess(name)));
    expect(verdicts).toEqual(['wrong', 'wrong', 'wrong', 'too-many-attempts']);
    expect(await guess('d', '10.0.0.2')).toBe('wrong');
    expect(await ask(PASSWORD)).toBe('too-many-attempts');
    clock.nowMs = 10_000;
    expect([await ask(PASSWORD), await guess('e')]).toEqual(['right', 'wrong']);
    // Known by its digest, it needs no attempt.
    expect(await ask(PASSWORD)).toBe('right');
  });

  it('that was right stays so, whatever is guessed from the same address', async () => {
    const { ask } = stage(1);
    expect(await ask(PASSWORD)).toBe('right');
    expect([await ask('a'), await ask('b')]).toEqual(['wrong', 'too-many-attempts']);
    expect(await ask(PASSWORD)).toBe('right');
  });

  it('that is changed in the file is no longer right', async () => {
    const { ask } = stage();
    expect(await ask(PASSWORD)).toBe('right');
    const user = userWith(await hashPassword(Buffer.from('another horse')));
    expect(await ask(PASSWORD, { user })).toBe('wrong');
    expect(await ask('another horse', { user })).toBe('right');
  });

  it('of a user who was removed and added again is checked anew', async () => {
    const { ask, check } = stage(1);
    expect(await ask(PASSWORD)).toBe('right');
    check.prune(new Map());
    expect(await ask('wrong')).toBe('wrong');
    expect(await ask(PASSWORD)).toBe('too-many-attempts');
  });
});

describe('a storm of reconnects', () => {
  it('costs one scrypt: all who ask the same share the answer', async () => {
    const { ask } = stage(1);
    // Every scrypt takes an attempt while it runs, and there is one.
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask(PASSWORD)));
    expect(new Set(answers)).toEqual(new Set(['right']));
  });

  it('of wrong passwords takes one attempt for all, too', async () => {
    const { ask } = stage(2);
    await Promise.all(Array.from({ length: 500 }, () => ask('wrong')));
    expect(await ask('wrong again')).toBe('wrong');
    expect(await ask('and again')).toBe('too-many-attempts');
  });
});
