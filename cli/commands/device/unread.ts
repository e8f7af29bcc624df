/** The end of commands that print without end: when nobody reads what they print, as behind `| head`. */

/** A signal that is raised with `signal`, or when stdout is closed by its reader. */
export function stopWhenUnread(
  signal: AbortSignal,
  output: NodeJS.WriteStream = process.stdout,
): AbortSignal {
  const unread = new AbortController();
  output.on('error', () => unread.abort());
  return AbortSignal.any([signal, unread.signal]);
}
