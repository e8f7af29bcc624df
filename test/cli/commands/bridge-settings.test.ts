import { writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BridgeArguments } from '../../../cli/commands/bridge-arguments.ts';
import { readSettings } from '../../../cli/commands/bridge-settings.ts';
import { UsageError } from '../../../cli/exit-codes.ts';

/** The least that is right, as yargs gives it. */
const LEAST: BridgeArguments = {
  serial: ['/dev/ttyUSB0'],
  baud: 57_600,
  broker: undefined,
  'broker-ca': undefined,
  'broker-cert': undefined,
  'broker-key': undefined,
  'broker-password-file': undefined,
  listen: undefined,
  'tls-cert': undefined,
  'tls-key': undefined,
  'tls-client-ca': undefined,
  users: undefined,
  'allow-insecure': false,
  bucket: 'lake',
  s3: undefined,
  out: undefined,
  spool: './stedi-spool',
  flush: '60s',
  id: undefined,
  watch: undefined,
  'log-level': 'info',
  'log-format': undefined,
  json: false,
};
const PHONES = { serial: undefined, broker: 'mqtts://broker' };
const OPEN = { serial: undefined, listen: '0.0.0.0:8883' };
const TLS = { 'tls-cert': 'cert.pem', 'tls-key': 'key.pem' };

