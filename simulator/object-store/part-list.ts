import { createHash } from 'node:crypto';
import { CHECKSUM_ALGORITHMS, checksumElement, type ChecksumAlgorithm } from './checksums.ts';
import { namesEtag } from './conditions.ts';
import { S3Refusal } from './errors.ts';
import type { StoredPart, UploadPlan } from './upload-folder.ts';
import { childText, parseXml, type XmlElement } from './xml.ts';

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
  /** Base64 by algorithm, as far as the client repeats them. */
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

/** Every part but the last has at least 5 MiB, as in S3. */
export const PART_BYTES_MIN: number = 5 * 1024 ** 2;
/** The highest part number. */
export const PART_NUMBER_MAX = 10_000;

/** Reads the body of CompleteMultipartUpload. Throws `MalformedXML` and `InvalidPartOrder`. */
export function readPartList(body: string): NamedPart[] {
  const root = parseXml(body);
  if (root?.name !== 'CompleteMultipartUpload') throw new S3Refusal('MalformedXML');
  const parts = root.children.map(readPart);
  if (parts.length === 0) throw new S3Refusal('MalformedXML');
  const ordered = parts.every(
    ({ number }, index) => index === 0 || number > (parts[index - 1]?.number ?? 0),
  );
  if (!ordered) throw new S3Refusal('InvalidPartOrder');
  return parts;
}

/** Finds the stored part for each named one. Throws `InvalidPart`, `InvalidRequest` and `EntityTooSmall`. */
export function matchParts(
  named: readonly NamedPart[],
  stored: readonly StoredPart[],
  plan: UploadPlan,
): StoredPart[] {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  return named.map((wanted, index) => {
    const part = byNumber.get(wanted.number);
    if (part === undefined || !agrees(wanted, part)) throw new S3Refusal('InvalidPart');
    if (plan.checksum?.type === 'COMPOSITE' && !wanted.checksums.has(plan.checksum.algorithm)) {
      const message = `Part ${wanted.number} must be named with its ${plan.checksum.algorithm}.`;
      throw new S3Refusal('InvalidRequest', { message });
    }
    if (index < named.length - 1 && part.record.sizeBytes < PART_BYTES_MIN) {
      throw new S3Refusal('EntityTooSmall', { elements: { PartNumber: String(wanted.number) } });
    }
    return part;
  });
}

/** The ETag of an object made of parts: the MD5 over the MD5s of the parts, and their number. */
export function multipartEtag(parts: readonly StoredPart[]): string {
  const digests = parts.map(({ record }) => Buffer.from(record.etag, 'hex'));
  const md5 = createHash('md5').update(Buffer.concat(digests)).digest('hex');
  return `${md5}-${parts.length}`;
}

function readPart(part: XmlElement): NamedPart {
  const number = Number(childText(part, 'PartNumber'));
  const etag = childText(part, 'ETag');
  const valid = Number.isInteger(number) && number >= 1 && number <= PART_NUMBER_MAX;
  if (part.name !== 'Part' || etag === undefined || !valid) throw new S3Refusal('MalformedXML');
  const checksums = CHECKSUM_ALGORITHMS.flatMap((algorithm): [ChecksumAlgorithm, string][] => {
    const value = childText(part, checksumElement(algorithm));
    return value === undefined ? [] : [[algorithm, value]];
  });
  return { number, etag, checksums: new Map(checksums) };
}

function agrees(named: NamedPart, { record }: StoredPart): boolean {
  const { checksum } = record;
  const checksumsAgree = [...named.checksums].every(
    ([algorithm, value]) => checksum?.algorithm === algorithm && checksum.value === value,
  );
  return checksumsAgree && namesEtag(named.etag, record.etag);
}
