import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  matchParts,
  multipartEtag,
  PART_BYTES_MIN,
  readPartList,
} from '../../../simulator/object-store/part-list.ts';
import type { StoredPart, UploadPlan } from '../../../simulator/object-store/upload-folder.ts';
import { refusalCode } from './fake-request.ts';

const PLAN: UploadPlan = { key: 'k', headers: {} };
const CRC32_PLAN: UploadPlan = { ...PLAN, checksum: { algorithm: 'CRC32', type: 'COMPOSITE' } };

const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

function body(...parts: readonly string[]): string {
  return `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
}

function part(number: number | string, etag: string, more = ''): string {
  return `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag>${more}</Part>`;
}

function stored(number: number, sizeBytes: number = PART_BYTES_MIN): StoredPart {
  const record = {
    key: 'k',
    sizeBytes,
    etag: md5(`part ${number}`),
    lastModifiedMs: 0,
    headers: {},
    checksum: { algorithm: 'CRC32', value: 'AAAAAA==', type: 'FULL_OBJECT' } as const,
  };
  return { number, path: `/${number}`, record };
}

describe('the list of parts', () => {
  it('gives number, ETag and checksums', () => {
    const list = body(
      part(1, '&quot;abc&quot;', '<ChecksumCRC32>AAAAAA==</ChecksumCRC32>'),
      part(10_000, 'def'),
    );
    expect(readPartList(list)).toEqual([
      { number: 1, etag: '"abc"', checksums: new Map([['CRC32', 'AAAAAA==']]) },
      { number: 10_000, etag: 'def', checksums: new Map() },
    ]);
  });

  it.each([
    ['', 'MalformedXML'],
    ['<Other/>', 'MalformedXML'],
    [body(), 'MalformedXML'],
    [body('<Other/>'), 'MalformedXML'],
    [body('<Part><PartNumber>1</PartNumber></Part>'), 'MalformedXML'],
    [body('<Part><ETag>abc</ETag></Part>'), 'MalformedXML'],
    [body(part(0, 'a')), 'MalformedXML'],
    [body(part(10_001, 'a')), 'MalformedXML'],
    [body(part('1.5', 'a')), 'MalformedXML'],
    [body(part(2, 'a'), part(1, 'b')), 'InvalidPartOrder'],
    [body(part(1, 'a'), part(1, 'a')), 'InvalidPartOrder'],
  ])('%s is refused with %s', async (list, code) => {
    expect(await refusalCode(() => readPartList(list))).toBe(code);
  });
});

describe('matching the list with what is stored', () => {
  const named = (number: number, checksum?: string): string =>
    part(number, md5(`part ${number}`), checksum && `<ChecksumCRC32>${checksum}</ChecksumCRC32>`);

  it('picks the named parts, and lets others lie', () => {
    const parts = [stored(1), stored(2), stored(3, 1)];
    const matched = matchParts(readPartList(body(named(1), named(3))), parts, PLAN);
    expect(matched.map(({ number }) => number)).toEqual([1, 3]);
  });

  it.each([
    ['a part that was not uploaded', body(named(9)), PLAN, 'InvalidPart'],
    ['another ETag', body(part(1, md5('x'))), PLAN, 'InvalidPart'],
    ['another checksum', body(named(1, 'AAAAAQ==')), PLAN, 'InvalidPart'],
    ['no checksum where one is due', body(named(1)), CRC32_PLAN, 'InvalidRequest'],
    ['a small part before the last', body(named(2), named(3)), PLAN, 'EntityTooSmall'],
  ])('refuses %s', async (_name, list, plan, code) => {
    const parts = [stored(1), stored(2, PART_BYTES_MIN - 1), stored(3)];
    expect(await refusalCode(() => matchParts(readPartList(list), parts, plan))).toBe(code);
  });

  it('takes the checksum of a part that has it', () => {
    const list = readPartList(body(named(1, 'AAAAAA==')));
    expect(matchParts(list, [stored(1)], CRC32_PLAN)).toHaveLength(1);
  });
});

describe('the ETag of an object in parts', () => {
  it('is the MD5 over the MD5s, and their number', () => {
    const digests = Buffer.from(md5('part 1') + md5('part 2'), 'hex');
    expect(multipartEtag([stored(1), stored(2)])).toBe(`${md5(digests)}-2`);
  });
});
