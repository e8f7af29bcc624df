import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { put, refusalOf, type Stage } from './object-store-stage.ts';

type Query = Omit<ListObjectsV2CommandInput, 'Bucket'>;

interface Listed {
  /** Keys and common prefixes of all pages, page by page. */
  readonly pages: readonly (readonly string[])[];
  readonly all: readonly string[];
}

/** Follows a listing from page to page to its end. */
async function listAll({ s3, bucket }: Stage, query: Query): Promise<Listed> {
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, ...query, ContinuationToken: token }),
    );
    const keys = (page.Contents ?? []).map(({ Key }) => Key ?? '');
    const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? '');
    expect(page.KeyCount).toBe(keys.length + prefixes.length);
    pages.push([...keys, ...prefixes].sort());
    token = page.NextContinuationToken;
    expect(page.IsTruncated).toBe(token !== undefined);
    expect(pages.length).toBeLessThan(100);
  } while (token !== undefined);
  return { pages, all: pages.flat() };
}

async function putAll(stage: Stage, keys: readonly string[]): Promise<void> {
  for (const key of keys) await put(stage, key, key);
}

/** A landing zone in small. */
const LANDING: readonly string[] = [
  'listings/landing/accelerometer_landing/day=1/a.json',
  'listings/landing/accelerometer_landing/day=2/a.json',
  'listings/landing/accelerometer_landing/day=2/b.json',
  'listings/landing/customer_landing/a.json',
  'listings/landing/readme',
  'listings/landing/step_trainer_landing/day=1/a.json',
];

export const listingFeatures = {
  'a listing tells key, size and ETag': async (stage: Stage): Promise<void> => {
    const { s3, bucket } = stage;
    const ETag = await put(stage, 'listings/one/object', '12345');
    const Prefix = 'listings/one/';
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
    const wanted = { Key: 'listings/one/object', Size: 5, ETag };
    expect(page.Contents).toEqual([expect.objectContaining(wanted)]);
    expect(page).toMatchObject({ Prefix, KeyCount: 1, IsTruncated: false, Name: bucket });
  },

  'a listing of nothing is empty': async (stage: Stage): Promise<void> => {
    expect((await listAll(stage, { Prefix: 'listings/nothing/' })).pages).toEqual([[]]);
  },

  'a listing comes in pages that miss and repeat nothing': async (stage: Stage): Promise<void> => {
    const keys = Array.from({ length: 25 }, (_, index) => `listings/paged/${index + 100}`);
    await putAll(stage, keys);
    const listed = await listAll(stage, { Prefix: 'listings/paged/', MaxKeys: 10 });
    expect(listed.pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(listed.all).toEqual(keys);
    const exact = await listAll(stage, { Prefix: 'listings/paged/', MaxKeys: 25 });
    expect(exact.pages).toEqual([keys]);
  },

  'a delimiter gathers what is below into common prefixes': async (stage: Stage): Promise<void> => {
    await putAll(stage, LANDING);
    const query = { Prefix: 'listings/landing/', Delimiter: '/' };
    expect((await listAll(stage, query)).pages).toEqual([
      [
        'listings/landing/accelerometer_landing/',
        'listings/landing/customer_landing/',
        'listings/landing/readme',
        'listings/landing/step_trainer_landing/',
      ],
    ]);
  },

  'common prefixes come once, also over pages': async (stage: Stage): Promise<void> => {
    await putAll(stage, LANDING);
    const query = { Prefix: 'listings/landing/', Delimiter: '/', MaxKeys: 1 };
    expect((await listAll(stage, query)).pages).toEqual([
      ['listings/landing/accelerometer_landing/'],
      ['listings/landing/customer_landing/'],
      ['listings/landing/readme'],
      ['listings/landing/step_trainer_landing/'],
    ]);
  },

  'a delimiter may have more than one character': async (stage: Stage): Promise<void> => {
    await putAll(stage, LANDING);
    const query = { Prefix: 'listings/landing/', Delimiter: 'day=' };
    expect((await listAll(stage, query)).all).toEqual([
      'listings/landing/accelerometer_landing/day=',
      'listings/landing/customer_landing/a.json',
      'listings/landing/readme',
      'listings/landing/step_trainer_landing/day=',
    ]);
  },

  'start-after leaves out everything up to a key': async (stage: Stage): Promise<void> => {
    await putAll(stage, LANDING);
    const [, second = ''] = LANDING;
    const query = { Prefix: 'listings/landing/', StartAfter: second };
    expect((await listAll(stage, query)).all).toEqual(LANDING.slice(2));
    const between = { Prefix: 'listings/landing/', StartAfter: `${second}!` };
    expect((await listAll(stage, between)).all).toEqual(LANDING.slice(2));
  },

  'keys are in the order of their UTF-8 bytes': async (stage: Stage): Promise<void> => {
    const names = ['A', 'B-', 'B/x', 'B0', 'a', 'z', 'é', '～', '🏃'];
    const keys = names.map((name) => `listings/order/${name}`);
    await putAll(stage, [...keys].reverse());
    const { s3, bucket } = stage;
    const Prefix = 'listings/order/';
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }));
    expect(page.Contents?.map(({ Key }) => Key)).toEqual(keys);
  },

  'encoding-type=url percent-encodes keys': async (stage: Stage): Promise<void> => {
    const key = 'listings/encoded/a b+c&<ü>';
    await put(stage, key, 'x');
    const query: Query = { Prefix: 'listings/encoded/a b', EncodingType: 'url' };
    const { all } = await listAll(stage, query);
    expect(all[0]).toMatch(/^listings\/encoded\/a(%20|\+)b%2Bc%26%3C%C3%BC%3E$/i);
  },

  'max-keys=0 gives an empty page': async (stage: Stage): Promise<void> => {
    await put(stage, 'listings/zero/object', 'x');
    const { s3, bucket } = stage;
    const query = { Bucket: bucket, Prefix: 'listings/zero/', MaxKeys: 0 };
    const page = await s3.send(new ListObjectsV2Command(query));
    expect(page).toMatchObject({ KeyCount: 0, IsTruncated: false });
  },

  'a page has 1000 keys at most': async ({ s3, bucket }: Stage): Promise<void> => {
    const query = { Bucket: bucket, Prefix: 'listings/most/', MaxKeys: 5000 };
    const page = await s3.send(new ListObjectsV2Command(query));
    expect(page.MaxKeys).toBe(1000);
  },

  'a continuation token that nobody gave is refused': async ({
    s3,
    bucket,
  }: Stage): Promise<void> => {
    const query = { Bucket: bucket, ContinuationToken: '!!!' };
    const refusal = await refusalOf(s3.send(new ListObjectsV2Command(query)));
    expect(refusal).toBe('InvalidArgument 400');
  },
};
