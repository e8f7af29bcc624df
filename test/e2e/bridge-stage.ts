/** `stedi bridge` as a process of its own, a storage beside it, and what both say. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { startObjectStore } from '../../simulator/index.ts';
import type { ObjectStore } from '../../simulator/index.ts';
import { readLanded } from '../faults/landed-lines.ts';
import type { Landed, LandedLines } from '../faults/landed-lines.ts';
import { startStedi, temporaryFolder } from './stedi.ts';
import type { Outcome, RunningStedi } from './stedi.ts';

const CREDENTIALS = { accessKeyId: 'stedi', secretAccessKey: 'stedi-secret' };
const REGION = 'us-east-1';

/** Variables with which a bridge may use the storage of {@link Storage}. */
export const STORAGE_ENV: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_REGION: REGION,
};

/** An object of the storage. */
export interface StoredObject extends Landed {
  readonly metadata: Readonly<Record<string, string>>;
}

/** A bucket `lake` behind one address, which can go away and come back. */
export class Storage {
  readonly #root: string;
  readonly #port: number;
  #store: ObjectStore | undefined;

  private constructor(root: string, port: number) {
    this.#root = root;
    this.#port = port;
  }

  /** A storage that runs; it is for the test to close it. */
  static async open(): Promise<Storage> {
    const root = join(await temporaryFolder(), 'storage');
    const store = await startObjectStore({ ...Storage.#options(root), port: 0 });
    const storage = new Storage(root, store.port);
    storage.#store = store;
    return storage;
  }

  static #options(root: string) {
    return { root, credentials: CREDENTIALS, region: REGION, buckets: ['lake'] };
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async close(): Promise<void> {
    await this.#store?.close();
    this.#store = undefined;
  }

  async comeBack(): Promise<void> {
    this.#store ??= await startObjectStore({ ...Storage.#options(this.#root), port: this.#port });
  }

  /** Everything that is stored, with its metadata. */
  async objects(): Promise<StoredObject[]> {
    const client = new S3Client({
      endpoint: this.url,
      region: REGION,
      credentials: CREDENTIALS,
      forcePathStyle: true,
    });
    try {
      const stored: StoredObject[] = [];
      // A listing has pages of a thousand objects; each page is read at once.
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: 'lake' })) {
        stored.push(...(await Promise.all(Contents.map(({ Key = '' }) => get(client, Key)))));
      }
      return stored;
    } finally {
      client.destroy();
    }
  }
}

async function get(client: S3Client, key: string): Promise<StoredObject> {
  const { Body, Metadata: metadata = {} } = await client.send(
    new GetObjectCommand({ Bucket: 'lake', Key: key }),
  );
  return { key, body: (await Body?.transformToByteArray()) ?? new Uint8Array(), metadata };
}

/** Everything that lies below a folder in which a bridge lands. */
export async function objectsIn(folder: string): Promise<Landed[]> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    names
      // What is being written beside its place is no object yet.
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { key: path.slice(folder.length + 1), body: await readFile(path) };
      }),
  );
}

/** The landing rows among the objects, sorted. */
export function rowsOf(objects: readonly Landed[]): string[] {
  const { rows }: LandedLines = readLanded(objects);
  return [...rows].flatMap(([line, count]) => Array.from({ length: count }, () => line)).toSorted();
}

/** A bridge that has said where it listens. */
export interface RunningService {
  readonly stedi: RunningStedi;
  /** Where phones connect. */
  readonly broker: string;
  /** Asks `/metrics`, `/healthz` or `/readyz`. */
  ask(path: string): Promise<{ readonly status: number; readonly text: string }>;
  /** The value of a metric without labels, or with those that are given as they are written. */
  metric(name: string): Promise<number | undefined>;
  /** Ends it by a signal. */
  end(signal: NodeJS.Signals): Promise<Outcome>;
}

/** Starts a bridge that listens for phones and serves its metrics, both on free ports. */
export async function startService(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningService> {
  const all = ['bridge', '--listen', '0', '--watch', '0', '--json', ...args];
  const stedi = startStedi(all, { env });
  let said = '';
  stedi.process.stderr?.on('data', (text: string) => (said += text));
  await stedi.says(' lands ');
  const [broker = ''] = /mqtts?:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
  const [watch = ''] = /http:\/\/127\.0\.0\.1:\d+(?=\.")/.exec(said) ?? [];
  const ask = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${watch}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return {
    stedi,
    broker,
    ask,
    metric: async (name) => {
      const { text } = await ask('/metrics');
      const line = text.split('\n').find((each) => each.startsWith(`stedi_bridge_${name} `));
      return line === undefined ? undefined : Number(line.split(' ').at(-1));
    },
    end: (signal) => {
      stedi.process.kill(signal);
      return stedi.ended;
    },
  };
}
