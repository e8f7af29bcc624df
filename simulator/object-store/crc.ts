import { crc32 } from 'node:zlib';

/** A running cyclic redundancy check. */
export interface Crc {
  update(bytes: Uint8Array): void;
  /** The check value as big-endian bytes, the way S3 carries it. */
  digest(): Buffer;
}

/** CRC-32/ISO-HDLC as in zip and gzip. Check value: "123456789" gives 0xCBF43926. */
export function createCrc32(): Crc {
  let crc = 0;
  return {
    update: (bytes) => {
      crc = crc32(bytes, crc);
    },
    digest: () => bigEndian(crc),
  };
}

const CRC32C_TABLE: Uint32Array = buildTable32(0x82f63b78);

/** CRC-32/ISCSI (Castagnoli, RFC 3720 appendix B.4). Check value: "123456789" gives 0xE3069283. */
export function createCrc32c(): Crc {
  let crc = 0xffffffff;
  return {
    update: (bytes) => {
      for (let index = 0; index < bytes.length; index++) {
        const entry = CRC32C_TABLE[(crc ^ (bytes[index] as number)) & 0xff] as number;
        crc = entry ^ (crc >>> 8);
      }
    },
    digest: () => bigEndian(~crc >>> 0),
  };
}

const CRC64NVME_TABLE: { readonly high: Uint32Array; readonly low: Uint32Array } =
  buildTable64(0x9a6c9329ac4bc9b5n);

/**
 * CRC-64/NVME (NVM Express command set specification). Check value: "123456789" gives 0xAE8B14860A799888.
 *
 * The 64 bits are kept as two 32-bit halves: a bigint per byte would cost fifty times as much.
 */
export function createCrc64Nvme(): Crc {
  let high = 0xffffffff;
  let low = 0xffffffff;
  return {
    update: (bytes) => {
      for (let index = 0; index < bytes.length; index++) {
        const slot = (low ^ (bytes[index] as number)) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (CRC64NVME_TABLE.low[slot] as number);
        high = (high >>> 8) ^ (CRC64NVME_TABLE.high[slot] as number);
      }
    },
    digest: () => Buffer.concat([bigEndian(~high >>> 0), bigEndian(~low >>> 0)]),
  };
}

/** Table of a reflected 32-bit CRC; `polynomial` is given bit-reversed. */
function buildTable32(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    }
    return remainder;
  });
}

/** Table of a reflected 64-bit CRC in two halves; `polynomial` is given bit-reversed. */
function buildTable64(polynomial: bigint): { high: Uint32Array; low: Uint32Array } {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1n ? (remainder >> 1n) ^ polynomial : remainder >> 1n;
    }
    high[byte] = Number(remainder >> 32n);
    low[byte] = Number(remainder & 0xffffffffn);
  }
  return { high, low };
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
