import type { DeviceResponse } from '../../firmware-protocol/index.ts';
import type { SyncSample } from './clock-fit.ts';

/** Rounding of a byte's time must not make a line look faster than its baud rate. */
const TOLERANCE_MS = 0.01;

/** One SYNC command and its answer as the host saw them: the moments at which it wrote and had read everything. */
export interface SyncExchange {
  readonly response: DeviceResponse & { readonly kind: 'synced' };
  readonly sentMs: number;
  readonly sentBytes: number;
  readonly receivedMs: number;
  readonly receivedBytes: number;
}

/**
 * False when the exchange was faster than its bytes can pass at `byteMs` for each: the line is a pseudo-terminal or a
 * USB device, and has no baud rate. A slow exchange proves nothing: the host may have been busy.
 */
export function mayBePaced(exchange: SyncExchange, byteMs: number): boolean {
  const bytes = exchange.sentBytes + exchange.receivedBytes;
  return exchange.receivedMs - exchange.sentMs >= bytes * byteMs - TOLERANCE_MS;
}

/** Takes the time that the bytes were on the line out of an exchange; `byteMs` is 0 where they took none. */
export function toSyncSample(exchange: SyncExchange, byteMs: number): SyncSample {
  const { response, sentMs, sentBytes, receivedMs, receivedBytes } = exchange;
  return {
    sentMs: sentMs + sentBytes * byteMs,
    receivedMs: receivedMs - receivedBytes * byteMs,
    rxTicks: response.rxTicks,
    txTicks: response.txTicks,
  };
}
