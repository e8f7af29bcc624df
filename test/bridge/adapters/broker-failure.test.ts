import { expect, it } from 'vitest';

import {
  brokerAddress,
  connectFailure,
  connectionLost,
  refused,
} from '../../../bridge/adapters/broker-failure.ts';

it.each([
  ['mqtt://127.0.0.1:1883', '127.0.0.1:1883'],
  ['mqtts://user:secret@broker.example:8883/path', 'broker.example:8883'],
  ['tcp://[::1]:9001', '[::1]:9001'],
  ['mqtt://broker.example', 'broker.example'],
])('the address of %s is %s', (url, address) => {
  expect(brokerAddress(url)).toBe(address);
});

it.each([
  '',
  'broker',
  'localhost:1883',
  'http://localhost:1883',
  'mqtt://',
  'ws://b:9001',
  'wss://b',
])('"%s" is no address of a broker', (url) => {
  expect(() => brokerAddress(url)).toThrow(
    expect.objectContaining({ name: 'BridgeError', code: 'BROKER_UNREACHABLE' }) as Error,
  );
});

it('a connection that the system could not make means that the broker is unreachable', () => {
  const cause = Object.assign(new RangeError('connect'), { code: 'ENOTFOUND' });
  expect(connectFailure('broker.example:1', cause)).toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringContaining('broker.example:1 (ENOTFOUND)') as string,
    cause,
  });
});

it('silence means that the broker is unreachable', () => {
  expect(connectFailure('b:1', undefined)).toMatchObject({ code: 'BROKER_UNREACHABLE' });
});

it('any other failure is a refusal', () => {
  const cause = Object.assign(new RangeError('Not authorized'), { code: 5 });
  expect(connectFailure('b:1', cause)).toMatchObject({
    code: 'BROKER_REFUSED',
    message: expect.stringContaining('b:1 refuses to serve the bridge (Not authorized)') as string,
    cause,
  });
  expect(connectFailure('b:1', 'odd').code).toBe('BROKER_REFUSED');
});

it('a failure that is described already stays as it is', () => {
  const failure = refused('b:1', 'because');
  expect(connectFailure('other:2', failure)).toBe(failure);
});

it.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'write mqtt:// where it does not'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate of its authority'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'a name that its own certificate holds'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'wants a certificate of the bridge'],
])('says what to do about %s', (code, advice) => {
  expect(connectFailure('b:1', Object.assign(new RangeError('tls'), { code }))).toMatchObject({
    code: 'BROKER_REFUSED',
    message: expect.stringMatching(new RegExp(`b:1 \\(${code}\\).*${advice}`)) as string,
  });
});

it('a connection that ended says how', () => {
  const cause = new RangeError('reset');
  expect(connectionLost('b:1', 'ECONNRESET', cause)).toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringContaining('b:1 is lost (ECONNRESET)') as string,
    cause,
  });
});
