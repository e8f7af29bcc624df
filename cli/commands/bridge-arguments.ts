/** The options of `stedi bridge`, as its help shows them. */
import type { Argv } from 'yargs';
import { refuseRepeats } from '../repeats.ts';
import { checkS3Url } from '../s3-url.ts';
import { checkBaud, DEFAULT_BAUD } from './device/baud-rates.ts';

const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;
const LOG_FORMATS = ['text', 'json'] as const;

/** What the command line says. */
export interface BridgeArguments {
  readonly serial: readonly string[] | undefined;
  readonly baud: number;
  readonly broker: string | undefined;
  readonly 'broker-ca': string | undefined;
  readonly 'broker-cert': string | undefined;
  readonly 'broker-key': string | undefined;
  readonly 'broker-password-file': string | undefined;
  readonly listen: string | undefined;
  readonly 'tls-cert': string | undefined;
  readonly 'tls-key': string | undefined;
  readonly 'tls-client-ca': string | undefined;
  readonly users: string | undefined;
  readonly 'allow-insecure': boolean;
  readonly bucket: string | undefined;
  readonly s3: string | undefined;
  readonly out: string | undefined;
  readonly spool: string;
  readonly flush: string;
  readonly id: string | undefined;
  readonly watch: string | undefined;
  readonly 'log-level': (typeof LOG_LEVELS)[number];
  readonly 'log-format': (typeof LOG_FORMATS)[number] | undefined;
  readonly json: boolean;
}

const SERIAL = {
  serial: {
    describe:
      'Serial port, such as /dev/ttyUSB0, a pattern, such as "/dev/ttyUSB*", or auto; may be given several times',
    type: 'string',
    array: true,
    requiresArg: true,
  },
  baud: {
    describe: 'Baud rate of the serial ports',
    type: 'number',
    default: DEFAULT_BAUD,
    coerce: checkBaud,
    requiresArg: true,
  },
} as const;

const BROKER = {
  broker: {
    describe: 'MQTT broker, such as mqtt://host:1883 or mqtts://host',
    type: 'string',
    requiresArg: true,
  },
  'broker-ca': {
    describe: 'Certificates (PEM) that the broker is trusted by',
    type: 'string',
    requiresArg: true,
  },
  'broker-cert': {
    describe: 'Certificate (PEM) of this bridge for the broker',
    type: 'string',
    requiresArg: true,
  },
  'broker-key': {
    describe: 'Key (PEM) of that certificate',
    type: 'string',
    requiresArg: true,
  },
  'broker-password-file': {
    describe: 'File with the password; user and password may be STEDI_BROKER_USER and _PASSWORD',
    type: 'string',
    requiresArg: true,
  },
} as const;

const LISTEN = {
  listen: {
    describe: 'Be the MQTT broker of the phones at [HOST:]PORT; this machine alone without a host',
    type: 'string',
    requiresArg: true,
  },
  'tls-cert': {
    describe: 'Certificate (PEM) of this broker: phones connect by TLS',
    type: 'string',
    requiresArg: true,
  },
  'tls-key': { describe: 'Key (PEM) of that certificate', type: 'string', requiresArg: true },
  'tls-client-ca': {
    describe: 'Certificates (PEM) that phones must show one of',
    type: 'string',
    requiresArg: true,
  },
  users: {
    describe: 'File with users and passwords, made by "stedi users"',
    type: 'string',
    requiresArg: true,
  },
  'allow-insecure': {
    describe: 'Listen beyond this machine even without TLS or users',
    type: 'boolean',
    default: false,
  },
} as const;

const STORAGE = {
  bucket: { describe: 'Bucket to land in', type: 'string', requiresArg: true },
  s3: {
    describe: 'S3 endpoint, such as http://host:9000; AWS when left out',
    type: 'string',
    coerce: checkS3Url,
    requiresArg: true,
  },
  out: { describe: 'Folder to land in, in place of a bucket', type: 'string', requiresArg: true },
} as const;

const SPOOL = {
  spool: {
    describe: 'Folder of the spool: what is taken is safe there until it has landed',
    type: 'string',
    default: './stedi-spool',
    requiresArg: true,
  },
  flush: {
    describe: 'How long a record waits for its object to be filled, such as 10s or 5m',
    type: 'string',
    default: '60s',
    requiresArg: true,
  },
  id: {
    describe: 'Name of this bridge in object names; kept in the spool',
    type: 'string',
    requiresArg: true,
  },
} as const;

const WATCHING = {
  watch: {
    describe: 'Serve /metrics, /healthz and /readyz at [HOST:]PORT',
    type: 'string',
    requiresArg: true,
  },
  'log-level': {
    describe: 'What is told on stderr',
    choices: LOG_LEVELS,
    default: 'info' as const,
    requiresArg: true,
  },
  'log-format': {
    describe: 'How it is told; json unless stderr is a terminal',
    choices: LOG_FORMATS,
    requiresArg: true,
  },
  json: {
    describe: 'Print what was landed as one JSON document at the end',
    type: 'boolean',
    default: false,
  },
} as const;

/** Adds the options, in groups. */
export function describeArguments(yargs: Argv): Argv<BridgeArguments> {
  return yargs
    .usage('stedi bridge (--serial PORT | --broker URL | --listen PORT)… (--bucket B | --out DIR)')
    .options({ ...SERIAL, ...BROKER, ...LISTEN, ...STORAGE, ...SPOOL, ...WATCHING })
    .group(Object.keys(SERIAL), 'From serial ports:')
    .group(Object.keys(BROKER), 'From a broker elsewhere:')
    .group(Object.keys(LISTEN), 'From phones directly:')
    .group(Object.keys(STORAGE), 'To storage (credentials: the standard variables of AWS):')
    .group(Object.keys(SPOOL), 'Kept until landed:')
    .group(Object.keys(WATCHING), 'Told:')
    .example([
      ['stedi bridge --serial auto --out ./landing', 'trainers that are plugged in, to a folder'],
      [
        'stedi bridge --broker mqtts://broker --bucket lake --watch 9464',
        'phones at a broker, to AWS, with metrics',
      ],
    ])
    .check(refuseRepeats(['serial']));
}
