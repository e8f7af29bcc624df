/** Where landing objects or zones lie: a folder, or a bucket of any S3-compatible storage. */
export type Place =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** What stands in front of every key; empty or with a `/` at the end. */
      readonly prefix: string;
      /** URL of the storage; without it, AWS in the region of the environment. */
      readonly endpoint?: string;
      /** The key pair; without it, the standard ones of AWS in the environment and its files. */
      readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
    };

const S3_SCHEME = 's3://';

/** Reads `s3://bucket/prefix` or the path of a folder, as people write it on a command line. */
export function parsePlace(text: string, endpoint?: string): Place {
  if (!text.startsWith(S3_SCHEME)) return { kind: 'folder', path: text };
  const [bucket = '', ...rest] = text.slice(S3_SCHEME.length).split('/');
  const path = rest.filter((part) => part !== '').join('/');
  const prefix = path === '' ? '' : `${path}/`;
  return { kind: 's3', bucket, prefix, ...(endpoint !== undefined && { endpoint }) };
}

/** The place as people write it. */
export function describePlace(source: Place): string {
  return source.kind === 'folder' ? source.path : `${S3_SCHEME}${source.bucket}/${source.prefix}`;
}
