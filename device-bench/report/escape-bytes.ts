const ESCAPES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

/** Bytes as they can be read: printable ASCII as it is, CR and LF as `\r` and `\n`, a backslash doubled, others as `\xNN`. */
export function escapeBytes(bytes: string): string {
  return bytes.replaceAll(
    /[^ -[\]-~]/g,
    (byte) => ESCAPES[byte] ?? `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
