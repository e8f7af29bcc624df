import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeKeyName, encodeKeyName } from '../../../simulator/object-store/key-name.ts';

/** Keys as S3 takes them: any Unicode text without lone surrogates, with more trouble than chance would bring. */
const keys = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
  fc
    .array(fc.constantFrom('..', '.', '/', '%2f', '\0', 'A', 'a', '~', '%', ' ', 'é'), {
      minLength: 1,
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
);

describe('key names', () => {
  it.each([
    ['customer_landing/day=1/a.json', 'customer_landing%2fday=1%2fa.json'],
    ['..', '%2e.'],
    ['.hidden', '%2ehidden'],
    ['../../x', '%2e.%2f..%2fx'],
    ['..%2fx', '%2e.%252fx'],
    ['Case', '%43ase'],
    ['~', '%7e'],
    ['a\0b', 'a%00b'],
    ['ü', '%c3%bc'],
  ])('spells %j as %s', (key, name) => {
    expect(encodeKeyName(key)).toBe(name);
    expect(decodeKeyName(name)).toBe(key);
  });

  it('names a long key by its hash, and says that it cannot be read back', () => {
    const name = encodeKeyName('k'.repeat(201));
    expect(name).toMatch(/^~[0-9a-f]{64}$/);
    expect(decodeKeyName(name)).toBeUndefined();
    expect(encodeKeyName('k'.repeat(202))).not.toBe(name);
    expect(encodeKeyName('k'.repeat(200))).toBe('k'.repeat(200));
  });

  it('gives every key one safe segment of a path', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const name = encodeKeyName(key);
        expect(name).toMatch(/^[a-z0-9_=%~-][a-z0-9_.=%-]*$/);
        expect(name.length).toBeLessThanOrEqual(255);
        expect([key, undefined]).toContain(decodeKeyName(name));
      }),
    );
  });

  it('gives different keys names that differ, also where case is not told apart', () => {
    fc.assert(
      fc.property(keys, keys, (one, other) => {
        fc.pre(one !== other);
        expect(encodeKeyName(one).toLowerCase()).not.toBe(encodeKeyName(other).toLowerCase());
      }),
    );
  });
});
