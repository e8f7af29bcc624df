import type { Checksum } from './checksums.ts';
import type { IncomingFile } from './object-file.ts';
import { receiveBody, type BodyReceipt } from './received-body.ts';
import type { S3Request } from './s3-request.ts';
import type { StoreFolders } from './store-folders.ts';

/** What a stored body is kept under. */
export interface StoredBody {
  readonly etag: string;
  readonly checksum: Checksum | undefined;
}

/**
 * Receives a body into a file, verifies it, seals the file and lets `commit` move it to its place.
 *
 * Nothing is left behind if the body is wrong, the client goes away, or `commit` refuses. The `truncate` fault strikes here.
 */
export async function storeBody(
  request: S3Request,
  store: StoreFolders,
  headers: Readonly<Record<string, string>>,
  commit: (file: IncomingFile, receipt: BodyReceipt) => void,
): Promise<StoredBody> {
  const keepBytes = request.fault?.kind === 'truncate' ? request.fault.keepBytes : undefined;
  return store.objects.withIncomingFile(async (file) => {
    const receipt = await receiveBody(request, (piece) => file.write(piece));
    const { md5: etag, checksum } = receipt;
    await file.seal({ key: request.key, etag, checksum, headers, lastModifiedMs: Date.now() });
    commit(file, receipt);
    return { etag, checksum };
  }, keepBytes);
}
