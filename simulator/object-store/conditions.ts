import { S3Refusal, type S3ErrorCode } from './errors.ts';

/** Request headers by lower-case name. */
export type Headers = Readonly<Record<string, string>>;

/** What a condition is checked against. */
export interface ConditionTarget {
  /** Without quotes. */
  readonly etag: string;
  readonly lastModifiedMs: number;
}

/** What must hold of the object under a key for a write to take place. */
export type WriteCondition =
  | { readonly kind: 'none' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'matches'; readonly etags: string };

/**
 * Reads `If-None-Match: *` and `If-Match` of a write.
 *
 * Throws `NotImplemented` for an `If-None-Match` with ETags, as S3 does, and `InvalidRequest` for both at once.
 */
export function readWriteCondition(headers: Headers): WriteCondition {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw new S3Refusal('InvalidRequest', { message: 'Give If-Match or If-None-Match, not both.' });
  }
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    throw new S3Refusal('NotImplemented', { message: 'A write takes If-None-Match only with *.' });
  }
  if (ifNoneMatch !== undefined) return { kind: 'absent' };
  return ifMatch === undefined ? { kind: 'none' } : { kind: 'matches', etags: ifMatch };
}

/** The code to refuse a write with, given what is under the key now; `undefined` lets it pass. */
export function checkWrite(
  condition: WriteCondition,
  existing: ConditionTarget | undefined,
): S3ErrorCode | undefined {
  switch (condition.kind) {
    case 'none':
      return undefined;
    case 'absent':
      return existing === undefined ? undefined : 'PreconditionFailed';
    case 'matches':
      if (existing === undefined) return 'NoSuchKey';
      return namesEtag(condition.etags, existing.etag) ? undefined : 'PreconditionFailed';
  }
}

/** Whether a conditional read gets the object, a 304 or a 412, by the precedence of RFC 9110 section 13.2.2. */
export function checkRead(
  headers: Headers,
  target: ConditionTarget,
): 'proceed' | 'not-modified' | 'failed' {
  return isFailed(headers, target)
    ? 'failed'
    : isNotModified(headers, target)
      ? 'not-modified'
      : 'proceed';
}

function isFailed(headers: Headers, target: ConditionTarget): boolean {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) return !namesEtag(ifMatch, target.etag);
  const since = readHttpDate(headers['if-unmodified-since']);
  return since !== undefined && wholeSeconds(target.lastModifiedMs) > since;
}

function isNotModified(headers: Headers, target: ConditionTarget): boolean {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return namesEtag(ifNoneMatch, target.etag);
  const since = readHttpDate(headers['if-modified-since']);
  return since !== undefined && wholeSeconds(target.lastModifiedMs) <= since;
}

/** True if a list of ETags, with or without quotes, names this one or is `*`. */
export function namesEtag(list: string, etag: string): boolean {
  return list.split(',').some((entry) => {
    const bare = entry.trim().replace(/^W\//, '').replaceAll('"', '');
    return bare === '*' || bare === etag;
  });
}

/** Milliseconds since the epoch, or `undefined` for a missing or unreadable date, which is to be ignored. */
function readHttpDate(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** HTTP dates have no fraction of a second. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
