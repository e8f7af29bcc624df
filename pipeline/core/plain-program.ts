/**
 * The program that follows a layout through lines, in the text format of WebAssembly. Every byte of every landing object passes
 * here: JavaScript took three times as long, and left garbage behind.
 */
import { AT, BLOCK_BYTES, codeOf, KIND, STEP_BYTES } from './plain-memory.ts';
import { PLAIN_VALUES } from './plain-values.ts';
import { RECORD_BYTES_MAX } from './record-splitter.ts';

/** Its function `scan` is described below. A position of 0 tells that a line is not made to the plan. */
export const PLAIN_PROGRAM: string = `(module
  (import "landing" "memory" (memory 1))
  ;; The number that stands from the first position to the second, with all its digits.
  (import "landing" "readNumber" (func $readNumber (param i32) (param i32) (result f64)))
  ${scanFunction()}
  ${lineFunction()}
  ${commitFunction()}
  ${PLAIN_VALUES}
)`;

/** Adds the rows of lines from $at to $end, until there are $rowsMax; gives where the first line begins that is none of them. */
function scanFunction(): string {
  return `(func $scan (export "scan")
    (param $plan i32) (param $at i32) (param $end i32) (param $rowsMax i32) (result i32)
    (local $next i32) (local $rows i32)
    (local.set $rows (i32.load offset=${AT.rows} (i32.const 0)))
    (block $stop
      (loop $lines
        (br_if $stop (i32.ge_u (local.get $at) (local.get $end)))
        (br_if $stop (i32.ge_u (local.get $rows) (local.get $rowsMax)))
        (local.set $next (call $line (local.get $plan) (local.get $at)))
        (br_if $stop (i32.eqz (local.get $next)))
        (call $commit (local.get $plan) (local.get $rows))
        (local.set $rows (i32.add (local.get $rows) (i32.const 1)))
        (local.set $at (local.get $next))
        (br $lines)))
    (i32.store offset=${AT.rows} (i32.const 0) (local.get $rows))
    (local.get $at))`;
}

/** Takes the values of the line at $from; gives where the next line begins. */
function lineFunction(): string {
  return `(func $line (param $step i32) (param $from i32) (result i32)
    (local $at i32) (local $end i32) (local $block i32) (local $compared i32) (local $kind i32)
    (local.set $at (local.get $from))
    (loop $steps
      (local.set $end (i32.load offset=12 (local.get $step)))
      (local.set $block (i32.add (local.get $step) (i32.const ${STEP_BYTES})))
      (local.set $compared (local.get $at))
      (loop $blocks
        (if (v128.any_true (v128.and
            (v128.xor (v128.load (local.get $compared)) (v128.load (local.get $block)))
            (v128.load offset=${BLOCK_BYTES} (local.get $block))))
          (then (return (i32.const 0))))
        (local.set $compared (i32.add (local.get $compared) (i32.const ${BLOCK_BYTES})))
        (local.set $block (i32.add (local.get $block) (i32.const ${2 * BLOCK_BYTES})))
        (br_if $blocks (i32.lt_u (local.get $block) (local.get $end))))
      (local.set $at (i32.add (local.get $at) (i32.load offset=8 (local.get $step))))
      (local.set $kind (i32.load (local.get $step)))
      (if (i32.ne (local.get $kind) (i32.const ${KIND.lineEnd}))
        (then
          (local.set $at
            (if (result i32) (i32.gt_u (local.get $kind) (i32.const ${KIND['text-or-empty']}))
              (then (call $number (local.get $kind) (i32.load offset=4 (local.get $step)) (local.get $at)))
              (else (call $text (local.get $kind) (i32.load offset=4 (local.get $step)) (local.get $at)))))
          (if (i32.eqz (local.get $at)) (then (return (i32.const 0))))
          (local.set $step (local.get $end))
          (br $steps))))
    (if (i32.eq (i32.load8_u (local.get $at)) ${codeOf('\r')})
      (then (local.set $at (i32.add (local.get $at) (i32.const 1)))))
    (if (i32.ne (i32.load8_u (local.get $at)) ${codeOf('\n')}) (then (return (i32.const 0))))
    (if (i32.ge_u (i32.sub (local.get $at) (local.get $from)) (i32.const ${RECORD_BYTES_MAX}))
      (then (return (i32.const 0))))
    (i32.add (local.get $at) (i32.const 1)))`;
}

/** Makes the values of a line those of row $row. */
function commitFunction(): string {
  return `(func $commit (param $step i32) (param $row i32)
    (local $column i32) (local $given i32)
    (loop $steps
      (if (i32.ne (i32.load (local.get $step)) (i32.const ${KIND.lineEnd}))
        (then
          (local.set $column (i32.load offset=4 (local.get $step)))
          (i32.store (local.get $column) (i32.load offset=4 (local.get $column)))
          (local.set $given (i32.load offset=8 (local.get $column)))
          (if (local.get $given)
            (then (i32.store
              (i32.add (local.get $given) (i32.shl (local.get $row) (i32.const 2)))
              (i32.const 1))))
          (local.set $step (i32.load offset=12 (local.get $step)))
          (br $steps)))))`;
}
