/** Terminals that go away before the process does. */
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';

const STANDARD_STREAMS = [0, 1, 2] as const;

/**
 * Lets the process end in peace when its terminal has hung up. Node puts terminals back into the mode in which it found
 * them when it ends, and aborts with a core dump where that fails; what is no terminal any more, it leaves alone.
 */
export function outliveTerminal(): void {
  const terminals = STANDARD_STREAMS.filter((stream) => isatty(stream));
  process.on('exit', () => {
    for (const stream of terminals) if (!isatty(stream)) replaceByNothing(stream);
  });
}

/** The lowest number that is free is given to what is opened next. */
function replaceByNothing(stream: number): void {
  try {
    closeSync(stream);
    openSync(devNull, 'r+');
  } catch {
    // It was closed already.
  }
}
