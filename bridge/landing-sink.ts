import { createS3Client } from '../pipeline/index.ts';
import { FolderSink } from './adapters/folder-sink.ts';
import { S3Sink } from './adapters/s3-sink.ts';
import type { StorageSettings } from './bridge-settings.ts';
import type { ObjectSink } from './ports.ts';

/** A sink, and what lets it go. */
export interface OpenSink {
  readonly sink: ObjectSink;
  /** For people: what objects land in. */
  readonly name: string;
  /** Asks whether it is there. @throws BridgeError STORAGE_UNREACHABLE, STORAGE_REFUSED */
  ask(): Promise<void>;
  close(): void;
}

/** The sink for objects. Nothing is asked of it yet: storage may be away when a bridge starts. */
export function openSink(storage: StorageSettings): OpenSink {
  if (storage.kind === 'folder') {
    const sink = new FolderSink(storage.path, { durable: true });
    const name = `the folder ${storage.path}`;
    return { sink, name, ask: () => sink.check(), close: () => undefined };
  }
  const { bucket, endpoint } = storage;
  // Whoever lands tries again by themselves: a client that does so too would hide failures and use up the time for them.
  const client = createS3Client(endpoint, { maxAttempts: 1 });
  const sink = new S3Sink({ client, bucket, prefix: '' });
  const name = `the bucket ${bucket}`;
  return { sink, name, ask: () => sink.check(), close: () => client.destroy() };
}
