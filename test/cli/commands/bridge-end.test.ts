import { describe, expect, test, vi } from 'vitest';
import { BridgeError } from '../../../bridge/index.ts';
import type { Notice } from '../../../bridge/index.ts';
import { runToItsEnd } from '../../../cli/commands/bridge-end.ts';
import { EXIT, explainFailure } from '../../../cli/exit-codes.ts';

const FAILED = new BridgeError('SPOOL_FAILED', 'The spool failed.');
const FULL = new BridgeError('SPOOL_FAILED', 'The disk was full.');

function prepare({ failed, closing }: { failed?: BridgeError; closing?: BridgeError } = {}) {
  const notices: Notice[] = [];
  const close = vi.fn<(graceMs: number) => Promise<void>>(async () => {
    if (closing !== undefined) throw closing;
  });
  const never = new Promise<BridgeError>(() => undefined);
  const bridge = { failed: failed === undefined ? never : Promise.resolve(failed), close };
  const controller = new AbortController();
  const end = (): Promise<void> =>
    runToItsEnd(bridge, controller.signal, { notice: (notice) => notices.push(notice) });
  return { notices, close, controller, end };
}

/** What a promise was rejected with. */
async function failureOf(ended: Promise<void>): Promise<unknown> {
  return ended.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a bridge that is told to stop', () => {
  test('is closed with ten seconds for what is left, and says so', async () => {
    const { notices, close, controller, end } = prepare();
    const ended = end();
    expect(close).not.toHaveBeenCalled();
    controller.abort();
    await ended;
    expect(close.mock.calls).toEqual([[10_000]]);
    expect(notices).toMatchObject([{ level: 'info', text: expect.stringMatching(/^Stopping: /) }]);
  });

  test('while it was starting is closed at once', async () => {
    const { close, controller, end } = prepare();
    controller.abort();
    await end();
    expect(close).toHaveBeenCalledOnce();
  });

  test('and cannot keep what it took last fails', async () => {
    const { controller, end } = prepare({ closing: FULL });
    controller.abort();
    expect(await failureOf(end())).toBe(FULL);
  });
});

describe('a bridge that cannot go on', () => {
  test('is closed all the same, and ends with 3', async () => {
    const { notices, close, end } = prepare({ failed: FAILED });
    const failure = await failureOf(end());
    expect(failure).toBe(FAILED);
    expect(explainFailure(failure)).toEqual({ exit: EXIT.ENVIRONMENT, text: 'The spool failed.' });
    expect([close.mock.calls.length, notices]).toEqual([1, []]);
  });

  test('is told by its first failure, not by what follows from it', async () => {
    const { end } = prepare({ failed: FAILED, closing: FULL });
    expect(await failureOf(end())).toBe(FAILED);
  });
});
