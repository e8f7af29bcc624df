/** How the memory of the process is shared between the engine and everything else. */

/** What Node, the SDK for S3 and the buffers of readers hold beside the engine, in bytes. */
const NODE_BYTES = 350_000_000;
/** Of each byte that the process may have, the share that the engine may count: it was seen to hold up to four tenths more than it counts. */
const COUNTED_SHARE = 0.7;

/** The least memory of a process that runs the pipeline, in bytes. */
export const MEMORY_BYTES_MIN = 512_000_000;

/** What the engine may use of `processBytes`, in bytes: at least a fifth. */
export function engineBytes(processBytes: number): number {
  return Math.floor(Math.max((processBytes - NODE_BYTES) * COUNTED_SHARE, processBytes / 5));
}

const UNITS: Readonly<Record<string, number>> = {
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** The bytes of a size such as `4GB` or `1.5 GiB`; undefined for anything else. */
export function parseBytes(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]i?b)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toUpperCase()];
  return factor === undefined ? undefined : Math.round(Number(number) * factor);
}