function refusal(change: Partial<BridgeArguments>, env: Record<string, string> = {}): string {
  try {
    readSettings({ ...LEAST, ...change }, env);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return '';
}

test('the least that is right becomes what it says', () => {
  expect(readSettings(LEAST, {})).toEqual({
    id: undefined,
    spoolFolder: './stedi-spool',
    flushMs: 60_000,
    serial: { ports: ['/dev/ttyUSB0'], baudRate: 57_600 },
    broker: undefined,
    listen: undefined,
    storage: { kind: 'bucket', bucket: 'lake', endpoint: undefined },
    watch: undefined,
  });
});

test('everything that can stand together becomes what it says', () => {
  const settings = readSettings(
    {
      ...LEAST,
      broker: 'mqtts://broker:8883',
      'broker-ca': 'ca.pem',
      listen: '0.0.0.0:8883',
      ...TLS,
      users: 'users.json',
      bucket: undefined,
      out: 'landing',
      flush: '250ms',
      id: 'gym-3',
      watch: '9464',
    },
    { STEDI_BROKER_USER: 'bridge', STEDI_BROKER_PASSWORD: 'secret' },
  );
  expect(settings).toMatchObject({
    id: 'gym-3',
    flushMs: 250,
    broker: {
      url: 'mqtts://broker:8883',
      credentials: { user: 'bridge', password: 'secret' },
      tls: { ca: 'ca.pem', cert: undefined, key: undefined },
    },
    listen: {
      host: '0.0.0.0',
      port: 8883,
      tls: { cert: 'cert.pem', key: 'key.pem', clientCa: undefined },
      users: 'users.json',
      allowInsecure: false,
    },
    storage: { kind: 'folder', path: 'landing' },
    watch: { host: '127.0.0.1', port: 9464 },
  });
});

describe('what contradicts itself is refused with a sentence', () => {
  test.each<[string, Partial<BridgeArguments>, RegExp]>([
    ['no source', { serial: undefined }, /^Nothing to listen to\. Name serial ports/],
    ['nowhere to land', { bucket: undefined }, /^Nowhere to land\./],
    ['a bucket with an address', { bucket: 's3://lake/prefix' }, /^--bucket takes the name/],
    ['a file to land in', { bucket: undefined, out: 'package.json' }, /^--out takes a folder/],
    ['two places to land', { out: 'landing' }, /--bucket or --out, not both/],
    [
      'an endpoint for a folder',
      { bucket: undefined, out: 'o', s3: 'http://h' },
      /^--s3 is for --bu/,
    ],
    ['an id with a slash', { id: 'a/b' }, /^--id takes/],
    ['an id that begins with a hyphen', { id: '-a' }, /^--id takes/],
    ['an id of 33 characters', { id: 'a'.repeat(33) }, /^--id takes/],
    ['a flush without a unit', { flush: '60' }, /^--flush takes a duration with its unit/],
    [
      'a flush of a day and an hour',
      { flush: '25h' },
      /^--flush takes a duration from 100ms to 24h/,
    ],
    ['a flush of a moment', { flush: '99ms' }, /^--flush takes a duration from 100ms to 24h/],
    ['a watch that is no address', { watch: 'nowhere' }, /^--watch takes a port/],
    ['a certificate without a broker', { 'broker-ca': 'ca.pem' }, /^--broker-ca is for --broker,/],
    [
      'a certificate without its key',
      { ...PHONES, 'broker-cert': 'c.pem' },
      /^Give --broker-cert and --broker-key together/,
    ],
    [
      'certificates on a connection without TLS',
      { broker: 'mqtt://b', 'broker-ca': 'ca.pem' },
      /write its address like mqtts:/,
    ],
    [
      'a broker behind a web server',
      { broker: 'ws://b:9001' },
      /MQTT over WebSocket is not spoken/,
    ],
    ['the same with TLS', { broker: 'wss://b/mqtt' }, /MQTT over WebSocket is not spoken/],
    ['a broker without a scheme', { broker: 'b:1883' }, /^The broker address is not an MQTT URL/],
    ['a broker without a host', { broker: 'mqtt://' }, /^The broker address is not an MQTT URL/],
    ['a serial port without a name', { serial: ['auto', ''] }, /^--serial takes a port/],
    ...[
      ['the landing folder', './stedi-spool/'],
      ['a folder around it', '.'],
      ['a folder in it', 'stedi-spool/landing'],
    ].map(([name = '', out]): [string, Partial<BridgeArguments>, RegExp] => [
      `a spool in ${name}`,
      { bucket: undefined, out },
      /^--spool and --out need folders of their own/,
    ]),
    [
      'two servers at one port',
      { listen: '9464', watch: '127.0.0.1:9464' },
      /^--listen and --watch have the same port/,
    ],
    [
      'the same, one of them at every address',
      { listen: '9464', watch: '[::]:9464' },
      /^--listen and --watch have the same port/,
    ],
    ['users without a listener', { users: 'u.json' }, /^--users is for --listen,/],
    ['an insecure nothing', { 'allow-insecure': true }, /^--allow-insecure is for --listen/],
    ['a key alone', { listen: '1883', 'tls-key': 'k.pem' }, /^Give --tls-cert and --tls-key/],
    [
      'a client CA without a certificate',
      { listen: '1883', 'tls-client-ca': 'ca.pem' },
      /^--tls-client-ca needs --tls-cert/,
    ],
    ['an open listener', OPEN, /^--listen 0\.0\.0\.0:8883 can be reached/],
    ['an open listener with TLS alone', { ...OPEN, ...TLS }, /can be reached from other machines/],
    ['an open listener with users alone', { ...OPEN, users: 'u.json' }, /can be reached/],
  ])('%s', (_, change, message) => {
    expect(refusal(change)).toMatch(message);
  });

  test.each<[string, Partial<BridgeArguments>]>([
    ['TLS and users', { ...OPEN, ...TLS, users: 'u.json' }],
    ['TLS on both ends', { ...OPEN, ...TLS, 'tls-client-ca': 'ca.pem' }],
    ['the word of who says so', { ...OPEN, 'allow-insecure': true }],
    ['an address for this machine alone', { serial: undefined, listen: '1883' }],
    ['free ports', { listen: '0', watch: '0' }],
    ['one port of two addresses', { listen: '127.0.0.2:1883', watch: '1883' }],
    ['a folder beside the spool', { bucket: undefined, out: 'stedi-spool-landed' }],
  ])('but a bridge is opened with %s', (_, change) => {
    expect(refusal(change)).toBe('');
  });
});

describe('credentials of the broker', () => {
  const read = (change: Partial<BridgeArguments>, env: Record<string, string>) =>
    readSettings({ ...LEAST, ...PHONES, ...change }, env).broker?.credentials;

  test('come from the environment or a file, whose last line end is not part of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-settings-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'password');
    await writeFile(file, ' pass word \r\n');
    expect(read({}, {})).toBeUndefined();
    expect(read({}, { STEDI_BROKER_USER: 'me' })).toEqual({ user: 'me', password: undefined });
    expect(read({ 'broker-password-file': file }, { STEDI_BROKER_USER: 'me' })).toEqual({
      user: 'me',
      password: ' pass word ',
    });
  });

  test.each<[string, Partial<BridgeArguments>, Record<string, string>, RegExp]>([
    [
      'twice',
      { 'broker-password-file': 'f' },
      { STEDI_BROKER_USER: 'me', STEDI_BROKER_PASSWORD: 'hush-hush' },
      /given twice/,
    ],
    [
      'in the address',
      { broker: 'mqtts://you:hush-hush@broker' },
      {},
      /^--broker takes no credentials.* STEDI_BROKER_USER,.* STEDI_BROKER_PASSWORD .*--broker-password-file/,
    ],
    ['as a name in the address', { broker: 'mqtt://hush-hush@b' }, {}, /takes no credentials/],
    ['as a password alone', { broker: 'mqtt://:hush-hush@b' }, {}, /takes no credentials/],
    ['without a user', {}, { STEDI_BROKER_PASSWORD: 'hush-hush' }, /no user/],
    [
      'in a file that is not there',
      { 'broker-password-file': 'nowhere/password' },
      { STEDI_BROKER_USER: 'me' },
      /^Cannot read the password from nowhere\/password \(ENOENT\)/,
    ],
  ])('%s are refused, and not repeated', (_, change, env, message) => {
    const said = refusal({ ...PHONES, ...change }, env);
    expect(said).toMatch(message);
    expect(said).not.toContain('hush-hush');
  });
});
