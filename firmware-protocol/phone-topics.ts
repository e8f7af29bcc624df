/** MQTT topics of the phone app. Client ids are opaque: no personal data in topics. */

const ROOT = 'stedi/v1/phones';
const CLIENT_ID = /^[0-9A-Za-z-]{1,64}$/;

/** What a phone publishes on a topic. */
export type PhoneChannel = 'accelerometer' | 'status';

/** The topic filters that a bridge subscribes to. */
export const PHONE_TOPIC_FILTERS: Readonly<Record<PhoneChannel, string>> = {
  accelerometer: `${ROOT}/+/accelerometer`,
  status: `${ROOT}/+/status`,
};

/** The topic of one phone's channel. */
export function phoneTopic(clientId: string, channel: PhoneChannel): string {
  return `${ROOT}/${clientId}/${channel}`;
}

/** The phone and channel of a topic, or `undefined` when it is not one of ours. */
export function parsePhoneTopic(
  topic: string,
): { readonly clientId: string; readonly channel: PhoneChannel } | undefined {
  if (!topic.startsWith(`${ROOT}/`)) return undefined;
  const [clientId = '', channel, ...rest] = topic.slice(ROOT.length + 1).split('/');
  if (rest.length > 0 || !CLIENT_ID.test(clientId)) return undefined;
  return channel === 'accelerometer' || channel === 'status' ? { clientId, channel } : undefined;
}
