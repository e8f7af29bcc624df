/** Places in what somebody wrote, which may be of any shape: keys and positions from the top. */

/** The value at a place; `undefined` when there is none. */
export function valueAt(written: unknown, path: readonly PropertyKey[]): unknown {
  let value = written;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}

/** The same with another value at a place, or without one, when the value is `undefined`. */
export function withValueAt(
  written: unknown,
  [key, ...below]: readonly PropertyKey[],
  value: unknown,
): unknown {
  if (key === undefined) return value;
  if (Array.isArray(written)) {
    return written.map((one: unknown, at) => (at === key ? withValueAt(one, below, value) : one));
  }
  if (typeof written !== 'object' || written === null) return written;
  const { [key]: old, ...others } = written as Readonly<Record<PropertyKey, unknown>>;
  const changed = withValueAt(old, below, value);
  return changed === undefined ? others : { ...others, [key]: changed };
}
