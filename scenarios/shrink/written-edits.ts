/** Edits of a scenario as it was written: each gives another one and leaves what it was given as it is. */

/** A scenario as plain values, in the words of its file. */
export type Written = Readonly<Record<string, unknown>>;

/** Keys from the outside in; entries of lists go by their index, as in `faults`, `0`, `rate`. */
export type WrittenPath = readonly string[];

/** The value at a path; `undefined` where there is none. */
export function valueAt(written: unknown, path: WrittenPath): unknown {
  let value = written;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)] as unknown;
    else if (isMap(value)) value = value[key];
    else return undefined;
  }
  return value;
}

/** The list at a path; an empty one where there is none. */
export function listAt(written: Written, path: WrittenPath): readonly unknown[] {
  const value = valueAt(written, path);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Another value at a path; `undefined` takes the key away, and maps that become empty go with it. */
export function withValue(written: Written, path: WrittenPath, value: unknown): Written {
  const [key = '', ...below] = path;
  const { [key]: old, ...others } = written;
  if (below.length === 0) return value === undefined ? others : { ...written, [key]: value };
  if (Array.isArray(old)) return { ...written, [key]: withEntry(old, below, value) };
  const inner = withValue(isMap(old) ? old : {}, below, value);
  return Object.keys(inner).length === 0 ? others : { ...written, [key]: inner };
}

function withEntry(
  list: readonly unknown[],
  [index = '', ...below]: WrittenPath,
  value: unknown,
): unknown[] {
  return list.map((entry, position) =>
    position === Number(index) && isMap(entry) ? withValue(entry, below, value) : entry,
  );
}

/** Whether a value has keys. */
export function isMap(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
