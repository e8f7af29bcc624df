import { describe, expect, it } from 'vitest';
import {
  deriveSigningKey,
  sign,
  signaturesEqual,
} from '../../../simulator/object-store/signing-key.ts';

describe('signing keys', () => {
  it('are derived step by step from the secret', () => {
    // The example of the AWS reference, "Deriving the signing key".
    const key = deriveSigningKey(
      'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      '20120215/us-east-1/iam/aws4_request',
    );
    expect(key.toString('hex')).toBe(
      'f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d',
    );
  });

  it('sign algorithm, time, scope and lines', () => {
    const context = { key: Buffer.alloc(32), timestamp: '20220618T150000Z', scope: 'scope' };
    const signature = sign(context, 'ALGORITHM', 'one', 'two');
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(sign(context, 'ALGORITHM', 'one', 'two')).toBe(signature);
    expect(sign(context, 'ALGORITHM', 'one', 'too')).not.toBe(signature);
    expect(sign({ ...context, scope: 'other' }, 'ALGORITHM', 'one', 'two')).not.toBe(signature);
  });

  it('compare signatures of any length', () => {
    expect(signaturesEqual('abc', 'abc')).toBe(true);
    expect(signaturesEqual('abc', 'abd')).toBe(false);
    expect(signaturesEqual('abc', 'abcd')).toBe(false);
    expect(signaturesEqual('abc', '')).toBe(false);
    expect(signaturesEqual('abc', 'äb')).toBe(false);
  });
});
