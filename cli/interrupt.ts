/** The reason with which Ctrl-C stops a command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  override readonly message = 'Stopped.';
}

/** One Ctrl-C comes as two signals when the terminal and a parent process, such as npx, send one each. */
const ONE_INTERRUPT_MS = 1_000;

const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Name = (typeof NAMES)[number];

/** The clock and the way out of a process; both can be replaced to watch them. */
export interface Surroundings {
  /** ms on a clock that only goes forward. */
  readonly now: () => number;
  /** Ends the process at once, as the signal does by itself. */
  readonly leave: (name: Name) => void;
}

const PROCESS: Surroundings = {
  now: () => performance.now(),
  leave: (name) => process.kill(process.pid, name),
};

/**
 * A signal that Ctrl-C, SIGTERM and the end of the terminal (SIGHUP) raise, so that a command can clean up. Ctrl-C or
 * SIGTERM a second later or more ends the process at once; another SIGHUP does not, as a shell and the system send one
 * each.
 */
export function interruptSignal({ now, leave }: Surroundings = PROCESS): AbortSignal {
  const controller = new AbortController();
  let sinceMs = 0;
  const interrupt = (name: Name): void => {
    if (!controller.signal.aborted) {
      sinceMs = now();
      controller.abort(new Interrupted());
    } else if (name !== 'SIGHUP' && now() - sinceMs >= ONE_INTERRUPT_MS) {
      process.off(name, interrupt);
      leave(name);
    }
  };
  for (const name of NAMES) process.on(name, interrupt);
  return controller.signal;
}
