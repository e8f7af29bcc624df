import { closeSync, existsSync, openSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { loadPtyCalls } from '../../../simulator/live/pty-calls.ts';

const unavailable = expect.objectContaining({
  name: 'SimulatorError',
  code: 'PTY_UNAVAILABLE',
  message: expect.stringContaining('--mode sim') as string,
}) as Error;

describe.skipIf(!existsSync('/dev/ptmx'))('the terminal calls', () => {
  it('are loaded once', () => {
    expect(loadPtyCalls()).toBe(loadPtyCalls());
  });

  it('say which call failed, why, and what to do', () => {
    const file = openSync('/dev/null', 'r+');
    expect(() => loadPtyCalls().unlock(file)).toThrow(unavailable);
    expect(() => loadPtyCalls().makeRaw(file)).toThrow(/tcgetattr failed with ENOTTY/);
    closeSync(file);
  });
});
