import { FolderStorage } from './folder-storage.ts';
import type { Place } from './place.ts';
import type { S3Patience } from './s3-session.ts';
import { S3Storage } from './s3-storage.ts';
import type { Storage } from './storage.ts';

/** The objects of a place. Nothing is asked of it yet; the caller closes the storage. */
export function openStorage(place: Place, patience?: S3Patience): Storage {
  return place.kind === 'folder' ? new FolderStorage(place.path) : new S3Storage(place, patience);
}
