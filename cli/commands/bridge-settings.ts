/** What `stedi bridge` was told, checked as a whole, before anything is opened. */
import { readFileSync } from 'node:fs';
import type {
  BrokerSettings,
  ListenSettings,
  StartBridgeOptions,
  StorageSettings,
} from '../../bridge/index.ts';
import { checkBrokerUrl } from '../broker-url.ts';
import { checkBucketName } from '../bucket-name.ts';
import { UsageError } from '../exit-codes.ts';
import { isLoopback, readListenAddress } from '../listen-address.ts';
import { refuseFile } from '../out-folder.ts';
import type { BridgeArguments } from './bridge-arguments.ts';
import { refuseSharedFolder, refuseSharedPort } from './bridge-places.ts';
import { readDuration } from './device/duration.ts';

const FLUSH_MS_MIN = 100;
const FLUSH_MS_MAX = 24 * 3_600_000;
const ID = /^[a-zA-Z0-9](?:[\w-]{0,30}[a-zA-Z0-9])?$/;
const TLS_PROTOCOLS = new Set(['mqtts:', 'ssl:', 'tls:']);

/** What the environment says. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that a bridge needs, but for where its notices go. @throws UsageError with a sentence for what is wrong */
export function readSettings(
  argv: BridgeArguments,
  env: Environment,
): Omit<StartBridgeOptions, 'notices'> {
  const { serial = [], id } = argv;
  if (id !== undefined && !ID.test(id)) {
    throw new UsageError(
      '--id takes up to 32 letters, digits, hyphens and underscores, with a letter or digit at both ends.',
    );
  }
  if (serial.includes('')) {
    throw new UsageError('--serial takes a port, such as /dev/ttyUSB0, a pattern, or auto.');
  }
  const broker = readBroker(argv, env);
  const listen = readListen(argv);
  if (serial.length === 0 && broker === undefined && listen === undefined) {
    throw new UsageError(
      'Nothing to listen to. Name serial ports with --serial, a broker with --broker, or be one with --listen.',
    );
  }
  const watch = argv.watch === undefined ? undefined : readListenAddress('--watch', argv.watch);
  refuseSharedPort(listen, watch);
  return {
    id,
    spoolFolder: argv.spool,
    flushMs: readFlush(argv.flush),
    serial: serial.length === 0 ? undefined : { ports: serial, baudRate: argv.baud },
    broker,
    listen,
    storage: readStorage(argv),
    watch,
  };
}

function readFlush(text: string): number {
  const ms = readDuration('--flush', text);
  if (ms >= FLUSH_MS_MIN && ms <= FLUSH_MS_MAX) return ms;
  throw new UsageError('--flush takes a duration from 100ms to 24h.');
}

function readStorage({ bucket, s3, out, spool }: BridgeArguments): StorageSettings {
  if (bucket === undefined && out === undefined) {
    throw new UsageError('Nowhere to land. Name a bucket with --bucket, or a folder with --out.');
  }
  if (bucket !== undefined && out !== undefined) {
    throw new UsageError('Give --bucket or --out, not both: a bridge lands in one place.');
  }
  if (out !== undefined) {
    if (s3 !== undefined) throw new UsageError('--s3 is for --bucket; with --out it has no use.');
    refuseSharedFolder(spool, out);
    return { kind: 'folder', path: refuseFile(out) };
  }
  return { kind: 'bucket', bucket: checkBucketName(bucket as string), endpoint: s3 };
}

function readBroker(argv: BridgeArguments, env: Environment): BrokerSettings | undefined {
  const { broker: url } = argv;
  const [ca, cert, key] = [argv['broker-ca'], argv['broker-cert'], argv['broker-key']];
  requireWith(argv, '--broker', url !== undefined, [
    'broker-ca',
    'broker-cert',
    'broker-key',
    'broker-password-file',
  ]);
  if (url === undefined) return undefined;
  requirePair('--broker-cert', cert, '--broker-key', key);
  const { protocol, username, password } = new URL(checkBrokerUrl(url));
  if (username !== '' || password !== '') {
    throw new UsageError(
      '--broker takes no credentials: everybody on this machine can read them there. Set STEDI_BROKER_USER, and STEDI_BROKER_PASSWORD or --broker-password-file.',
    );
  }
  const isTls = TLS_PROTOCOLS.has(protocol);
  if (!isTls && (ca ?? cert) !== undefined) {
    throw new UsageError(
      'Certificates for the broker need a connection by TLS: write its address like mqtts://host.',
    );
  }
  return { url, credentials: readCredentials(argv, env), tls: { ca, cert, key } };
}

function readCredentials(argv: BridgeArguments, env: Environment): BrokerSettings['credentials'] {
  const user = env['STEDI_BROKER_USER'] || undefined;
  const fromEnvironment = env['STEDI_BROKER_PASSWORD'] || undefined;
  const file = argv['broker-password-file'];
  if (fromEnvironment !== undefined && file !== undefined) {
    throw new UsageError(
      'The password of the broker is given twice: by STEDI_BROKER_PASSWORD and by --broker-password-file.',
    );
  }
  const password = file === undefined ? fromEnvironment : readSecret(file);
  if (user === undefined) {
    if (password === undefined) return undefined;
    throw new UsageError('There is a password for the broker but no user: set STEDI_BROKER_USER.');
  }
  return { user, password };
}

/** The text of a file without the line end that editors put there. */
function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no reason given';
    throw new UsageError(`Cannot read the password from ${path} (${code}).`);
  }
}

function readListen(argv: BridgeArguments): ListenSettings | undefined {
  const isGiven = argv.listen !== undefined;
  requireWith(argv, '--listen', isGiven, ['tls-cert', 'tls-key', 'tls-client-ca', 'users']);
  if (argv.listen === undefined) {
    if (argv['allow-insecure']) throw new UsageError('--allow-insecure is for --listen.');
    return undefined;
  }
  const [cert, key, clientCa] = [argv['tls-cert'], argv['tls-key'], argv['tls-client-ca']];
  requirePair('--tls-cert', cert, '--tls-key', key);
  if (clientCa !== undefined && cert === undefined) {
    throw new UsageError('--tls-client-ca needs --tls-cert and --tls-key.');
  }
  const { host, port } = readListenAddress('--listen', argv.listen);
  const isProtected = cert !== undefined && (clientCa ?? argv.users) !== undefined;
  if (!isLoopback(host) && !isProtected && !argv['allow-insecure']) {
    throw new UsageError(
      `--listen ${host}:${port} can be reached from other machines: give --tls-cert and --tls-key, and --users or ` +
        '--tls-client-ca. Who wants it open all the same says --allow-insecure.',
    );
  }
  const allowInsecure = argv['allow-insecure'];
  return { host, port, tls: { cert, key, clientCa }, users: argv.users, allowInsecure };
}

/** Options that only say something about another one. */
function requireWith(
  argv: BridgeArguments,
  needed: string,
  isGiven: boolean,
  options: readonly (keyof BridgeArguments)[],
): void {
  const odd = isGiven ? undefined : options.find((option) => argv[option] !== undefined);
  if (odd !== undefined) throw new UsageError(`--${odd} is for ${needed}, which is not given.`);
}

function requirePair(
  nameOfFirst: string,
  first: string | undefined,
  nameOfSecond: string,
  second: string | undefined,
): void {
  if ((first === undefined) === (second === undefined)) return;
  throw new UsageError(`Give ${nameOfFirst} and ${nameOfSecond} together.`);
}
