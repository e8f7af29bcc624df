import { closeSync } from 'node:fs';

/** Bytes of an open object file that are still to be sent. Whoever sends or drops the response closes `fd`. */
export interface ObjectSlice {
  readonly fd: number;
  readonly start: number;
  readonly lengthBytes: number;
}

/** What an operation answers with. */
export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An XML document, or bytes of an object; absent for no body. */
  readonly body?: string | ObjectSlice;
}

/** Answers 200 with an XML document. */
export function xmlResponse(
  document: string,
  headers: Readonly<Record<string, string>> = {},
): S3Response {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: document,
  };
}

/** Lets go of what a response holds when it is not going to be sent. */
export function dropResponse(response: S3Response): void {
  if (typeof response.body === 'object') closeSync(response.body.fd);
}
