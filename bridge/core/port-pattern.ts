/** Patterns for paths of serial ports, as shells have them: `*`, `?` and `[a-z]`, none of which matches a separator. */

const SPECIAL = /[*?[]/;
const CLASS = /^\[(!?)([^\]]+)\]/;

/** True when a part of a path stands for more than one name. */
export function isPattern(part: string): boolean {
  return SPECIAL.test(part);
}

/** Whether a name without separators matches a pattern. A hidden name matches only a pattern that begins with a dot. */
export function matchesPattern(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  return new RegExp(`^${toExpression(pattern)}$`).test(name);
}

function toExpression(pattern: string): string {
  let expression = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    const [whole = '', not = '', members = ''] = CLASS.exec(pattern.slice(at)) ?? [];
    if (whole !== '') {
      expression += `[${not && '^'}${members.replaceAll(/[\\^[]/g, String.raw`\$&`)}]`;
      at += whole.length - 1;
    } else if (character === '*') expression += '.*';
    else if (character === '?') expression += '.';
    else expression += character.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  }
  return expression;
}
