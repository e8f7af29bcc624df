/** The reason with which Ctrl-C stops a command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  override readonly message = 'Stopped.';
}

/**
 * A signal that Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) raise, so that a command can clean up. The second
 * Ctrl-C ends the process at once; a second SIGHUP does not, as a shell and the system send one each.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new Interrupted());
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, interrupt);
  process.on('SIGHUP', interrupt);
  return controller.signal;
}
