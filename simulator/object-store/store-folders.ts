import { ObjectFolder } from './object-folder.ts';
import type { S3Request } from './s3-request.ts';
import type { S3Response } from './s3-response.ts';
import { UploadFolder } from './upload-folder.ts';

/** What operations work on. */
export interface StoreFolders {
  readonly objects: ObjectFolder;
  readonly uploads: UploadFolder;
  readonly region: string;
}

/** Carries out one operation. Throws an `S3Refusal` for what S3 refuses. */
export type Operation = (
  request: S3Request,
  store: StoreFolders,
) => S3Response | Promise<S3Response>;

/** Opens the store at `root`, which is created if it does not exist. */
export function openStoreFolders(root: string, region: string): StoreFolders {
  const objects = new ObjectFolder(root);
  return { objects, uploads: new UploadFolder(objects), region };
}
