import { describe, expect, it } from 'vitest';
import {
  algorithmOfHeader,
  CHECKSUM_ALGORITHMS,
  checksumElement,
  checksumHeader,
  checksumHeaders,
  compositeChecksum,
  isBase64Of,
  isChecksumValue,
  readAlgorithm,
  startChecksum,
} from '../../../simulator/object-store/checksums.ts';
import { refusalCode } from './fake-request.ts';

describe('checksums', () => {
  it.each(CHECKSUM_ALGORITHMS)('%s: its name, header, element and length fit together', (name) => {
    const header = checksumHeader(name);
    expect(header).toBe(`x-amz-checksum-${name.toLowerCase()}`);
    expect(algorithmOfHeader(header)).toBe(name);
    expect(checksumElement(name)).toBe(`Checksum${name}`);
    expect(readAlgorithm(name.toLowerCase())).toBe(name);
    const running = startChecksum(name);
    running.update(Buffer.from('123456789'));
    expect(isChecksumValue(name, running.digest().toString('base64'))).toBe(true);
    expect(isChecksumValue(name, 'AA==')).toBe(false);
  });

  it('knows no other headers and names', async () => {
    expect(algorithmOfHeader('x-amz-checksum-mode')).toBeUndefined();
    expect(algorithmOfHeader('x-amz-checksum-md5')).toBeUndefined();
    expect(await refusalCode(() => readAlgorithm('MD5'))).toBe('InvalidRequest');
  });

  it.each([
    ['AAAAAA==', 4, true],
    ['AAAAAB==', 4, false],
    ['AAAAAA', 4, false],
    ['AAAAAA==', 3, false],
    ['*AAAAAA==', 4, false],
    ['', 0, true],
  ])('takes only canonical base64: %s as %i bytes is %s', (value, bytes, expected) => {
    expect(isBase64Of(value, bytes)).toBe(expected);
  });

  it('composes the checksums of parts in their order', () => {
    const parts = ['AAAAAQ==', 'AAAAAg=='];
    const composite = compositeChecksum('SHA256', parts);
    expect(composite).toEqual({
      algorithm: 'SHA256',
      // The SHA-256 of the eight bytes 00 00 00 01 00 00 00 02, and the number of parts.
      value: 'D1hd1RjtBkTz7f0/fVASzJ9EXEydJOFo5pTE1vNvrqY=-2',
      type: 'COMPOSITE',
    });
    expect(compositeChecksum('SHA256', [...parts].reverse()).value).not.toBe(composite.value);
  });

  it('returns a checksum in headers, and none for none', () => {
    const checksum = { algorithm: 'CRC32', value: 'AAAAAA==', type: 'FULL_OBJECT' } as const;
    expect(checksumHeaders(checksum)).toEqual({
      'x-amz-checksum-crc32': 'AAAAAA==',
      'x-amz-checksum-type': 'FULL_OBJECT',
    });
    expect(checksumHeaders(undefined)).toEqual({});
  });
});
