import { expect, it } from 'vitest';
import {
  hashPassword,
  isPassword,
  NOBODYS_HASH,
  parsePasswordHash,
} from '../../../bridge/broker/password-hash.ts';

const PASSWORD = Buffer.from('correct horse');
/** The test vector of RFC 7914 section 12 for N = 16384, cut to the 32 bytes that are kept here. */
const VECTOR = `scrypt$16384$8$1$${Buffer.from('SodiumChloride').toString('base64url')}$${Buffer.from(
  '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
  'hex',
).toString('base64url')}`;

it('a password is known by its hash, and no other', async () => {
  const hash = parsePasswordHash(await hashPassword(PASSWORD));
  expect(hash).toBeDefined();
  expect(await isPassword(PASSWORD, hash!)).toBe(true);
  expect(await isPassword(Buffer.from('correct horsf'), hash!)).toBe(false);
});

it('two hashes of one password are different', async () => {
  expect(await hashPassword(PASSWORD)).not.toBe(await hashPassword(PASSWORD));
});

it('the hash is scrypt', async () => {
  expect(await isPassword(Buffer.from('pleaseletmein'), parsePasswordHash(VECTOR)!)).toBe(true);
});

it('nobody has the hash of nobody', async () => {
  expect(await isPassword(PASSWORD, NOBODYS_HASH)).toBe(false);
});

it.each([
  ['nothing', ''],
  ['a password', 'correct horse'],
  ['another algorithm', VECTOR.replace('scrypt', 'bcrypt')],
  ['a cost that is no power of 2', VECTOR.replace('16384', '16383')],
  ['a cost of nothing', VECTOR.replace('16384', '1')],
  ['more memory than 64 MiB', VECTOR.replace('16384', '131072')],
  ['no block size', VECTOR.replace('$8$', '$0$')],
  ['a hash that is cut', VECTOR.slice(0, -1)],
  ['more behind it', `${VECTOR}=`],
])('%s is no hash', (_, text) => {
  expect(parsePasswordHash(VECTOR)).toBeDefined();
  expect(parsePasswordHash(text)).toBeUndefined();
});
