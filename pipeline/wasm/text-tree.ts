/** Reads the text format of WebAssembly as a tree of words and lists. */

/** A word, or a list in parentheses. */
export type Tree = string | readonly Tree[];

/** A program whose text is wrong: always a mistake in this project. */
export class AssemblyError extends Error {
  readonly code = 'ASSEMBLY_WRONG';
}

const TOKENS = /;;[^\n]*|"[^"]*"|[()]|[^\s()";]+/g;

/** The one list that a text holds. Words in quotes lose them. @throws AssemblyError */
export function readTree(text: string): readonly Tree[] {
  const open: Tree[][] = [[]];
  for (const [token] of text.matchAll(TOKENS)) {
    if (token.startsWith(';;')) continue;
    if (token === '(') open.push([]);
    else if (token === ')') {
      const list = open.pop() as Tree[];
      if (open.length === 0) throw new AssemblyError('A parenthesis closes what is not open.');
      open.at(-1)?.push(list);
    } else open.at(-1)?.push(token.replaceAll('"', ''));
  }
  const [only, ...more] = open[0] as Tree[];
  if (open.length > 1 || more.length > 0 || typeof only !== 'object') {
    throw new AssemblyError('The text is not one list in parentheses.');
  }
  return only;
}

/** A word that has to be one. @throws AssemblyError */
export function wordOf(tree: Tree | undefined): string {
  if (typeof tree === 'string') return tree;
  throw new AssemblyError(`A word is missing: ${JSON.stringify(tree)}`);
}

/** The lists of a list that begin with a word. */
export function listsOf(tree: readonly Tree[], word: string): readonly (readonly Tree[])[] {
  return tree.filter((part): part is readonly Tree[] => Array.isArray(part) && part[0] === word);
}
