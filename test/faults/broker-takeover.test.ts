/** Many connections that fight for one client id, with and without the right to it. */
import { expect, it } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { RawPhone } from '../bridge/broker/raw-phone.ts';
import { PASSWORD, usersFile } from '../bridge/broker/users-stage.ts';
import { BrokerFaultStage, FaithfulPhone } from './broker-stage.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const ANN = { username: 'ann', password: Buffer.from(PASSWORD) };
const ROUNDS = 6;
const LIMITS = { takeovers: 3, takeoverMs: 30 };

it.each(SEEDS)(
  'seed %i: a phone that is taken over again and again loses nothing',
  async (seed) => {
    const random = seededStreams(seed)('takeover');
    const stage = await BrokerFaultStage.start({ limits: LIMITS });
    const phone = new FaithfulPhone(stage, 'phone-1');
    const begunMs = performance.now();
    const rivals: Promise<RawPhone & { readonly returnCode: number | undefined }>[] = [];
    const instant = drawInteger(random, 0, ROUNDS - 1);
    for (let round = 0; round < ROUNDS; round++) {
      const publishing = phone.publish(drawInteger(random, 1, 20));
      if (round >= instant) {
        for (let count = drawInteger(random, 5, 15); count > 0; count--) {
          rivals.push(RawPhone.connect(stage.port, { clientId: 'phone-1' }));
        }
      }
      await publishing;
    }
    const answers = await Promise.all(rivals);
    // Until the last of them is heard, how often the id changed hands is bounded: some at once, then one in 30 ms.
    const tookOver = answers.filter(({ returnCode }) => returnCode === 0).length;
    const elapsedMs = performance.now() - begunMs;
    expect(tookOver).toBeLessThanOrEqual(1 + LIMITS.takeovers + elapsedMs / LIMITS.takeoverMs);
    expect(stage.refusals).toContain('takeover-rate');
    // The others are gone, or going.
    await stage.connected(1);
    for (const rival of answers) rival.kill();
    expect((await stage.judge([phone])).violations).toEqual([]);
  },
);

it('who has not the credential takes nothing over, however often', async () => {
  const stage = await BrokerFaultStage.start({
    usersFile: await usersFile('ann', 'eve', 'fresh'),
    limits: { attempts: 3 },
  });
  const phone = new FaithfulPhone(stage, 'ann-1', ANN);
  await phone.publish(3);
  const attempts = [
    { username: 'eve', password: ANN.password },
    { username: 'ann', password: Buffer.from('guess') },
    {},
  ];
  const rivals = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      RawPhone.connect(stage.port, { clientId: 'ann-1', ...attempts[index % attempts.length] }),
    ),
  );
  // Wrong, not theirs, or not to be tried again so soon.
  expect(rivals.filter(({ returnCode = 0 }) => returnCode < 3 || returnCode > 5)).toEqual([]);
  await phone.publish(3);
  // The first connection is the one that is still there: nothing was sent twice.
  expect(phone.deliveries).toBe(6);
  const credentials = { ...ANN, username: 'fresh' };
  expect((await stage.judge([phone], { credentials })).violations).toEqual([]);
});
