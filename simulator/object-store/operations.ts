import { createBucket, deleteBucket, headBucket, listBuckets } from './bucket-operations.ts';
import { completeUpload } from './complete-operation.ts';
import { copyObject } from './copy-operation.ts';
import { deleteObjects } from './delete-objects-operation.ts';
import type { OperationName } from './faults.ts';
import { listObjects } from './list-operation.ts';
import { deleteObject, getObject, headObject, putObject } from './object-operations.ts';
import type { Operation } from './store-folders.ts';
import { abortUpload, createUpload, listParts, uploadPart } from './upload-operations.ts';

/** How an operation is told from the others, and what carries it out. */
export interface OperationEntry {
  readonly name: OperationName;
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly on: 'service' | 'bucket' | 'object';
  /** Query parameters that must be there. */
  readonly requires?: readonly string[];
  /** Query parameters that may be there. */
  readonly takes?: readonly string[];
  /** A header that must be there. */
  readonly requiresHeader?: string;
  readonly run: Operation;
}

/** Every operation of the store. Where several fit a request, the first one counts. */
export const OPERATIONS: readonly OperationEntry[] = [
  { name: 'ListBuckets', method: 'GET', on: 'service', run: listBuckets },
  { name: 'CreateBucket', method: 'PUT', on: 'bucket', run: createBucket },
  { name: 'HeadBucket', method: 'HEAD', on: 'bucket', run: headBucket },
  { name: 'DeleteBucket', method: 'DELETE', on: 'bucket', run: deleteBucket },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    requires: ['list-type'],
    takes: [
      'prefix',
      'delimiter',
      'start-after',
      'continuation-token',
      'max-keys',
      'encoding-type',
      'fetch-owner',
    ],
    run: listObjects,
  },
  {
    name: 'DeleteObjects',
    method: 'POST',
    on: 'bucket',
    requires: ['delete'],
    run: deleteObjects,
  },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    requires: ['uploads'],
    run: createUpload,
  },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    requires: ['uploadId'],
    run: completeUpload,
  },
  {
    name: 'AbortMultipartUpload',
    method: 'DELETE',
    on: 'object',
    requires: ['uploadId'],
    run: abortUpload,
  },
  {
    name: 'ListParts',
    method: 'GET',
    on: 'object',
    requires: ['uploadId'],
    takes: ['max-parts', 'part-number-marker'],
    run: listParts,
  },
  {
    name: 'CopyObject',
    method: 'PUT',
    on: 'object',
    requiresHeader: 'x-amz-copy-source',
    run: copyObject,
  },
  {
    name: 'UploadPart',
    method: 'PUT',
    on: 'object',
    requires: ['partNumber', 'uploadId'],
    run: uploadPart,
  },
  { name: 'PutObject', method: 'PUT', on: 'object', run: putObject },
  { name: 'GetObject', method: 'GET', on: 'object', run: getObject },
  { name: 'HeadObject', method: 'HEAD', on: 'object', run: headObject },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', run: deleteObject },
];
