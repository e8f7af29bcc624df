/** WebAssembly from text, for the one loop that every byte of a landing zone passes. */
export { assemble } from './assemble.ts';
export { AssemblyError } from './text-tree.ts';
