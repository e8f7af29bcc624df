import { SimulatorError } from '../simulator-error.ts';

const PROTOCOLS = new Set(['mqtt:', 'mqtts:', 'tcp:', 'ssl:', 'tls:', 'ws:', 'wss:']);

/**
 * Host and port of a broker's URL, without credentials, for messages.
 * @throws SimulatorError `BROKER_UNREACHABLE` when it is no broker's URL
 */
export function brokerAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.host === '' || !PROTOCOLS.has(parsed.protocol)) {
    throw new SimulatorError(
      'BROKER_UNREACHABLE',
      'The broker address is not an MQTT URL. Write it like mqtt://127.0.0.1:1883.',
    );
  }
  return parsed.host;
}

/** What MQTT.js reported while connecting, as an error that names the broker; no `cause` means that nobody answered. */
export function brokerFailure(address: string, cause: unknown): SimulatorError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  if (cause === undefined || typeof code === 'string') {
    const reason = code ?? 'no answer';
    return new SimulatorError(
      'BROKER_UNREACHABLE',
      `No MQTT broker can be reached at ${address} (${reason}). Start it, or correct host and port.`,
      { cause },
    );
  }
  const reason = cause instanceof Error ? cause.message : 'no reason given';
  return new SimulatorError(
    'BROKER_REFUSED',
    `The MQTT broker at ${address} refused the connection (${reason}). Check that it is an MQTT 3.1.1 broker, and the credentials.`,
    { cause },
  );
}
