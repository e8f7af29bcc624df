import { once } from 'node:events';
import { closeSync, createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { S3Refusal } from './errors.ts';
import { dropResponse, type ObjectSlice, type S3Response } from './s3-response.ts';
import { errorDocument } from './xml.ts';

/** Sends what an operation answered; of an answer to HEAD only the headers. */
export async function sendResponse(
  message: IncomingMessage,
  response: ServerResponse,
  result: S3Response,
): Promise<void> {
  if (response.destroyed) {
    dropResponse(result);
    return;
  }
  const { body } = result;
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {};
  response.writeHead(result.status, { ...length, ...result.headers });
  if (typeof body === 'object') {
    await sendSlice(response, body);
  } else {
    response.end(message.method === 'HEAD' ? undefined : body);
  }
}

/** Sends the error document for whatever was thrown; what is not a refusal becomes InternalError, without its message. */
export function sendError(
  message: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    // Half an object is out. Only a broken connection still tells the client so.
    response.destroy();
    return;
  }
  const refusal = error instanceof S3Refusal ? error : internalError(error);
  const document = errorDocument({
    Code: refusal.code,
    Message: refusal.message,
    Resource: message.url ?? '',
    ...refusal.details.elements,
  });
  response.writeHead(refusal.status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(document),
    ...refusal.details.headers,
  });
  response.end(message.method === 'HEAD' ? undefined : document);
}

/** Sends bytes of a file and closes it, whether they get through or not. */
async function sendSlice(response: ServerResponse, slice: ObjectSlice): Promise<void> {
  const { fd, start, lengthBytes } = slice;
  if (lengthBytes === 0) {
    closeSync(fd);
    response.end();
    return;
  }
  const bytes = createReadStream('', { fd, start, end: start + lengthBytes - 1 });
  const closed = once(bytes, 'close');
  try {
    await pipeline(bytes, response);
  } finally {
    await closed;
  }
}

/** Messages of file-system errors hold paths of this machine, so only their code is told, for example ENOSPC. */
function internalError(error: unknown): S3Refusal {
  const named = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
  return new S3Refusal('InternalError', {
    message: `The store failed while it handled the request (${named}).`,
  });
}
