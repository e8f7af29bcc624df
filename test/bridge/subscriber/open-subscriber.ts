/** A subscriber and a broker that plays a script, which end with the test. */
import { onTestFinished } from 'vitest';

import { connectSubscriber } from '../../../bridge/subscriber/subscriber.ts';
import type { Subscriber, SubscriberOptions } from '../../../bridge/subscriber/subscription.ts';
import { ScriptedBroker } from './scripted-broker.ts';
import type { Script } from './scripted-broker.ts';
import { Room } from './takers.ts';

/** A broker that plays a script. */
export async function startScripted(script?: Script): Promise<ScriptedBroker> {
  const broker = await new ScriptedBroker(script).start();
  onTestFinished(() => broker.close());
  return broker;
}

/** A subscriber that is not connected yet and acknowledges everything at once. */
export async function open(
  url: string,
  options: Partial<SubscriberOptions> = {},
): Promise<Subscriber> {
  const subscriber = await connectSubscriber({
    url,
    clientId: 'bridge',
    filters: ['a/+'],
    take: (_, onDurable) => onDurable(),
    store: new Room(),
    retryPauseMs: () => 5,
    ...options,
  });
  onTestFinished(() => subscriber.close());
  return subscriber;
}
