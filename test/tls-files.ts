/** Certificates for tests: an authority, a server at 127.0.0.1 and localhost, and a client, made anew with openssl. */
import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const isInstalled = spawnSync('openssl', ['version'], { stdio: 'ignore' }).error === undefined;

/** For `skipIf`: true where there is no openssl, except in CI, where tests fail without it. */
export const LACKS_OPENSSL: boolean = !isInstalled && process.env['CI'] !== 'true';

/** Belongs in the title of what is skipped without openssl. */
export const NEEDS_OPENSSL = '(needs openssl: .ci/install-mosquitto)';

/** Paths of PEM files. */
export interface TlsFiles {
  readonly ca: string;
  readonly serverCert: string;
  readonly serverKey: string;
  readonly clientCert: string;
  readonly clientKey: string;
}

const SUBJECT_NAMES = 'subjectAltName=DNS:localhost,IP:127.0.0.1';

/** Makes the files in `folder`. They are good for two days. `commonName` is the client's. */
export async function makeTlsFiles(folder: string, commonName = 'bridge'): Promise<TlsFiles> {
  const file = (name: string): string => join(folder, `${name}.pem`);
  await run(
    'openssl',
    ['req', '-x509', '-days', '2', '-subj', '/CN=Test authority']
      .concat(NEW_KEY)
      .concat(['-keyout', file('ca-key'), '-out', file('ca')]),
  );
  await sign(folder, { name: 'server', commonName: 'localhost', extension: SUBJECT_NAMES });
  await sign(folder, { name: 'client', commonName, extension: 'extendedKeyUsage=clientAuth' });
  return {
    ca: file('ca'),
    serverCert: file('server'),
    serverKey: file('server-key'),
    clientCert: file('client'),
    clientKey: file('client-key'),
  };
}

/** Makes another client's certificate, of the authority that {@link makeTlsFiles} has made in the folder. */
export async function makeClientFiles(
  folder: string,
  commonName: string,
): Promise<Pick<TlsFiles, 'clientCert' | 'clientKey'>> {
  const name = `client-${commonName}`;
  await sign(folder, { name, commonName, extension: 'extendedKeyUsage=clientAuth' });
  return {
    clientCert: join(folder, `${name}.pem`),
    clientKey: join(folder, `${name}-key.pem`),
  };
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

async function sign(
  folder: string,
  options: { readonly name: string; readonly commonName: string; readonly extension: string },
): Promise<void> {
  const { name, commonName, extension } = options;
  const path = (suffix: string): string => join(folder, `${name}${suffix}`);
  await writeFile(path('.ext'), `${extension}\n`);
  await run(
    'openssl',
    ['req', '-new', '-subj', `/CN=${commonName}`]
      .concat(NEW_KEY)
      .concat(['-keyout', path('-key.pem'), '-out', path('.csr')]),
  );
  await run(
    'openssl',
    ['x509', '-req', '-days', '2', '-in', path('.csr'), '-extfile', path('.ext')]
      .concat(['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca-key.pem')])
      .concat(['-CAcreateserial', '-out', path('.pem')]),
  );
}
