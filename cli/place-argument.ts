import { withoutControls } from '../presentation/index.ts';
import { UsageError } from './exit-codes.ts';

const OTHER_SCHEME = /^(?!s3:)[a-z][a-z0-9+.-]+:\/\//i;

/**
 * Makes the check of an option that takes a folder or `s3://bucket/prefix`: any other URL would become a folder of that
 * name. The check gives the text back. @throws UsageError
 */
export function checkPlaceOf(option: string): (text: string) => string {
  return (text) => {
    // What is given twice is refused elsewhere, with a better message.
    if (typeof text !== 'string' || !OTHER_SCHEME.test(text)) return text;
    const scheme = withoutControls(text.slice(0, text.indexOf('://') + 3));
    throw new UsageError(
      `${option} takes a folder or s3://bucket/prefix, not ${scheme}… The URL of an S3 endpoint is for --s3.`,
    );
  };
}
