import { entryId } from '../core/quarantine-key.ts';
import type { EntryPlace } from '../core/quarantine-key.ts';
import { decodeQuarantinedBytes } from '../core/quarantine-line.ts';

/** An entry of a quarantine. Only `original` and `originalTopic` hold what somebody sent. */
export interface Entry extends EntryPlace {
  readonly id: string;
  readonly reason: string;
  readonly rule: string | undefined;
  readonly source: string;
  readonly position: string | number | undefined;
  /** Epoch ms. */
  readonly arrivedAt: number;
  readonly original: Uint8Array;
  /** How long it was, where not all of it is there. */
  readonly originalBytes: number | undefined;
  readonly originalTopic: string | undefined;
}

/** The last moment that a date can tell. */
const EPOCH_MS_MAX = 8.64e15;
const REASON = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Reads one line of quarantine; `undefined` when it is none. */
export function readEntry(place: EntryPlace, text: string): Entry | undefined {
  const value = parseObject(text);
  const { reason, rule, source, position, arrivedAt, encoding, original } = value;
  const { originalBytes, originalTopic } = value;
  if (typeof reason !== 'string' || !REASON.test(reason)) return undefined;
  if (typeof source !== 'string' || typeof original !== 'string') return undefined;
  if (typeof arrivedAt !== 'number' || !(Math.abs(arrivedAt) <= EPOCH_MS_MAX)) return undefined;
  const isBase64 = encoding === 'base64';
  if (isBase64 ? !BASE64.test(original) : encoding !== 'utf8') return undefined;
  return {
    ...place,
    id: entryId(place),
    reason,
    rule: asString(rule),
    source,
    position: typeof position === 'number' ? position : asString(position),
    arrivedAt,
    original: decodeQuarantinedBytes(encoding, original),
    originalBytes: typeof originalBytes === 'number' ? originalBytes : undefined,
    originalTopic: asString(originalTopic),
  };
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
