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
  /** Time of one byte at the port's baud rate, in ms. */
  readonly byteMs: number;
}

/**
 * Takes the time that the bytes were on the line out of an exchange. A pseudo-terminal or a USB device is faster than
 * its baud rate says: then there is nothing to take out.
 */
export function toSyncSample(exchange: SyncExchange): SyncSample {
  const { response, sentMs, receivedMs, byteMs } = exchange;
  const outMs = exchange.sentBytes * byteMs;
  const backMs = exchange.receivedBytes * byteMs;
  const isPaced = receivedMs - sentMs >= outMs + backMs - TOLERANCE_MS;
  return {
    sentMs: sentMs + (isPaced ? outMs : 0),
    receivedMs: receivedMs - (isPaced ? backMs : 0),
    rxTicks: response.rxTicks,
    txTicks: response.txTicks,
  };
}
