/** Passwords as scrypt hashes (RFC 7914): `scrypt$N$r$p$<salt>$<hash>`, salt and hash in base64url. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MiB and about 40 ms of one core for each check. */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A hash that asks for more memory than this is no hash of ours. */
const MEMORY_BYTES_MAX = 64 * 1024 * 1024;

/** A parsed hash. */
export interface PasswordHash {
  readonly cost: { readonly N: number; readonly r: number; readonly p: number };
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const PATTERN = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,128})\$([\w-]{43})$/;

/** Hashes a password with a new salt. */
export async function hashPassword(password: Uint8Array): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, { cost: COST, salt });
  const { N, r, p } = COST;
  return `scrypt$${N}$${r}$${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Reads a hash; `undefined` when it is none, or asks for more memory than 64 MiB. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [, n, r, p, salt, hash] = PATTERN.exec(text) ?? [];
  if (salt === undefined || hash === undefined) return undefined;
  const cost = { N: Number(n), r: Number(r), p: Number(p) };
  const isPowerOf2 = cost.N > 1 && (cost.N & (cost.N - 1)) === 0;
  const isSound = isPowerOf2 && cost.r > 0 && cost.p > 0 && memory(cost) <= MEMORY_BYTES_MAX;
  if (!isSound) return undefined;
  return { cost, salt: Buffer.from(salt, 'base64url'), hash: Buffer.from(hash, 'base64url') };
}

/** Whether the password is the one that was hashed. Takes as long when it is not. */
export async function isPassword(password: Uint8Array, expected: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, expected), expected.hash);
}

/** A hash that no password has: checking against it takes as long as against that of a user. */
export const NOBODYS_HASH: PasswordHash = {
  cost: COST,
  salt: randomBytes(SALT_BYTES),
  hash: randomBytes(HASH_BYTES),
};

function memory({ N, r }: PasswordHash['cost']): number {
  return 128 * N * r;
}

function derive(
  password: Uint8Array,
  { cost, salt }: Pick<PasswordHash, 'cost' | 'salt'>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 2 * memory(cost) };
    scrypt(password, salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
