/** Devices of conformance level 0 send the landing record itself, as a line of JSON without any protection. */

/** True when a line looks like a raw record. */
export function isRawRecord(line: string): boolean {
  return line.startsWith('{');
}

/** The value of a raw record, or `undefined` when it is not JSON. */
export function parseRawRecord(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
