/** Where the quarantine is, as the command line says it: the same words as for the bridge. */
import { FolderShelf, S3Shelf } from '../../../bridge/index.ts';
import type { ObjectShelf } from '../../../bridge/index.ts';
import { createS3Client } from '../../../pipeline/index.ts';
import { checkBucketName } from '../../bucket-name.ts';
import { UsageError } from '../../exit-codes.ts';
import { requireFolder } from '../../out-folder.ts';
import { checkS3Url } from '../../s3-url.ts';

/** What says where. */
export interface PlaceArguments {
  readonly bucket: string | undefined;
  readonly s3: string | undefined;
  readonly out: string | undefined;
}

/** The options that say where. */
export const PLACE_OPTIONS = {
  bucket: { describe: 'Bucket that the bridge lands in', type: 'string', requiresArg: true },
  s3: {
    describe: 'S3 endpoint, such as http://host:9000; AWS when left out',
    type: 'string',
    requiresArg: true,
  },
  out: { describe: 'Folder that the bridge lands in', type: 'string', requiresArg: true },
} as const;

/** Opens the place, works there, and lets it go. @throws UsageError when none or two are given, or what is given cannot be */
export async function workAt<Result>(
  { bucket, s3, out }: PlaceArguments,
  work: (shelf: ObjectShelf) => Promise<Result>,
): Promise<Result> {
  if ((bucket === undefined) === (out === undefined)) {
    throw new UsageError('Say where the bridge lands: either --bucket NAME or --out FOLDER.');
  }
  if (out !== undefined && s3 !== undefined) {
    throw new UsageError('--s3 is for --bucket; with --out it has no use.');
  }
  const shelf =
    out === undefined
      ? new S3Shelf({
          client: createS3Client(s3 === undefined ? undefined : checkS3Url(s3)),
          bucket: checkBucketName(bucket as string),
        })
      : new FolderShelf(requireFolder(out));
  try {
    return await work(shelf);
  } finally {
    shelf.close();
  }
}
