import type { Lacking } from './object-store.ts';

/** What versitygw over a POSIX folder lacks. An entry that starts to pass fails the suite, so that it is taken out. */
export const VERSITYGW_LACKS: Lacking = {
  'DeleteObjects is quiet when asked to': 'it lists what it deleted all the same',
  'a key may be the beginning of another, up to a slash': 'keys are paths of files and folders',
  'keys have up to 1024 bytes': 'a segment of a key is a file name, which has 255 bytes at most',
  'the framing of a stream is not kept as content encoding': 'it keeps "gzip,aws-chunked"',
  'encoding-type=url percent-encodes keys': 'it ignores the parameter',
  'a continuation token that nobody gave is refused': 'it takes any text as a place to go on from',
  'an unknown access key id is refused': 'it answers 404 XAdminUserNotFound',
};
