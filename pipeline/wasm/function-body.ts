/** Makes the body of one WebAssembly function from its text. */
import { INSTRUCTIONS } from './instructions.ts';
import type { Instruction } from './instructions.ts';
import { AssemblyError, listsOf, wordOf } from './text-tree.ts';
import type { Tree } from './text-tree.ts';
import { signed, TYPES, unsigned, vectorOf } from './wasm-bytes.ts';

/** The names of a module, each at the place of its number. */
export interface ModuleNames {
  readonly functions: readonly string[];
  readonly globals: readonly string[];
}

interface Scope extends ModuleNames {
  readonly locals: readonly string[];
  /** The labels around an instruction, the innermost first. */
  readonly labels: readonly string[];
}

const BLOCKS: Readonly<Record<string, number>> = { block: 0x02, loop: 0x03 };
const IF = 0x04;
const ELSE = 0x05;
const END = 0x0b;
const NO_RESULT = 0x40;
/** What a definition consists of besides its instructions. */
const DECLARATIONS = new Set(['export', 'param', 'result', 'local']);

/** A function in the form of the code section. @throws AssemblyError */
export function assembleBody(definition: readonly Tree[], names: ModuleNames): number[] {
  const locals = listsOf(definition, 'local');
  const declared = [...listsOf(definition, 'param'), ...locals];
  const scope = { ...names, locals: declared.map((each) => wordOf(each[1])), labels: [] };
  const code = definition
    .slice(2)
    .filter((part) => !DECLARATIONS.has(String(part[0])))
    .flatMap((part) => assembleTree(part, scope));
  const types = locals.map((each) => [1, TYPES[wordOf(each[2])] as number]);
  return vectorOf([...unsigned(types.length), ...types.flat(), ...code, END]);
}

function assembleTree(tree: Tree, scope: Scope): number[] {
  if (typeof tree === 'string') throw new AssemblyError(`${tree} stands outside parentheses.`);
  const word = wordOf(tree[0]);
  const block = BLOCKS[word];
  if (block !== undefined) {
    const label = wordOf(tree[1]);
    const inner = { ...scope, labels: [label, ...scope.labels] };
    return [block, NO_RESULT, ...assembleAll(tree.slice(2), inner), END];
  }
  if (word === 'if') return assembleIf(tree, scope);
  const instruction = INSTRUCTIONS[word];
  if (instruction === undefined) throw new AssemblyError(`There is no instruction ${word}.`);
  const words = tree.slice(1).filter((part) => typeof part === 'string');
  const values = tree.slice(1).filter((part) => typeof part !== 'string');
  const operand = assembleOperand(instruction, words[0], scope);
  return [...assembleAll(values, scope), ...instruction.bytes, ...operand];
}

/** `(if (result …)? condition (then …) (else …)?)`. A condition takes no label: nothing of ours leaves one. */
function assembleIf(tree: readonly Tree[], scope: Scope): number[] {
  const [result] = listsOf(tree, 'result');
  const type = result === undefined ? NO_RESULT : (TYPES[wordOf(result[1])] as number);
  const condition = tree[result === undefined ? 1 : 2] as Tree;
  const inner = { ...scope, labels: ['', ...scope.labels] };
  const [then, otherwise] = [listsOf(tree, 'then')[0], listsOf(tree, 'else')[0]].map((part) =>
    part === undefined ? undefined : assembleAll(part.slice(1), inner),
  );
  const last = otherwise === undefined ? [] : [ELSE, ...otherwise];
  return [...assembleTree(condition, scope), IF, type, ...(then ?? []), ...last, END];
}

function assembleAll(trees: readonly Tree[], scope: Scope): number[] {
  return trees.flatMap((tree) => assembleTree(tree, scope));
}

function assembleOperand(
  { operand }: Instruction,
  word: string | undefined,
  scope: Scope,
): number[] {
  switch (operand) {
    case 'none':
      return [];
    case 'local':
      return numberOf(scope.locals, word);
    case 'global':
      return numberOf(scope.globals, word);
    case 'function':
      return numberOf(scope.functions, word);
    case 'label':
      return numberOf(scope.labels, word);
    case 'memory':
      // No alignment is promised: values stand anywhere in a line.
      return [0, ...unsigned(Number(word?.replace('offset=', '') ?? 0))];
    default:
      return signed(BigInt(word ?? ''));
  }
}

function numberOf(names: readonly string[], word: string | undefined): number[] {
  const number = names.indexOf(word ?? '');
  if (number < 0) throw new AssemblyError(`Nothing is called ${word ?? 'so'} here.`);
  return unsigned(number);
}
