import { describe, expect, it } from 'vitest';
import { admit } from '../../../bridge/broker/admission.ts';
import type { AdmissionRules, ConnectRequest } from '../../../bridge/broker/admission.ts';
import { CredentialCheck } from '../../../bridge/broker/credential-check.ts';
import { UserDirectory } from '../../../bridge/broker/user-directory.ts';
import { phoneTopic } from '../../../firmware-protocol/index.ts';
import { PASSWORD, usersFile } from './users-stage.ts';

async function decide(
  request: Partial<ConnectRequest>,
  rules: { readonly users?: readonly string[]; readonly asksCertificate?: boolean } = {},
): Promise<unknown> {
  const directory =
    rules.users && (await UserDirectory.open(await usersFile(...rules.users), () => undefined));
  const all: AdmissionRules = {
    asksCertificate: rules.asksCertificate === true,
    directory,
    credentials: new CredentialCheck({
      attempts: 1,
      attemptMs: 1_000,
      addressAttempts: 100,
      addressAttemptMs: 1_000,
      nowMs: () => 0,
    }),
  };
  const { user, password, certificateName, willTopic, clientId = 'ann-1' } = request;
  const address = '10.0.0.1';
  const answer = await admit(
    { clientId, user, password, certificateName, willTopic, address },
    all,
  );
  return answer.ok ? `user ${answer.user}` : `${answer.reason} ${answer.returnCode}`;
}

const USERS = { users: ['ann', 'ann-lee', 'bob:tablet-7'] };
const CERTIFICATES = { asksCertificate: true };
const RIGHT = { user: 'ann', password: Buffer.from(PASSWORD) };

describe('without users', () => {
  it.each([
    ['any id', { clientId: 'x' }, 'user undefined'],
    ['a will of its own', { willTopic: phoneTopic('ann-1', 'status') }, 'user undefined'],
    ['a foreign will', { willTopic: phoneTopic('ann-2', 'status') }, 'bad-will 5'],
    ['no id', { clientId: '' }, 'bad-client-id 2'],
  ])('%s', async (_, request, verdict) => {
    expect(await decide(request)).toBe(verdict);
  });
});

describe('with users', () => {
  it.each([
    ['the right password', RIGHT, 'user ann'],
    ['an id of its own name', { ...RIGHT, clientId: 'ann' }, 'user ann'],
    ['no credentials', {}, 'bad-credentials 4'],
    ['no password', { user: 'ann' }, 'bad-credentials 4'],
    ['a wrong password', { ...RIGHT, password: Buffer.from('x') }, 'bad-credentials 4'],
    ['a stranger', { ...RIGHT, user: 'eve', clientId: 'eve' }, 'bad-credentials 4'],
    ["another user's id", { ...RIGHT, clientId: 'bob-1' }, 'foreign-client-id 5'],
    ['an id of a longer name', { ...RIGHT, clientId: 'ann-lee-1' }, 'foreign-client-id 5'],
    ['an id that was given to another', { ...RIGHT, clientId: 'tablet-7' }, 'foreign-client-id 5'],
    ['an id that was given', { ...RIGHT, user: 'bob', clientId: 'tablet-7' }, 'user bob'],
  ])('%s', async (_, request, verdict) => {
    expect(await decide(request, USERS)).toBe(verdict);
  });
});

describe('with client certificates', () => {
  it.each([
    ['a name', { certificateName: 'ann' }, 'user ann'],
    ['a name and the same user', { certificateName: 'ann', user: 'ann' }, 'user ann'],
    ['a name and another user', { certificateName: 'ann', user: 'bob' }, 'bad-credentials 4'],
    ['no name', {}, 'bad-credentials 4'],
    ['an e-mail as name', { certificateName: 'ann@example.com' }, 'bad-credentials 4'],
    ["another's id", { certificateName: 'bob' }, 'foreign-client-id 5'],
  ])('%s', async (_, request, verdict) => {
    expect(await decide(request, CERTIFICATES)).toBe(verdict);
  });
});

describe('with both, both must be right', () => {
  it.each([
    ['both', { ...RIGHT, certificateName: 'ann' }, 'user ann'],
    ['a certificate alone', { certificateName: 'ann' }, 'bad-credentials 4'],
    ['a password alone', RIGHT, 'bad-credentials 4'],
    ["another's certificate", { ...RIGHT, certificateName: 'bob' }, 'bad-credentials 4'],
  ])('%s', async (_, request, verdict) => {
    expect(await decide(request, { ...USERS, ...CERTIFICATES })).toBe(verdict);
  });
});
