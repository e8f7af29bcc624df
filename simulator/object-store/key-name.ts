import { createHash } from 'node:crypto';

/** Longest file name that spells its key out; every common file system takes 255 bytes. */
const NAME_LENGTH_MAX = 200;
/** Never begins a spelled-out name, because it is not among the plain characters. */
const HASHED = '~';
const PLAIN = /^[a-z0-9_.=-]$/;

/**
 * The file name of an object key: one path segment, never empty, never `.` or `..`, of plain ASCII only.
 *
 * Lower-case letters, digits and `_.=-` stand for themselves and every other byte of the key's UTF-8 as `%xx`; a leading dot
 * too. Upper case is escaped because some file systems do not tell it from lower case. A key that would give a longer
 * name than 200 characters becomes `~` and its SHA-256; such a name cannot be turned back.
 */
export function encodeKeyName(key: string): string {
  let name = '';
  for (const byte of Buffer.from(key, 'utf8')) {
    const character = String.fromCharCode(byte);
    const plain = PLAIN.test(character) && !(name === '' && character === '.');
    name += plain ? character : `%${byte.toString(16).padStart(2, '0')}`;
    if (name.length > NAME_LENGTH_MAX) {
      return HASHED + createHash('sha256').update(key, 'utf8').digest('hex');
    }
  }
  return name;
}

/** The key that a file name spells out, or `undefined` if the name holds only a hash of it. */
export function decodeKeyName(name: string): string | undefined {
  return name.startsWith(HASHED) ? undefined : decodeURIComponent(name);
}
