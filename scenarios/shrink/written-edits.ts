/** Edits of a scenario as it was written: each gives another one and leaves what it was given as it is. */

/** A scenario as plain values, in the words of its file. */
export type Written = Readonly<Record<string, unknown>>;

/** The value at a path; `undefined` where there is none. */
export function valueAt(written: unknown, path: readonly string[]): unknown {
  let value = written;
  for (const key of path) {
    if (!isMap(value)) return undefined;
    value = value[key];
  }
  return value;
}

/** The list at a path; an empty one where there is none. */
export function listAt(written: Written, path: readonly string[]): readonly unknown[] {
  const value = valueAt(written, path);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Another value at a path; `undefined` takes the key away, and maps that become empty go with it. */
export function withValue(written: Written, path: readonly string[], value: unknown): Written {
  const [key = '', ...below] = path;
  const { [key]: old, ...others } = written;
  if (below.length === 0) return value === undefined ? others : { ...written, [key]: value };
  const inner = withValue(isMap(old) ? old : {}, below, value);
  return Object.keys(inner).length === 0 ? others : { ...written, [key]: inner };
}

/** A list with another entry at an index. */
export function withEntry(
  list: readonly unknown[],
  index: number,
  entry: unknown,
): readonly unknown[] {
  return list.map((old, position) => (position === index ? entry : old));
}

/** Whether a value has keys. */
export function isMap(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
