/**
 * Makes WebAssembly from its text format (WebAssembly Core Specification 2.0), as far as programs of ours need it: one
 * imported memory, imported functions, mutable globals that begin with 0, and functions with names, of which each has at most
 * one result. Instructions are nested in each other (folded); there are no tables, no data and no numbers in place of names.
 */
import { assembleBody } from './function-body.ts';
import { signed, TYPES, unsigned, vectorOf } from './wasm-bytes.ts';
import { AssemblyError, listsOf, readTree, wordOf } from './text-tree.ts';
import type { Tree } from './text-tree.ts';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 } as const;
const FUNCTION_TYPE = 0x60;
const KIND = { function: 0, memory: 2 } as const;
const MUTABLE = 1;
const CONST: Readonly<Record<string, number>> = { i32: 0x41, i64: 0x42 };
const END = 0x0b;

/** The bytes of a module. @throws AssemblyError */
export function assemble(text: string): Uint8Array {
  const module = readTree(text);
  const imports = listsOf(module, 'import');
  const imported = imports.flatMap((each) => listsOf(each, 'func'));
  const own = listsOf(module, 'func');
  const functions = [...imported, ...own];
  const globals = listsOf(module, 'global');
  const names = {
    functions: functions.map((each) => wordOf(each[1])),
    globals: globals.map((each) => wordOf(each[1])),
  };
  return Uint8Array.from([
    ...HEADER,
    ...section(SECTION.type, functions.map(signatureOf)),
    ...section(
      SECTION.import,
      imports.map((each) => importOf(each, imported)),
    ),
    ...section(
      SECTION.function,
      own.map((_, index) => unsigned(imported.length + index)),
    ),
    ...section(SECTION.global, globals.map(globalOf)),
    ...section(
      SECTION.export,
      own.flatMap((each) => exportOf(each, functions.indexOf(each))),
    ),
    ...section(
      SECTION.code,
      own.map((each) => assembleBody(each, names)),
    ),
  ]);
}

function section(number: number, items: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(items.length), ...items.flat()];
  return [number, ...unsigned(content.length), ...content];
}

/** Each function has a type of its own, so that both have one number. */
function signatureOf(definition: readonly Tree[]): number[] {
  const types = (word: string): number[] =>
    listsOf(definition, word).map((each) => typeOf(each.at(-1)));
  return [FUNCTION_TYPE, ...vectorOf(types('param')), ...vectorOf(types('result'))];
}

function typeOf(tree: Tree | undefined): number {
  const type = TYPES[wordOf(tree)];
  if (type === undefined) throw new AssemblyError(`There is no type ${wordOf(tree)}.`);
  return type;
}

function importOf(definition: readonly Tree[], functions: readonly (readonly Tree[])[]): number[] {
  const [, from, name, what] = definition;
  const path = [...textOf(wordOf(from)), ...textOf(wordOf(name))];
  const [memory] = listsOf(definition, 'memory');
  if (memory === undefined) {
    return [...path, KIND.function, ...unsigned(functions.indexOf(what as readonly Tree[]))];
  }
  return [...path, KIND.memory, 0, ...unsigned(Number(wordOf(memory[1])))];
}

function globalOf(definition: readonly Tree[]): number[] {
  const type = wordOf(listsOf(definition, 'mut')[0]?.[1]);
  return [typeOf(type), MUTABLE, CONST[type] as number, ...signed(0n), END];
}

function exportOf(definition: readonly Tree[], index: number): number[][] {
  return listsOf(definition, 'export').map(([, name]) => [
    ...textOf(wordOf(name)),
    KIND.function,
    ...unsigned(index),
  ]);
}

function textOf(text: string): number[] {
  return vectorOf([...new TextEncoder().encode(text)]);
}
