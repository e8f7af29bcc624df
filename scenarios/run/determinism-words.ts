/** Two lines that should be one, for people: short enough for a terminal, and with nothing in them that it obeys. */

/** What a terminal would obey, or not show. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Characters of a line that are shown. */
const SHOWN_MAX = 400;
/** Characters before the first different one that are shown of lines that are longer. */
const BEFORE = 100;

/** Both lines below each other, about the place where they begin to differ; nothing stands for a line that is not there. */
export function showBoth(left: string | undefined, right: string | undefined): string {
  const from = Math.max(0, samePrefix(left ?? '', right ?? '') - BEFORE);
  return [left, right].map((line) => `  ${showLine(line, from)}`).join('\n');
}

function showLine(line: string | undefined, from: number): string {
  if (line === undefined) return '(nothing)';
  if (line.length <= SHOWN_MAX) return spellControls(line);
  const before = from > 0 ? '…' : '';
  const after = line.length > from + SHOWN_MAX ? '…' : '';
  return `${before}${spellControls(line.slice(from, from + SHOWN_MAX))}${after}`;
}

function samePrefix(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  for (let index = 0; index < end; index++) if (left[index] !== right[index]) return index;
  return end;
}

/** Spells characters that are no signs by their numbers, so that a different one looks different. */
function spellControls(text: string): string {
  return text.replace(
    CONTROLS,
    (control) => `\\u{${(control.codePointAt(0) as number).toString(16)}}`,
  );
}
