/** What the page asks of its server. */
import type {
  Deed,
  DeedDone,
  DemoPolicy,
  DemoTable,
  ObjectPage,
  ReadingLife,
  Refusal,
  RowKind,
  RowPage,
} from '../../api.ts';

/** A request that was refused, with the server's code, or that nobody answered: `SERVER_UNREACHABLE`. */
export class RequestError extends Error {
  readonly code: string;

  constructor({ code, message }: Refusal, cause?: unknown) {
    super(message, { cause });
    this.name = 'RequestError';
    this.code = code;
  }
}

/** A file to save. */
export interface Download {
  readonly name: string;
  readonly content: Blob;
}

/** Which rows to show. */
export interface RowQuery {
  readonly policy: DemoPolicy;
  readonly table: DemoTable;
  readonly what: RowKind;
  readonly offset: number;
}

/**
 * Does something to the running world.
 * @throws {RequestError}
 */
export async function sendDeed(deed: Deed): Promise<DeedDone> {
  return asJson<DeedDone>(await ask('/api/deeds', bodyOf(deed)));
}

/**
 * Begins the run anew.
 * @throws {RequestError}
 */
export async function restartRun(): Promise<void> {
  await ask('/api/restart', bodyOf({}));
}

/**
 * Rows behind a number.
 * @throws {RequestError}
 */
export async function fetchRows({ policy, table, what, offset }: RowQuery): Promise<RowPage> {
  const query = new URLSearchParams({ policy, table, what, offset: String(offset) });
  return asJson<RowPage>(await ask(`/api/rows?${query}`));
}

/**
 * One reading's life.
 * @throws {RequestError}
 */
export async function fetchReading(reading: number): Promise<ReadingLife> {
  return asJson<ReadingLife>(await ask(`/api/readings/${reading}`));
}

/**
 * Objects in the bucket, of a landing table or of the quarantine.
 * @throws {RequestError}
 */
export async function fetchObjects(table: string): Promise<ObjectPage> {
  return asJson<ObjectPage>(await ask(`/api/objects?${new URLSearchParams({ table })}`));
}

/** Where the bytes of an object are. */
export function objectAddress(key: string): string {
  return `/api/objects/${key.split('/').map(encodeURIComponent).join('/')}`;
}

/**
 * The bytes of an object as text.
 * @throws {RequestError}
 */
export async function fetchObject(key: string): Promise<string> {
  return (await ask(objectAddress(key))).text();
}

/**
 * A file that the server makes, with the name that the server gives it.
 * @throws {RequestError}
 */
export async function fetchDownload(path: string, fallbackName: string): Promise<Download> {
  const response = await ask(path);
  const disposition = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? fallbackName;
  return { name, content: await response.blob() };
}

function bodyOf(value: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, cache: 'no-store' });
  } catch (cause) {
    const message = 'The server does not answer. Is “stedi demo” still running?';
    throw new RequestError({ code: 'SERVER_UNREACHABLE', message }, cause);
  }
  if (!response.ok) throw new RequestError(await refusalOf(response));
  return response;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const fallback = {
    code: 'REQUEST_REFUSED',
    message: `The server refused with status ${response.status}.`,
  };
  try {
    const body = (await response.json()) as Partial<Refusal>;
    return { code: body.code ?? fallback.code, message: body.message ?? fallback.message };
  } catch {
    return fallback;
  }
}

async function asJson<Body>(response: Response): Promise<Body> {
  return (await response.json()) as Body;
}
