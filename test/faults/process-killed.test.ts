/** A real bridge that is killed in the middle of its work, again and again. */
import { expect, test, vi } from 'vitest';
import { drawInteger } from '../../simulator/core/random.ts';
import { INSTANTS } from './measure.ts';
import { expectNothingLost, ProcessStage } from './process-stage.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** A life ends after so many more acknowledgements, at most. */
const MESSAGES_MAX = 200;

test('SIGKILL at many instants: what was acknowledged lands, once in the trusted zone', async () => {
  const stage = await ProcessStage.open(1);
  for (let instant = 1; instant <= INSTANTS; instant++) {
    await stage.acknowledgedMore(drawInteger(stage.random, 1, MESSAGES_MAX));
    await stage.bridge.kill();
    await stage.bridge.start();
  }
  expectNothingLost(await stage.finish());
  expect(stage.bridge.starts).toBe(INSTANTS + 1);
});
