/** A real bridge that is told to stop in the middle of its work, again and again. */
import { expect, test, vi } from 'vitest';
import { drawInteger } from '../../simulator/core/random.ts';
import { INSTANTS } from './measure.ts';
import { expectNothingLost, ProcessStage } from './process-stage.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** A life ends after so many more acknowledgements, at most. */
const MESSAGES_MAX = 200;

test('SIGTERM at many instants: it ends in order, and loses nothing', async () => {
  const stage = await ProcessStage.open(2);
  for (let instant = 1; instant <= INSTANTS; instant++) {
    await stage.acknowledgedMore(drawInteger(stage.random, 1, MESSAGES_MAX));
    expect(await stage.bridge.stop()).toBe(0);
    await stage.bridge.start();
  }
  expectNothingLost(await stage.finish());
});
