/**
 * The functions that take one value, in the text format of WebAssembly. They give the position behind the value, or 0 when it is
 * not plain, and leave its bytes where `plain-memory.ts` says.
 */
import {
  DIGITS_MAX,
  EPOCH_DIGITS_MAX,
  FRACTION_DIGITS_MAX,
  FRACTION_ZEROS_MAX,
} from './plain-layout.ts';
import { AT, codeOf, KIND } from './plain-memory.ts';

/** Digits of which a whole number of 64 bits can be made. */
const INT64_DIGITS_MAX = 18;
/** Below it a double holds every whole number, so that no digit of a sum of digits was lost. */
const EXACT_LIMIT: number = 2 ** 53;

/** `$text` and `$number`; they need an imported `$readNumber`. */
export const PLAIN_VALUES: string = `
  ;; The digits that were read last.
  (global $value (mut i64))
  ${textFunction()}
  ${numberFunction()}
  ${decimalFunction()}
  ${digitsFunction()}`;

/** Takes the text at $from, 16 bytes at a time; gives the position of its closing quote. */
function textFunction(): string {
  return `(func $text (param $kind i32) (param $column i32) (param $from i32) (result i32)
    (local $at i32) (local $start i32) (local $to i32) (local $ends i32) (local $bytes v128)
    (local.set $at (local.get $from))
    (local.set $start (i32.load (local.get $column)))
    (local.set $to (i32.add (local.get $start) (i32.const 4)))
    (loop $more
      (local.set $bytes (v128.load (local.get $at)))
      (v128.store (local.get $to) (local.get $bytes))
      ;; A text ends at a quote, and has neither backslashes nor control characters.
      (local.set $ends (i8x16.bitmask (v128.or
        (i8x16.lt_u (local.get $bytes) (i8x16.splat ${codeOf(' ')}))
        (v128.or
          (i8x16.eq (local.get $bytes) (i8x16.splat ${codeOf('"')}))
          (i8x16.eq (local.get $bytes) (i8x16.splat ${codeOf('\\')}))))))
      (if (i32.eqz (local.get $ends))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (br $more))))
    (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $ends))))
    (if (i32.ne (i32.load8_u (local.get $at)) ${codeOf('"')}) (then (return (i32.const 0))))
    (if (i32.eq (local.get $at) (local.get $from))
      (then (if (i32.eq (local.get $kind) (i32.const ${KIND.text})) (then (return (i32.const 0))))))
    (local.set $ends (i32.sub (local.get $at) (local.get $from)))
    (i32.store (local.get $start) (local.get $ends))
    (i32.store offset=4 (local.get $column)
      (i32.add (i32.add (local.get $start) (i32.const 4)) (local.get $ends)))
    (local.get $at))`;
}

