/** Two things that a bridge is told to keep or open must not be in each other's place. */
import { resolve, sep } from 'node:path';
import { UsageError } from '../exit-codes.ts';
import type { ListenAddress } from '../listen-address.ts';

const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Readers of the landing folder would take the spool's files for objects. @throws UsageError */
export function refuseSharedFolder(spool: string, out: string): void {
  const [kept, landed] = [resolve(spool), resolve(out)];
  if (!isWithin(kept, landed) && !isWithin(landed, kept)) return;
  throw new UsageError(
    '--spool and --out need folders of their own, neither of which lies in the other.',
  );
}

/** @throws UsageError when both would listen at the same port */
export function refuseSharedPort(
  listen: ListenAddress | undefined,
  watch: ListenAddress | undefined,
): void {
  if (listen === undefined || watch === undefined) return;
  const { host, port } = listen;
  // At port 0, each gets a free one.
  if (port === 0 || port !== watch.port) return;
  if (host !== watch.host && ![host, watch.host].some((each) => EVERYWHERE.has(each))) return;
  throw new UsageError('--listen and --watch have the same port. Give each one of its own.');
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}
