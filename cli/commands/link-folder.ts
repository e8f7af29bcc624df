/** Where virtual ports are put. */
import { UsageError } from '../exit-codes.ts';

const LINK_KIND = 'pty:';

/** The folder in `pty:FOLDER`. */
export function readLinkFolder(link: string): string {
  const folder = link.startsWith(LINK_KIND) ? link.slice(LINK_KIND.length) : '';
  if (folder !== '') return folder;
  throw new UsageError('--link takes pty: and a folder, such as pty:./ports.');
}
