/** What was thrown, in a few words and without a trace: for reports, which are no place for paths of this machine. */
export function tellError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `thrown ${typeof thrown}`;
  const [message = ''] = thrown.message.split('\n', 1);
  return message === '' ? thrown.name : `${thrown.name}: ${message}`;
}
