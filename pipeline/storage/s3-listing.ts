import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { loadS3 } from './s3-client.ts';
import { s3Contradiction } from './s3-failure.ts';
import type { S3Session } from './s3-session.ts';
import type { StoredObject } from './storage.ts';

/** S3 gives no more. */
const PAGE_KEYS = 1000;

/**
 * All objects below a prefix, sorted by key; `pageKeys` is how many a page may hold.
 *
 * Each page is asked for by the last key of the page before, and the listing ends with a page that is empty: so it is whole
 * also where the storage says too early that it is, forgets its continuation tokens, or leaves out the end of a page.
 *
 * @throws PipelineError STORAGE_REFUSED also when pages contradict each other or themselves, STORAGE_UNREACHABLE
 */
export async function listS3Objects(
  session: S3Session,
  prefix: string,
  signal: AbortSignal | undefined,
  pageKeys: number = PAGE_KEYS,
): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  const Prefix = session.place.prefix + prefix;
  for (let last: string | undefined; ;) {
    const range = { prefix: Prefix, after: last };
    const page = await fetchPage(session, { ...range, pageKeys }, signal);
    const objects = readPage(session, page, range);
    if (objects.length === 0) break;
    last = objects.at(-1)?.key;
    for (const { key, ...object } of objects) {
      found.push({ key: key.slice(session.place.prefix.length), ...object });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * The names of folders right below the place, those on the first page of a listing.
 * @throws PipelineError STORAGE_REFUSED, STORAGE_UNREACHABLE
 */
export async function listS3Folders(
  session: S3Session,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { ListObjectsV2Command } = loadS3();
  const { bucket, prefix } = session.place;
  const page = await session.call(signal, (options) =>
    session.client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: '/',
        EncodingType: 'url',
      }),
      options,
    ),
  );
  const isUrl = page.EncodingType === 'url';
  return (page.CommonPrefixes ?? []).map(({ Prefix = '' }) =>
    (isUrl ? decodeKey(Prefix) : Prefix).slice(prefix.length).replace(/\/$/, ''),
  );
}

interface PageRange {
  readonly prefix: string;
  readonly after: string | undefined;
}

function fetchPage(
  session: S3Session,
  { prefix, after, pageKeys }: PageRange & { readonly pageKeys: number },
  signal: AbortSignal | undefined,
): Promise<ListObjectsV2CommandOutput> {
  const { ListObjectsV2Command } = loadS3();
  return session.call(signal, (options) =>
    session.client.send(
      new ListObjectsV2Command({
        Bucket: session.place.bucket,
        Prefix: prefix,
        MaxKeys: pageKeys,
        // Keys may hold characters that XML has no place for.
        EncodingType: 'url',
        ...(after !== undefined && { StartAfter: after }),
      }),
      options,
    ),
  );
}

function readPage(
  { place }: S3Session,
  page: ListObjectsV2CommandOutput,
  { prefix, after }: PageRange,
): StoredObject[] {
  const contents = page.Contents ?? [];
  if (page.KeyCount !== undefined && page.KeyCount !== contents.length) {
    throw s3Contradiction(
      place,
      `a listing says that it holds ${page.KeyCount} keys, and holds ${contents.length}`,
    );
  }
  if (page.IsTruncated === true && contents.length === 0) {
    throw s3Contradiction(place, 'a listing says that more keys follow, and gives none');
  }
  let before = after;
  return contents.map(({ Key, Size, ETag }) => {
    const key = page.EncodingType === 'url' ? decodeKey(Key ?? '') : (Key ?? '');
    if (!key.startsWith(prefix) || Size === undefined) {
      throw s3Contradiction(place, `a listing of ${prefix} has an entry without its key or size`);
    }
    if (before !== undefined && compareUtf8(key, before) <= 0) {
      throw s3Contradiction(place, `a listing names ${key} after ${before}, out of order or twice`);
    }
    before = key;
    return { key, bytes: Size, tag: (ETag ?? '').replaceAll('"', '') };
  });
}

function decodeKey(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Buckets are sorted by the bytes of their keys. */
function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
