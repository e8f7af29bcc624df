import { expect, test } from 'vitest';
import { checkBrokerUrl } from '../../cli/broker-url.ts';
import { UsageError } from '../../cli/exit-codes.ts';

test.each(['mqtt://host', 'mqtts://host:8883', 'tcp://[::1]:1883', 'mqtt://me:secret@host'])(
  '%s is one',
  (url) => {
    expect(checkBrokerUrl(url)).toBe(url);
  },
);

test.each(['localhost:1883', 'mqtt://', 'http://me:secret@host', 'ws://host', ''])(
  '%j is none, and is not repeated',
  (text) => {
    expect(() => checkBrokerUrl(text)).toThrow(UsageError);
    expect(() => checkBrokerUrl(text)).toThrow(/^The broker address is not an MQTT URL\. [^@]*$/);
  },
);
