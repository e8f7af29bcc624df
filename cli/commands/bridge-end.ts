import { once } from 'node:events';
import type { BridgeError, NoticeSink, RunningBridge } from '../../bridge/index.ts';

/** How long what is left may take to land in the end, in ms. */
const GRACE_MS = 10_000;

/**
 * Waits until the bridge is told to stop or cannot go on, and closes it.
 *
 * @throws BridgeError when the bridge could not go on, or could not keep what it had taken last
 */
export async function runToItsEnd(
  bridge: Pick<RunningBridge, 'failed' | 'close'>,
  signal: AbortSignal,
  notices: Pick<NoticeSink, 'notice'>,
): Promise<void> {
  const failure = await Promise.race([bridge.failed, interrupted(signal)]);
  if (failure === undefined) {
    const text = `Stopping: what is left is landed, for up to ${GRACE_MS / 1000} s. Stop it again to leave the rest in the spool at once.`;
    notices.notice({ level: 'info', part: 'bridge', text });
  }
  try {
    await bridge.close(GRACE_MS);
  } catch (error) {
    throw failure ?? error;
  }
  if (failure !== undefined) throw failure;
}

async function interrupted(signal: AbortSignal): Promise<BridgeError | undefined> {
  if (!signal.aborted) await once(signal, 'abort');
  return undefined;
}
