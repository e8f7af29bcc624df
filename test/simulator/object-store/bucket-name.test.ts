import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBucketName } from '../../../simulator/object-store/bucket-name.ts';

describe('bucket names', () => {
  it.each(['abc', 'a-b.c', '0a0', 'x'.repeat(63), 'xn1.2.3.4'])('takes %s', (name) => {
    expect(isBucketName(name)).toBe(true);
  });

  it.each([
    ['', 'empty'],
    ['ab', 'too short'],
    ['x'.repeat(64), 'too long'],
    ['Abc', 'upper case'],
    ['-ab', 'begins with a hyphen'],
    ['ab-', 'ends with a hyphen'],
    ['a..b', 'two dots in a row'],
    ['..', 'the folder above'],
    ['a/b', 'a path'],
    ['a_b', 'an underscore'],
    ['10.0.0.1', 'an address'],
    ['abc\n', 'a line end'],
  ])('refuses %j: %s', (name) => {
    expect(isBucketName(name)).toBe(false);
  });

  it('takes nothing that could be more than one segment of a path', () => {
    const characters = fc.constantFrom('a', '0', '-', '.', '..', '/', '\\', '%', 'A', '\0', ' ');
    fc.assert(
      fc.property(fc.string({ unit: characters, minLength: 2, maxLength: 6 }), (name) => {
        const plain = /^[a-z0-9]+([.-][a-z0-9-]*)*[a-z0-9]$/.test(name);
        expect(isBucketName(name) && !plain).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
