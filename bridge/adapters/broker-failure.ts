import { BridgeError } from '../bridge-error.ts';

const PROTOCOLS = new Set(['mqtt:', 'mqtts:', 'tcp:', 'ssl:', 'tls:']);
/** What OpenSSL and Node say of a certificate of the broker. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|CRL|INVALID_CA/;
/** What the broker says of ours, or of none. */
const ALERT = /ALERT/;

/**
 * Host and port of a broker's URL, without credentials, for messages.
 * @throws BridgeError `BROKER_UNREACHABLE` when it is no broker's URL
 */
export function brokerAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.host === '' || !PROTOCOLS.has(parsed.protocol)) {
    throw new BridgeError(
      'BROKER_UNREACHABLE',
      'The broker address is not an MQTT URL. Write it like mqtt://127.0.0.1:1883, or mqtts://… with TLS; MQTT over WebSocket is not spoken.',
    );
  }
  return parsed.host;
}

/** Why no connection came about, as an error that names the broker. No `cause`: nobody answered in time. */
export function connectFailure(address: string, cause: unknown): BridgeError {
  if (cause instanceof BridgeError) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && isTlsFailure(code)) return tlsFailure(address, code, cause);
  if (cause === undefined || typeof code === 'string') {
    return new BridgeError(
      'BROKER_UNREACHABLE',
      `No MQTT broker can be reached at ${address} (${code ?? 'no answer'}). Start it, or correct host and port.`,
      { cause },
    );
  }
  return refused(address, cause instanceof Error ? cause.message : 'no reason given', cause);
}

/** The broker at `address` answered, and does not serve us. */
export function refused(address: string, reason: string, cause?: unknown): BridgeError {
  return new BridgeError(
    'BROKER_REFUSED',
    `The MQTT broker at ${address} refuses to serve the bridge (${reason}). Check that it speaks MQTT 3.1.1, the credentials and the rights to subscribe.`,
    { cause },
  );
}

/** The connection to the broker at `address` ended. */
export function connectionLost(address: string, reason: string, cause?: unknown): BridgeError {
  return new BridgeError(
    'BROKER_UNREACHABLE',
    `The connection to the MQTT broker at ${address} is lost (${reason}). Check the network and that the broker runs.`,
    { cause },
  );
}

function isTlsFailure(code: unknown): code is string {
  if (typeof code !== 'string') return false;
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || CERTIFICATE.test(code);
}

function tlsFailure(address: string, code: string, cause: unknown): BridgeError {
  let advice = 'Check that it speaks TLS at this port; write mqtt:// where it does not.';
  if (ALERT.test(code)) {
    advice = 'It wants a certificate of the bridge: give one that it trusts, and its key.';
  } else if (CERTIFICATE.test(code)) {
    advice =
      'Give the certificate of its authority, and call the broker by a name that its own certificate holds.';
  }
  return new BridgeError(
    'BROKER_REFUSED',
    `No secure connection to the MQTT broker at ${address} (${code}). ${advice}`,
    { cause },
  );
}
