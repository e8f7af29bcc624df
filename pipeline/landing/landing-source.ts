/** Where landing objects lie: a folder, or a bucket of any S3-compatible storage. */
export type LandingSource =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** What stands in front of `customer_landing/`; empty or with a `/` at the end. */
      readonly prefix: string;
      /** URL of the storage; without it, AWS in the region of the environment. */
      readonly endpoint?: string;
    };

const S3_SCHEME = 's3://';

/** Reads `s3://bucket/prefix` or the path of a folder, as people write it on a command line. */
export function parseLandingSource(text: string, endpoint?: string): LandingSource {
  if (!text.startsWith(S3_SCHEME)) return { kind: 'folder', path: text };
  const [bucket = '', ...rest] = text.slice(S3_SCHEME.length).split('/');
  const path = rest.filter((part) => part !== '').join('/');
  const prefix = path === '' ? '' : `${path}/`;
  return { kind: 's3', bucket, prefix, ...(endpoint !== undefined && { endpoint }) };
}

/** The source as people write it. */
export function describeLandingSource(source: LandingSource): string {
  return source.kind === 'folder' ? source.path : `${S3_SCHEME}${source.bucket}/${source.prefix}`;
}
