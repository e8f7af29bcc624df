import { readAlgorithm, type ChecksumAlgorithm, type ChecksumType } from './checksums.ts';
import { S3Refusal } from './errors.ts';

/** Which checksum the parts of an upload bring, and what becomes of them. */
export interface UploadChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}

/** The types that S3 allows for each algorithm; the first is what it takes if none is asked for. */
const TYPES: Readonly<Record<ChecksumAlgorithm, readonly ChecksumType[]>> = {
  CRC32: ['COMPOSITE', 'FULL_OBJECT'],
  CRC32C: ['COMPOSITE', 'FULL_OBJECT'],
  CRC64NVME: ['FULL_OBJECT'],
  SHA1: ['COMPOSITE'],
  SHA256: ['COMPOSITE'],
};

/** Reads what CreateMultipartUpload asks for; `undefined` for no checksum. Throws `InvalidRequest`. */
export function readUploadChecksum(
  headers: Readonly<Record<string, string>>,
): UploadChecksum | undefined {
  const name = headers['x-amz-checksum-algorithm'];
  const wanted = headers['x-amz-checksum-type']?.toUpperCase();
  if (name === undefined) {
    if (wanted === undefined) return undefined;
    const message = 'x-amz-checksum-type needs x-amz-checksum-algorithm.';
    throw new S3Refusal('InvalidRequest', { message });
  }
  const algorithm = readAlgorithm(name);
  const allowed = TYPES[algorithm];
  const type = allowed.find((candidate) => wanted === undefined || candidate === wanted);
  if (type === undefined) {
    const message = `${algorithm} can only be ${allowed.join(' or ')}.`;
    throw new S3Refusal('InvalidRequest', { message });
  }
  return { algorithm, type };
}