/** Takes the number at $at; gives its end. */
function numberFunction(): string {
  return `(func $number (param $kind i32) (param $column i32) (param $at i32) (result i32)
    (local $first i32) (local $length i32) (local $isNegative i32)
    (local.set $isNegative (i32.eq (i32.load8_u (local.get $at)) ${codeOf('-')}))
    (local.set $first (i32.add (local.get $at) (local.get $isNegative)))
    (global.set $value (i64.const 0))
    (local.set $at (call $digits (local.get $first)))
    (local.set $length (i32.sub (local.get $at) (local.get $first)))
    ;; One zero, or as many digits as a double holds.
    (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
    (if (i32.gt_u (local.get $length) (i32.const ${DIGITS_MAX})) (then (return (i32.const 0))))
    (if (i32.eq (i32.load8_u (local.get $first)) ${codeOf('0')})
      (then (if (i32.ne (local.get $length) (i32.const 1)) (then (return (i32.const 0))))))
    (i32.store offset=4 (local.get $column)
      (i32.add (i32.load (local.get $column)) (i32.const 8)))
    (if (i32.eq (local.get $kind) (i32.const ${KIND.decimal}))
      (then (return (call $decimal
        (local.get $column) (local.get $first) (local.get $at) (local.get $isNegative)))))
    ;; Dates have no sign and one digit less; a whole number is not −0.
    (if (i32.eq (local.get $kind) (i32.const ${KIND['epoch-ms']}))
      (then (if (i32.or (local.get $isNegative)
          (i32.gt_u (local.get $length) (i32.const ${EPOCH_DIGITS_MAX})))
        (then (return (i32.const 0))))))
    (if (i32.and (local.get $isNegative) (i64.eqz (global.get $value)))
      (then (return (i32.const 0))))
    (i64.store (i32.load (local.get $column))
      (select
        (i64.sub (i64.const 0) (global.get $value)) (global.get $value) (local.get $isNegative)))
    ;; There may be a point with zeros behind it.
    (if (i32.ne (i32.load8_u (local.get $at)) ${codeOf('.')}) (then (return (local.get $at))))
    (local.set $first (local.get $at))
    (loop $zeros
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $zeros (i32.eq (i32.load8_u (local.get $at)) ${codeOf('0')})))
    (local.set $length (i32.sub (i32.sub (local.get $at) (local.get $first)) (i32.const 1)))
    (if (i32.eqz (local.get $length)) (then (return (i32.const 0))))
    (select (i32.const 0) (local.get $at)
      (i32.gt_u (local.get $length) (i32.const ${FRACTION_ZEROS_MAX}))))`;
}

/** Takes a number of which the digits from $first to $at are read, with or without a fraction; gives its end. */
function decimalFunction(): string {
  return `(func $decimal
    (param $column i32) (param $first i32) (param $at i32) (param $isNegative i32) (result i32)
    (local $point i32) (local $fraction i32) (local $number f64)
    (local.set $number (f64.convert_i64_s (global.get $value)))
    (if (i32.eq (i32.load8_u (local.get $at)) ${codeOf('.')})
      (then
        (local.set $point (local.get $at))
        (local.set $at (call $digits (i32.add (local.get $at) (i32.const 1))))
        (local.set $fraction
          (i32.sub (i32.sub (local.get $at) (local.get $point)) (i32.const 1)))
        (if (i32.eqz (local.get $fraction)) (then (return (i32.const 0))))
        (if (i32.gt_u (local.get $fraction) (i32.const ${FRACTION_DIGITS_MAX}))
          (then (return (i32.const 0))))
        ;; When both operands are exact, the quotient is rounded once, as the nearest double has to be.
        (local.set $number
          (if (result f64) (i32.and
              (i32.lt_u (i32.sub (local.get $at) (local.get $first)) (i32.const ${INT64_DIGITS_MAX + 2}))
              (i64.lt_u (global.get $value) (i64.const ${EXACT_LIMIT})))
            (then (f64.div
              (f64.convert_i64_s (global.get $value))
              (f64.load offset=${AT.powers} (i32.shl (local.get $fraction) (i32.const 3)))))
            (else (call $readNumber (local.get $first) (local.get $at)))))))
    ;; Subtracting from zero gives 0 instead of −0, as the record reader does.
    (f64.store (i32.load (local.get $column))
      (if (result f64) (local.get $isNegative)
        (then (f64.sub (f64.convert_i64_s (i64.const 0)) (local.get $number)))
        (else (local.get $number))))
    (local.get $at))`;
}

/** Reads digits behind those in $value; gives their end. */
function digitsFunction(): string {
  return `(func $digits (param $at i32) (result i32)
    (local $digit i32)
    (loop $more
      (local.set $digit (i32.sub (i32.load8_u (local.get $at)) ${codeOf('0')}))
      (if (i32.lt_u (local.get $digit) (i32.const 10))
        (then
          (global.set $value (i64.add
            (i64.mul (global.get $value) (i64.const 10))
            (i64.extend_i32_u (local.get $digit))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $more))))
    (local.get $at))`;
}
