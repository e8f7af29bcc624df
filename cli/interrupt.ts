/** The reason with which Ctrl-C stops a command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  override readonly message = 'Stopped.';
}

/** A signal that Ctrl-C and SIGTERM raise, so that a command can clean up; the second Ctrl-C ends the process at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Interrupted()));
  }
  return controller.signal;
}
