import { BridgeError } from '../bridge-error.ts';

const PROTOCOLS = new Set(['mqtt:', 'mqtts:', 'tcp:', 'ssl:', 'tls:', 'ws:', 'wss:']);

/**
 * Host and port of a broker's URL, without credentials, for messages.
 * @throws BridgeError `BROKER_UNREACHABLE` when it is no broker's URL
 */
export function brokerAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.host === '' || !PROTOCOLS.has(parsed.protocol)) {
    throw new BridgeError(
      'BROKER_UNREACHABLE',
      'The broker address is not an MQTT URL. Write it like mqtt://127.0.0.1:1883.',
    );
  }
  return parsed.host;
}

/** What MQTT.js reported while connecting, as an error that names the broker. No `cause`: nobody answered in time. */
export function connectFailure(address: string, cause: unknown): BridgeError {
  if (cause instanceof BridgeError) return cause;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
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
