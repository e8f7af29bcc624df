/**
 * The file of last readings: pieces of text that all have the same length, each with a CRC-32 of its own, so that one can
 * be overwritten in place and a torn one is none. First comes the header, then a piece for each device:
 *
 * - `<crc> stedi-devices-1 <open|ended> <spool id> <boot id of the machine, or ->`
 * - `<crc> <serial number> <boot> <seq> <ticks>`
 */
import { isSerialNumber, SEQ_MAX, TICKS_MAX } from '../../firmware-protocol/index.ts';
import type { LastReading } from './device-roster.ts';
import type { Crc32 } from './spool-record.ts';

/** Length of a piece, in bytes. */
export const PIECE_BYTES = 128;

const CRC_DIGITS = 8;
const BLANK = 0x20;
const HEADER = /^stedi-devices-1 (open|ended) (\S+) (\S+)$/;
const DEVICE = /^(\S+) ([0-9A-F]{4}) (\d{1,5}) (\d{1,10})$/;

/** Whose file it is, and whether it was finished. */
export interface MemoryHeader {
  readonly spoolId: string;
  /** The boot of the machine; `undefined` where nobody knows it. */
  readonly hostBoot: string | undefined;
  /** True when all that stands in the file was made durable at the end of a bridge. */
  readonly hasEnded: boolean;
}

/** What a file holds. */
export interface MemoryFile {
  /** `undefined` when there is no sound one. */
  readonly header: MemoryHeader | undefined;
  readonly readings: readonly LastReading[];
}

/** The header as a piece. */
export function encodeHeader(
  { spoolId, hostBoot = '-', hasEnded }: MemoryHeader,
  crc32: Crc32,
): Uint8Array {
  return encodePiece(
    `stedi-devices-1 ${hasEnded ? 'ended' : 'open'} ${spoolId} ${hostBoot}`,
    crc32,
  );
}

/** A device as a piece. */
export function encodeReading(
  { serialNumber, boot, seq, ticks }: LastReading,
  crc32: Crc32,
): Uint8Array {
  return encodePiece(`${serialNumber} ${boot} ${seq} ${ticks}`, crc32);
}

/** Reads a file; pieces that are not sound are left out. */
export function decodeMemoryFile(file: Uint8Array, crc32: Crc32): MemoryFile {
  const pieces: (string | undefined)[] = [];
  for (let from = 0; from + PIECE_BYTES <= file.length; from += PIECE_BYTES) {
    pieces.push(decodePiece(file.subarray(from, from + PIECE_BYTES), crc32));
  }
  const [header, ...devices] = pieces;
  return { header: parseHeader(header), readings: devices.flatMap((text) => parseReading(text)) };
}

function parseHeader(text = ''): MemoryHeader | undefined {
  const [, state, spoolId, hostBoot] = HEADER.exec(text) ?? [];
  if (spoolId === undefined) return undefined;
  return {
    spoolId,
    hostBoot: hostBoot === '-' ? undefined : hostBoot,
    hasEnded: state === 'ended',
  };
}

function parseReading(text = ''): readonly LastReading[] {
  const [, serialNumber, boot = '', seq, ticks] = DEVICE.exec(text) ?? [];
  const reading = {
    serialNumber: serialNumber ?? '',
    boot,
    seq: Number(seq),
    ticks: Number(ticks),
  };
  const isSound =
    isSerialNumber(serialNumber) && reading.seq <= SEQ_MAX && reading.ticks <= TICKS_MAX;
  return isSound ? [reading] : [];
}

function encodePiece(text: string, crc32: Crc32): Uint8Array {
  const body = latin1Bytes(`${text.padEnd(PIECE_BYTES - CRC_DIGITS - 2)}\n`);
  const crc = crc32(body).toString(16).padStart(CRC_DIGITS, '0');
  const piece = new Uint8Array(PIECE_BYTES);
  piece.set(latin1Bytes(`${crc} `));
  piece.set(body, CRC_DIGITS + 1);
  return piece;
}

function decodePiece(piece: Uint8Array, crc32: Crc32): string | undefined {
  const body = piece.subarray(CRC_DIGITS + 1);
  const crc = String.fromCharCode(...piece.subarray(0, CRC_DIGITS));
  if (piece[CRC_DIGITS] !== BLANK) return undefined;
  if (crc32(body).toString(16).padStart(CRC_DIGITS, '0') !== crc) return undefined;
  return String.fromCharCode(...body).trimEnd();
}

function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
