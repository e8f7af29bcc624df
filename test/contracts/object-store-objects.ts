import { createHash, randomBytes } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { get, getText, put, refusalOf, type Stage } from './object-store-stage.ts';

export const objectFeatures = {
  'an object comes back byte by byte, with its MD5 as ETag': async (
    stage: Stage,
  ): Promise<void> => {
    const body = randomBytes(300_000);
    const etag = await put(stage, 'objects/bytes', body);
    expect(etag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    const object = await get(stage, 'objects/bytes');
    expect(object.ETag).toBe(etag);
    expect(object.ContentLength).toBe(body.length);
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  },

  'an empty object is an object': async (stage: Stage): Promise<void> => {
    await put(stage, 'objects/empty', '');
    expect((await get(stage, 'objects/empty')).ContentLength).toBe(0);
    expect(await getText(stage, 'objects/empty')).toBe('');
  },

  'a second PUT replaces the object': async (stage: Stage): Promise<void> => {
    await put(stage, 'objects/replaced', 'a longer first body');
    await put(stage, 'objects/replaced', 'second');
    expect(await getText(stage, 'objects/replaced')).toBe('second');
  },

  'HEAD gives size, ETag and time without the bytes': async (stage: Stage): Promise<void> => {
    const ETag = await put(stage, 'objects/head', '12345');
    const { s3, bucket } = stage;
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'objects/head' }));
    expect(head).toMatchObject({ ETag, ContentLength: 5 });
    expect(Math.abs(Date.now() - (head.LastModified?.getTime() ?? 0))).toBeLessThan(60_000);
  },

  'content headers and user metadata come back': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const target = { Bucket: bucket, Key: 'objects/metadata' };
    const described = {
      ContentType: 'application/x-ndjson; charset=utf-8',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="rows.json"',
      ContentLanguage: 'en',
      Metadata: { bridge: 'b-1', 'arrived-at': '2022-06-18T15:00:00Z' },
    };
    await s3.send(new PutObjectCommand({ ...target, ...described, Body: 'x' }));
    expect(await s3.send(new HeadObjectCommand(target))).toMatchObject(described);
    expect(await s3.send(new GetObjectCommand(target))).toMatchObject(described);
  },

  'an object that is not there is NoSuchKey, and 404 for HEAD': async (
    stage: Stage,
  ): Promise<void> => {
    const { s3, bucket } = stage;
    expect(await refusalOf(get(stage, 'objects/absent'))).toBe('NoSuchKey 404');
    const head = s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'objects/absent' }));
    expect(await refusalOf(head)).toBe('NotFound 404');
  },

  'DELETE removes an object, and is content if there is none': async (
    stage: Stage,
  ): Promise<void> => {
    const { s3, bucket } = stage;
    await put(stage, 'objects/deleted', 'x');
    for (let round = 0; round < 2; round++) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'objects/deleted' }));
      expect(await refusalOf(get(stage, 'objects/deleted'))).toBe('NoSuchKey 404');
    }
  },

  'DeleteObjects removes many at once and tells which': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const keys = ['objects/many/a', 'objects/many/b & <c>', 'objects/many/never'];
    for (const key of keys.slice(0, 2)) await put(stage, key, 'x');
    const Objects = keys.map((Key) => ({ Key }));
    const told = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    expect(told.Deleted?.map(({ Key }) => Key).sort()).toEqual([...keys].sort());
    for (const key of keys) expect(await refusalOf(get(stage, key))).toBe('NoSuchKey 404');
  },

  'DeleteObjects is quiet when asked to': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    await put(stage, 'objects/quietly', 'x');
    const Delete = { Objects: [{ Key: 'objects/quietly' }], Quiet: true };
    const told = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
    expect(told.Deleted ?? []).toEqual([]);
    expect(await refusalOf(get(stage, 'objects/quietly'))).toBe('NoSuchKey 404');
  },

  'a range gives its part with 206': async (stage: Stage): Promise<void> => {
    await put(stage, 'objects/ranges', '0123456789');
    const cases = [
      ['bytes=0-0', '0', 'bytes 0-0/10'],
      ['bytes=2-5', '2345', 'bytes 2-5/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-3', '789', 'bytes 7-9/10'],
      ['bytes=5-99', '56789', 'bytes 5-9/10'],
    ] as const;
    for (const [range, text, contentRange] of cases) {
      const part = await get(stage, 'objects/ranges', range);
      expect(part.$metadata.httpStatusCode).toBe(206);
      expect(part.ContentRange).toBe(contentRange);
      expect(await part.Body?.transformToString()).toBe(text);
    }
  },

  'a range behind the end is refused with 416': async (stage: Stage): Promise<void> => {
    await put(stage, 'objects/short', '0123456789');
    expect(await refusalOf(get(stage, 'objects/short', 'bytes=10-'))).toBe('InvalidRange 416');
  },

  'a conditional GET answers 304 and 412': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const IfMatch = await put(stage, 'objects/conditional-get', 'x');
    const target = { Bucket: bucket, Key: 'objects/conditional-get' };
    const known = s3.send(new GetObjectCommand({ ...target, IfNoneMatch: IfMatch }));
    expect(await refusalOf(known)).toMatch(/ 304$/);
    const stale = s3.send(new GetObjectCommand({ ...target, IfMatch: '"0123"' }));
    expect(await refusalOf(stale)).toBe('PreconditionFailed 412');
    const matching = await s3.send(new GetObjectCommand({ ...target, IfMatch }));
    expect(await matching.Body?.transformToString()).toBe('x');
  },

  'of many PUTs with If-None-Match: * exactly one wins': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const target = { Bucket: bucket, Key: 'objects/only-one', IfNoneMatch: '*' };
    const tries = Array.from({ length: 8 }, async (_, index) =>
      s3.send(new PutObjectCommand({ ...target, Body: `try ${index}` })),
    );
    const outcomes = await Promise.allSettled(tries);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    const refused = tries.filter((_, index) => index !== winner).map(refusalOf);
    for (const refusal of await Promise.all(refused)) {
      expect(['PreconditionFailed 412', 'ConditionalRequestConflict 409']).toContain(refusal);
    }
    expect(await getText(stage, target.Key)).toBe(`try ${winner}`);
  },

  'a PUT with If-Match replaces only what it names': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const target = { Bucket: bucket, Key: 'objects/if-match' };
    const IfMatch = await put(stage, target.Key, 'first');
    await s3.send(new PutObjectCommand({ ...target, Body: 'second', IfMatch }));
    const stale = s3.send(new PutObjectCommand({ ...target, Body: 'third', IfMatch }));
    expect(await refusalOf(stale)).toBe('PreconditionFailed 412');
    expect(await getText(stage, target.Key)).toBe('second');
    const absent = { ...target, Key: 'objects/if-match-absent', Body: 'x', IfMatch };
    expect(await refusalOf(s3.send(new PutObjectCommand(absent)))).toBe('NoSuchKey 404');
  },

  'CopyObject copies bytes and metadata, or replaces the metadata': async (
    stage: Stage,
  ): Promise<void> => {
    const { s3, bucket } = stage;
    const source = { Bucket: bucket, Key: 'objects/copy source ü' };
    await s3.send(new PutObjectCommand({ ...source, Body: 'copied', Metadata: { from: 'here' } }));
    const CopySource = `${bucket}/${encodeURIComponent(source.Key)}`;
    const copy = { Bucket: bucket, Key: 'objects/copy', CopySource };
    await s3.send(new CopyObjectCommand(copy));
    expect(await getText(stage, copy.Key)).toBe('copied');
    expect((await get(stage, copy.Key)).Metadata).toEqual({ from: 'here' });
    const Metadata = { from: 'there' };
    await s3.send(new CopyObjectCommand({ ...copy, Metadata, MetadataDirective: 'REPLACE' }));
    expect((await get(stage, copy.Key)).Metadata).toEqual(Metadata);
  },

  'user metadata beyond 2 KiB is refused': async ({ s3, bucket }: Stage): Promise<void> => {
    const Metadata = { much: 'm'.repeat(2048) };
    const target = { Bucket: bucket, Key: 'objects/much-metadata', Body: 'x', Metadata };
    expect(await refusalOf(s3.send(new PutObjectCommand(target)))).toBe('MetadataTooLarge 400');
  },
};
