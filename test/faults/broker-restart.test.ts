/** A broker whose process dies and comes back, and clients that are all there again at once. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';

import { drawInteger } from '../../simulator/core/random.ts';
import { seededStreams } from '../../simulator/index.ts';
import { PASSWORD, usersFile } from '../bridge/broker/users-stage.ts';
import { BrokerFaultStage, FaithfulPhone } from './broker-stage.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

it.each(SEEDS)('seed %i: what was not acknowledged is sent again, and lands once', async (seed) => {
  const random = seededStreams(seed)('restart');
  const stage = await BrokerFaultStage.start();
  const phones = Array.from({ length: 10 }, (_, index) => new FaithfulPhone(stage, `p-${index}`));
  for (let crash = 0; crash < 2; crash++) {
    const publishing = phones.map((phone) => phone.publish(drawInteger(random, 1, 40)));
    for (let turns = drawInteger(random, 0, 12); turns > 0; turns--) await turn();
    await stage.restart();
    await Promise.all(publishing);
  }
  expect((await stage.judge(phones)).violations).toEqual([]);
});

it('500 clients with passwords are back at once, and lose nothing', async () => {
  const credentials = { username: 'fleet', password: Buffer.from(PASSWORD) };
  const stage = await BrokerFaultStage.start({ usersFile: await usersFile('fleet') });
  const phones = Array.from(
    { length: 500 },
    (_, index) => new FaithfulPhone(stage, `fleet-${index}`, credentials),
  );
  await Promise.all(phones.map((phone) => phone.publish(1)));
  expect(stage.broker.connections).toBe(500);
  const publishing = phones.map((phone) => phone.publish(4));
  await turn();
  await stage.restart();
  await Promise.all(publishing);
  expect(stage.refusals).toEqual([]);
  const verdict = await stage.judge(phones, { credentials });
  expect(verdict.violations).toEqual([]);
  expect(verdict.trusted).toBe(2_501);
});

it('a message that was taken and not acknowledged is known again by its flag', async () => {
  const stage = await BrokerFaultStage.start();
  const phone = new FaithfulPhone(stage, 'phone-1');
  let sent = 0;
  // Until one is delivered again: the acknowledgements may be quicker than the end of the connection.
  while (phone.deliveries === sent) {
    const durable = stage.store.durable.length;
    const publishing = phone.publish(100);
    sent += 100;
    // The connection breaks between what is durable and its acknowledgement; the bridge lives on.
    while (stage.store.durable.length === durable) await turn();
    phone.close();
    await publishing;
  }
  const verdict = await stage.judge([phone]);
  expect(verdict.violations).toEqual([]);
  expect(verdict.trusted).toBe(sent + 1);
});
