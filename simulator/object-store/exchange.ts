import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Headers } from './conditions.ts';
import type { ChooseFault, ObjectStoreFault } from './faults.ts';
import { S3Refusal } from './errors.ts';
import { route } from './router.ts';
import { effectiveHeaders, receiveRequest, splitPath } from './s3-request.ts';
import { dropResponse } from './s3-response.ts';
import { sendError, sendResponse } from './send-response.ts';
import { verifySignature, type Credentials } from './signature-v4.ts';
import type { StoreFolders } from './store-folders.ts';

/** What all exchanges of a store have in common. */
export interface ExchangeContext {
  readonly store: StoreFolders;
  readonly credentials: Credentials;
  readonly chooseFault: ChooseFault;
  /** Numbers the requests, from 1. */
  readonly nextOrdinal: () => number;
}

/** Takes one request from its headers to the end of its answer. Never rejects; settles when the connection is dropped. */
export async function exchange(
  message: IncomingMessage,
  response: ServerResponse,
  context: ExchangeContext,
): Promise<void> {
  const ordinal = context.nextOrdinal();
  response.setHeader('x-amz-request-id', ordinal.toString(16).toUpperCase().padStart(16, '0'));
  try {
    await answer(message, response, { ...context, ordinal });
  } catch (error) {
    sendError(message, response, error);
  }
  // What is left of a refused body is read and thrown away, so that the client gets to read the answer.
  message.resume();
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { store, credentials, chooseFault, ordinal }: ExchangeContext & { readonly ordinal: number },
): Promise<void> {
  const received = receiveRequest(message);
  const expectation = { credentials, region: store.region, nowMs: Date.now() };
  const signature = verifySignature(received, expectation);
  const address = {
    method: received.method,
    ...splitPath(received.path),
    query: new Map(received.query),
    headers: effectiveHeaders(received, signature),
  };
  const operation = route(address);
  const fault = chooseFault({
    ordinal,
    operation: operation.name,
    bucket: address.bucket,
    key: address.key,
  });
  if (!(await survivesFault(fault, message, response))) return;
  const headers = afterConditionFault(fault, address);
  const result = await operation.run(
    { ...address, headers, body: received.body, signature, fault },
    store,
  );
  if (fault?.kind === 'reset-after') {
    dropResponse(result);
    message.socket.resetAndDestroy();
    return;
  }
  await sendResponse(message, response, result);
}

/** Carries out the faults that strike before the operation; false if the request ends with it. Throws for `status`. */
async function survivesFault(
  fault: ObjectStoreFault | undefined,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'status':
      throw new S3Refusal(STATUS_CODES[fault.status]);
    case 'reset-before':
      message.socket.resetAndDestroy();
      return false;
    case 'hang':
      await once(response, 'close');
      return false;
    case 'delay':
      return waitUnlessClosed(fault.delayMs, response);
    default:
      return true;
  }
}

const STATUS_CODES = {
  429: 'TooManyRequests',
  500: 'InternalError',
  501: 'NotImplemented',
  503: 'SlowDown',
} as const;

/** The headers that the operation gets to see, once storage was told to know no conditions of writes. Throws for `refused`. */
function afterConditionFault(
  fault: ObjectStoreFault | undefined,
  { method, headers }: { readonly method: string; readonly headers: Headers },
): Headers {
  if (fault?.kind !== 'write-conditions' || method === 'GET' || method === 'HEAD') return headers;
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch, ...others } = headers;
  if (ifMatch === undefined && ifNoneMatch === undefined) return headers;
  if (fault.conditions === 'refused') throw new S3Refusal('NotImplemented');
  return others;
}

/** False if the connection was closed in the meantime, by either side. */
async function waitUnlessClosed(delayMs: number, response: ServerResponse): Promise<boolean> {
  const closed = new AbortController();
  const abort = (): void => closed.abort();
  response.once('close', abort);
  try {
    await wait(delayMs, undefined, { signal: closed.signal });
    return true;
  } catch (cause) {
    if (closed.signal.aborted) return false;
    throw cause;
  } finally {
    response.off('close', abort);
  }
}
