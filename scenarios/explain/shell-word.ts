/** Writes a text as one argument of a POSIX shell, quoted where it has to be. */
export function toShellWord(text: string): string {
  if (/^[\w./:@%+,=-]+$/.test(text) && !text.startsWith('-')) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
