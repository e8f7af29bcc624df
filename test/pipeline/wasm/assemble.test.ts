import { describe, expect, it } from 'vitest';
import { assemble, AssemblyError } from '../../../pipeline/wasm/index.ts';

declare const WebAssembly: {
  Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const memory = new WebAssembly.Memory({ initial: 1 });
const twice = (value: number): number => 2 * value;

/** The function `run` of a module. */
function compile(definitions: string): (...values: readonly unknown[]) => unknown {
  const module = new WebAssembly.Module(assemble(`(module ${definitions})`));
  const { exports } = new WebAssembly.Instance(module, { test: { memory, twice } });
  return (exports as { run: (...values: readonly unknown[]) => unknown }).run;
}

describe('assemble', () => {
  it('gives functions that call each other, also those that are imported', () => {
    const run = compile(`
      (import "test" "twice" (func $twice (param i32) (result i32)))
      ;; The number of the first of ours is one.
      (func $one (result i32) (i32.const 1))
      (func $run (export "run") (param $value i32) (result i32)
        (i32.add (call $twice (local.get $value)) (call $one)))`);
    expect(run(20)).toBe(41);
  });

  it('knows loops, conditions, labels and locals', () => {
    const run = compile(`
      (func $run (export "run") (param $limit i32) (result i32)
        (local $sum i32) (local $at i32)
        (block $stop
          (loop $more
            (br_if $stop (i32.ge_u (local.get $at) (local.get $limit)))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (if (i32.eq (local.get $at) (i32.const 3)) (then (br $more)))
            (local.set $sum (i32.add (local.get $sum)
              (if (result i32) (i32.lt_u (local.get $at) (i32.const 3))
                (then (local.get $at))
                (else (i32.const 100)))))
            (br $more)))
        (local.get $sum))`);
    expect([0, 2, 3, 5].map((limit) => run(limit))).toEqual([0, 3, 3, 203]);
  });

  it.each([0, 63, 64, 127, 128, -1, -64, -65, 2 ** 31 - 1, -(2 ** 31)])('holds %i', (value) => {
    expect(compile(`(func $run (export "run") (result i32) (i32.const ${value}))`)()).toBe(value);
  });

  it.each([0n, -1n, 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n)])('holds %s in 64 bits', (value) => {
    const run = compile(`(global $kept (mut i64))
      (func $run (export "run") (result i64)
        (global.set $kept (i64.const ${value})) (global.get $kept))`);
    expect(run()).toBe(value);
  });

  it('reads and writes memory, 16 bytes at a time', () => {
    const bytes = new Uint8Array(memory.buffer);
    bytes.set(Buffer.from('0123456789"bcdef'), 301);
    const run = compile(`
      (import "test" "memory" (memory 1))
      (func $run (export "run") (param $at i32) (result i32)
        (v128.store (i32.const 0) (v128.load offset=300 (local.get $at)))
        (i32.ctz (i8x16.bitmask
          (i8x16.eq (v128.load (i32.const 0)) (i8x16.splat (i32.const 34))))))`);
    expect(run(1)).toBe(10);
    expect([...bytes.subarray(0, 2)]).toEqual([48, 49]);
  });

  it.each([
    ['(func $run (nothing.so))', 'There is no instruction nothing.so.'],
    ['(func $run (call $gone))', 'Nothing is called $gone here.'],
    ['(func $run (result i31) (i32.const 1))', 'There is no type i31.'],
    ['(func $run i32.const)', 'i32.const stands outside parentheses.'],
    ['(func $run', 'The text is not one list in parentheses.'],
    ['(func $run)))', 'A parenthesis closes what is not open.'],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => assemble(`(module ${text})`)).toThrow(new AssemblyError(message));
  });
});
