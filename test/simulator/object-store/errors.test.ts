import { describe, expect, it } from 'vitest';
import { ObjectStoreError, S3Refusal } from '../../../simulator/object-store/errors.ts';

describe('S3Refusal', () => {
  it('has the status and sentence of its code', () => {
    const refusal = new S3Refusal('NoSuchKey');
    expect(refusal).toMatchObject({ name: 'S3Refusal', code: 'NoSuchKey', status: 404 });
    expect(refusal.message).not.toBe('');
  });

  it('can say more', () => {
    const details = { message: 'Longer.', elements: { Region: 'here' } };
    const refusal = new S3Refusal('InvalidRange', details);
    expect(refusal).toMatchObject({ status: 416, message: 'Longer.', details });
  });
});

describe('ObjectStoreError', () => {
  it('has a code and keeps its cause', () => {
    const cause = new RangeError('inner');
    const error = new ObjectStoreError('PORT_BUSY', 'Port 1 is taken.', { cause });
    expect(error).toMatchObject({ name: 'ObjectStoreError', code: 'PORT_BUSY', cause });
  });
});
