import { createHmac, timingSafeEqual } from 'node:crypto';

/** What all signatures that belong to one request share. */
export interface SigningContext {
  /** Derived from the secret, the day, the region and the service. */
  readonly key: Buffer;
  /** The time of signing as `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  /** `<day>/<region>/s3/aws4_request`. */
  readonly scope: string;
}

/** Derives the key of one day, region and service. Source: AWS reference, "Create a signed AWS API request", step 3. */
export function deriveSigningKey(secretAccessKey: string, scope: string): Buffer {
  return scope
    .split('/')
    .reduce(
      (key, part) => createHmac('sha256', key).update(part, 'utf8').digest(),
      Buffer.from(`AWS4${secretAccessKey}`, 'utf8'),
    );
}

/** Signs the lines behind algorithm, time and scope; the signature is 64 lower-case hexadecimal digits. */
export function sign(context: SigningContext, algorithm: string, ...lines: string[]): string {
  const stringToSign = [algorithm, context.timestamp, context.scope, ...lines].join('\n');
  return createHmac('sha256', context.key).update(stringToSign, 'utf8').digest('hex');
}

/** Compares two signatures in a time that does not tell how many digits agree. */
export function signaturesEqual(expected: string, given: string): boolean {
  const expectedBytes = Buffer.from(expected, 'utf8');
  const givenBytes = Buffer.from(given, 'utf8');
  return expectedBytes.length === givenBytes.length && timingSafeEqual(expectedBytes, givenBytes);
}
