import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ChecksumAlgorithm, ChecksumType } from './checksums.ts';
import { S3Refusal } from './errors.ts';
import {
  isMissing,
  readObjectRecord,
  type IncomingFile,
  type ObjectRecord,
} from './object-file.ts';
import type { ObjectFolder } from './object-folder.ts';

/** What a multipart upload was begun with. */
export interface UploadPlan {
  readonly key: string;
  /** The headers that the finished object will have. */
  readonly headers: Readonly<Record<string, string>>;
  /** Which checksum every part must bring; absent for none. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
}

/** A multipart upload in progress. */
export interface Upload extends UploadPlan {
  readonly folder: string;
}

/** A part that has arrived. */
export interface StoredPart {
  /** 1 to 10,000. */
  readonly number: number;
  readonly path: string;
  readonly record: ObjectRecord;
}

const UPLOAD_ID = /^[0-9a-f]{32}$/;
const PART_NAME = /^\d{5}$/;
const PLAN_NAME = 'upload.json';

/** Multipart uploads in progress: one folder each, with the plan as JSON and every part as an object file. */
export class UploadFolder {
  readonly #objects: ObjectFolder;

  constructor(objects: ObjectFolder) {
    this.#objects = objects;
  }

  /** Begins an upload and gives its id. */
  begin(bucket: string, plan: UploadPlan): string {
    const uploadId = randomUUID().replaceAll('-', '');
    const folder = this.#objects.uploadFolder(bucket, uploadId);
    mkdirSync(folder);
    writeFileSync(join(folder, PLAN_NAME), JSON.stringify(plan));
    return uploadId;
  }

  /** Throws `NoSuchUpload`, also when the upload is for another key. */
  find(bucket: string, key: string, uploadId: string): Upload {
    this.#objects.requireBucket(bucket);
    if (!UPLOAD_ID.test(uploadId)) throw new S3Refusal('NoSuchUpload');
    const folder = this.#objects.uploadFolder(bucket, uploadId);
    const plan = readPlan(join(folder, PLAN_NAME));
    if (plan === undefined || plan.key !== key) throw new S3Refusal('NoSuchUpload');
    return { ...plan, folder };
  }

  /** Puts a sealed part in its place; the last one to arrive under a number counts. */
  commitPart(file: IncomingFile, upload: Upload, number: number): void {
    requireOpen(upload);
    renameSync(file.path, join(upload.folder, String(number).padStart(5, '0')));
  }

  /** The parts that have arrived, in ascending order of their numbers. */
  parts(upload: Upload): StoredPart[] {
    requireOpen(upload);
    const names = readdirSync(upload.folder).filter((name) => PART_NAME.test(name));
    return names.sort().flatMap((name) => {
      const path = join(upload.folder, name);
      const record = readObjectRecord(path);
      return record === undefined ? [] : [{ number: Number(name), path, record }];
    });
  }

  /** Ends an upload and deletes its parts. Throws `NoSuchUpload` if it has ended already. */
  end(upload: Upload): void {
    requireOpen(upload);
    rmSync(upload.folder, { recursive: true });
  }
}

function requireOpen(upload: Upload): void {
  if (!existsSync(upload.folder)) throw new S3Refusal('NoSuchUpload');
}

function readPlan(path: string): UploadPlan | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as UploadPlan;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}
