/** Turns the grammar of the specification into regular expressions: it has no recursion. */

const PRODUCTION = /^([\w-]+)\s+::=\s+([^]*)$/;
const TOKEN = /'[^']*'|\[[^\]]*\]|#x[0-9A-F]+|[\w-]+(?![\w-]*\s*::=)|\{\d+,\d+\}|[()|?]|\S/g;

/** The productions of a grammar, as far as their right sides, without comments. */
export function readGrammar(text: string): ReadonlyMap<string, string> {
  const productions = new Map<string, string>();
  const clean = text.replaceAll(/\/\*.*?\*\//g, '');
  for (const part of clean.split(/\n(?=[\w-]+\s+::=)/)) {
    const [, name, body] = PRODUCTION.exec(part.trim()) ?? [];
    if (name === undefined || body === undefined)
      throw new SyntaxError(`Not a production: ${part}`);
    productions.set(name, body);
  }
  return productions;
}

/** A regular expression for whole texts of one production. */
export function toRegExp(grammar: ReadonlyMap<string, string>, name: string): RegExp {
  return new RegExp(`^${expand(grammar, name)}$`);
}

function expand(grammar: ReadonlyMap<string, string>, name: string): string {
  const body = grammar.get(name);
  if (body === undefined) throw new SyntaxError(`No production for ${name}`);
  const pieces = [...body.matchAll(TOKEN)].map(([token]) => translate(grammar, token));
  return `(?:${pieces.join('')})`;
}

function translate(grammar: ReadonlyMap<string, string>, token: string): string {
  if (token.startsWith("'")) {
    return `(?:${token.slice(1, -1).replaceAll(/[$*+?.()|^[\]\\{}]/g, String.raw`\$&`)})`;
  }
  if (token.startsWith('#x')) return `\\x${token.slice(2).padStart(2, '0')}`;
  if (token === '(') return '(?:';
  return /^[a-zA-Z]/.test(token) ? expand(grammar, token) : token;
}
