import { describe, expect, it } from 'vitest';
import { readUploadChecksum } from '../../../simulator/object-store/upload-checksum.ts';
import { refusalCode } from './fake-request.ts';

function headers(algorithm?: string, type?: string): Record<string, string> {
  return {
    ...(algorithm !== undefined && { 'x-amz-checksum-algorithm': algorithm }),
    ...(type !== undefined && { 'x-amz-checksum-type': type }),
  };
}

describe('the checksum of an upload', () => {
  it.each([
    ['CRC32', undefined, 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['crc32c', 'composite', 'COMPOSITE'],
    ['CRC64NVME', undefined, 'FULL_OBJECT'],
    ['SHA1', undefined, 'COMPOSITE'],
    ['SHA256', 'COMPOSITE', 'COMPOSITE'],
  ])('%s as %s is %s', (algorithm, wanted, type) => {
    const checksum = readUploadChecksum(headers(algorithm, wanted));
    expect(checksum).toEqual({ algorithm: algorithm.toUpperCase(), type });
  });

  it('may be none', () => {
    expect(readUploadChecksum({})).toBeUndefined();
  });

  it.each([
    ['CRC64NVME', 'COMPOSITE'],
    ['SHA256', 'FULL_OBJECT'],
    ['SHA512', undefined],
    ['CRC32', 'HALF_OBJECT'],
    [undefined, 'COMPOSITE'],
  ])('%s as %s is refused', async (algorithm, type) => {
    expect(await refusalCode(() => readUploadChecksum(headers(algorithm, type)))).toBe(
      'InvalidRequest',
    );
  });
});
