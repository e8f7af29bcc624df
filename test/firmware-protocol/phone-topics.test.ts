import { describe, expect, it } from 'vitest';
import {
  parsePhoneTopic,
  PHONE_TOPIC_FILTERS,
  phoneTopic,
} from '../../firmware-protocol/phone-topics.ts';

const CHANNELS = ['accelerometer', 'status'] as const;

describe('topics of phones', () => {
  it.each(CHANNELS)('%s: written and read back', (channel) => {
    for (const clientId of ['7f3a', 'Phone-17', '0', '-', 'a'.repeat(64)]) {
      const topic = phoneTopic(clientId, channel);
      expect(topic).toBe(`stedi/v1/phones/${clientId}/${channel}`);
      expect(parsePhoneTopic(topic)).toEqual({ clientId, channel });
    }
  });

  it.each(CHANNELS)('the filter for %s has one wildcard, for the client id', (channel) => {
    expect(PHONE_TOPIC_FILTERS[channel]).toBe(phoneTopic('+', channel));
    expect(Object.keys(PHONE_TOPIC_FILTERS).toSorted()).toEqual(CHANNELS);
  });

  it.each([
    'jo@example.com',
    'Jo Doe',
    'Jo.Doe',
    'jo_doe',
    '+1-555-0100',
    'J\u00f6',
    'jo%40example.com',
    'a:b',
    'a\0',
    'a\n',
  ])('the client id %j, which can say who somebody is, is none of ours', (clientId) => {
    expect(parsePhoneTopic(phoneTopic(clientId, 'accelerometer'))).toBeUndefined();
  });

  it.each([
    '',
    '/',
    'stedi',
    'stedi/v1/phones',
    'stedi/v1/phones/',
    'stedi/v1/phones/a',
    'stedi/v1/phones/a/',
    'stedi/v1/phones//status',
    'stedi/v1/phones/a/Status',
    'stedi/v1/phones/a/status/',
    'stedi/v1/phones/a/status/x',
    'stedi/v1/phones/a/b/status',
    'stedi/v1/phones/a/gyroscope',
    'stedi/v1/phones/a/constructor',
    '/stedi/v1/phones/a/status',
    'x/stedi/v1/phones/a/status',
    'stedi/v2/phones/a/status',
    'stedi/v1/phone/a/status',
    'stedi/v1/phonesx/a/status',
    'STEDI/v1/phones/a/status',
    'stedi/v1/phones/+/status',
    'stedi/v1/phones/#',
    'stedi/v1/phones/a/#',
    '$SYS/broker/uptime',
    '$share/g/stedi/v1/phones/a/status',
    `stedi/v1/phones/${'a'.repeat(65)}/status`,
    `stedi/v1/phones/${'/'.repeat(60_000)}`,
    'stedi/v1/phones/a/status ',
  ])('%# a foreign topic is not read: %.60j', (topic) => {
    expect(parsePhoneTopic(topic)).toBeUndefined();
  });
});
