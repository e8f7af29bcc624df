import { createHash } from 'node:crypto';
import { createCrc32, createCrc32c, createCrc64Nvme } from './crc.ts';
import { S3Refusal } from './errors.ts';

/** The additional checksums of S3 that this store verifies, keeps and returns. */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256';

/** Whether a checksum is over the bytes of the object, or over the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum of an object or a part. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
  readonly type: ChecksumType;
}

/** A checksum in the making. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

const ALGORITHMS: Readonly<
  Record<ChecksumAlgorithm, { readonly lengthBytes: number; readonly start: () => RunningChecksum }>
> = {
  CRC32: { lengthBytes: 4, start: createCrc32 },
  CRC32C: { lengthBytes: 4, start: createCrc32c },
  CRC64NVME: { lengthBytes: 8, start: createCrc64Nvme },
  SHA1: { lengthBytes: 20, start: () => createHash('sha1') },
  SHA256: { lengthBytes: 32, start: () => createHash('sha256') },
};

const HEADER_PREFIX = 'x-amz-checksum-';

/** All algorithms, in a fixed order. */
export const CHECKSUM_ALGORITHMS: readonly ChecksumAlgorithm[] = Object.keys(
  ALGORITHMS,
) as ChecksumAlgorithm[];

/** Begins a checksum of the given kind. */
export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  return ALGORITHMS[algorithm].start();
}

/** The header, in lower case, that carries a checksum of this kind. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return HEADER_PREFIX + algorithm.toLowerCase();
}

/** The XML element that carries a checksum of this kind, for example `ChecksumCRC32`. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** The algorithm that a header such as `x-amz-checksum-crc32` speaks of, if it is one of these. */
export function algorithmOfHeader(header: string): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => checksumHeader(algorithm) === header);
}

/** Reads the name of an algorithm, in any case. Throws `InvalidRequest` for an unknown one. */
export function readAlgorithm(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => known === name.toUpperCase());
  if (algorithm === undefined) {
    const known = CHECKSUM_ALGORITHMS.join(', ');
    throw new S3Refusal('InvalidRequest', { message: `Checksum algorithm is none of ${known}.` });
  }
  return algorithm;
}

/** True if `value` is base64 of exactly the number of bytes that the algorithm gives. */
export function isChecksumValue(algorithm: ChecksumAlgorithm, value: string): boolean {
  return isBase64Of(value, ALGORITHMS[algorithm].lengthBytes);
}

/** True if `value` is canonical base64 of exactly `lengthBytes` bytes. */
export function isBase64Of(value: string, lengthBytes: number): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === lengthBytes && bytes.toString('base64') === value;
}

/** The checksum over the checksums of the parts, in the order of the parts. */
export function compositeChecksum(
  algorithm: ChecksumAlgorithm,
  partValues: readonly string[],
): Checksum {
  const running = startChecksum(algorithm);
  for (const value of partValues) running.update(Buffer.from(value, 'base64'));
  const value = `${running.digest().toString('base64')}-${partValues.length}`;
  return { algorithm, value, type: 'COMPOSITE' };
}

/** The response headers that return a checksum; none for none. */
export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    'x-amz-checksum-type': checksum.type,
  };
}
