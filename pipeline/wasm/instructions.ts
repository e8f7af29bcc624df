/**
 * The instructions that programs of ours use, with their numbers in the binary format (WebAssembly Core Specification 2.0,
 * "Instructions"). A further one is a line here.
 */

/** How an instruction is written down. */
export interface Instruction {
  readonly bytes: readonly number[];
  /** What stands behind the number: nothing, an index of a kind, a constant, or the place in memory. */
  readonly operand: 'none' | 'local' | 'global' | 'function' | 'label' | 'i32' | 'i64' | 'memory';
}

type Operand = Instruction['operand'];

const VECTOR = 0xfd;
const plain = (byte: number): Instruction => ({ bytes: [byte], operand: 'none' });
const vector = (byte: number): Instruction => ({ bytes: [VECTOR, byte], operand: 'none' });
const withOperand = (byte: number, operand: Operand): Instruction => ({ bytes: [byte], operand });
/** Nothing is promised about the alignment: values stand anywhere in a line. */
const memory = (...bytes: readonly number[]): Instruction => ({ bytes, operand: 'memory' });

/** By name, as in the text format. `block`, `loop` and `if` are not among them. */
export const INSTRUCTIONS: Readonly<Record<string, Instruction>> = {
  br: withOperand(0x0c, 'label'),
  br_if: withOperand(0x0d, 'label'),
  return: plain(0x0f),
  call: withOperand(0x10, 'function'),
  select: plain(0x1b),
  'local.get': withOperand(0x20, 'local'),
  'local.set': withOperand(0x21, 'local'),
  'global.get': withOperand(0x23, 'global'),
  'global.set': withOperand(0x24, 'global'),
  'i32.load': memory(0x28),
  'f64.load': memory(0x2b),
  'i32.load8_u': memory(0x2d),
  'i32.store': memory(0x36),
  'i64.store': memory(0x37),
  'f64.store': memory(0x39),
  'i32.const': withOperand(0x41, 'i32'),
  'i64.const': withOperand(0x42, 'i64'),
  'i32.eqz': plain(0x45),
  'i32.eq': plain(0x46),
  'i32.ne': plain(0x47),
  'i32.lt_u': plain(0x49),
  'i32.gt_u': plain(0x4b),
  'i32.ge_u': plain(0x4f),
  'i64.eqz': plain(0x50),
  'i64.lt_u': plain(0x54),
  'i32.ctz': plain(0x68),
  'i32.add': plain(0x6a),
  'i32.sub': plain(0x6b),
  'i32.and': plain(0x71),
  'i32.or': plain(0x72),
  'i32.shl': plain(0x74),
  'i64.add': plain(0x7c),
  'i64.sub': plain(0x7d),
  'i64.mul': plain(0x7e),
  'f64.sub': plain(0xa1),
  'f64.div': plain(0xa3),
  'i64.extend_i32_u': plain(0xad),
  'f64.convert_i64_s': plain(0xb9),
  'v128.load': memory(VECTOR, 0x00),
  'v128.store': memory(VECTOR, 0x0b),
  'i8x16.splat': vector(0x0f),
  'i8x16.eq': vector(0x23),
  'i8x16.lt_u': vector(0x26),
  'v128.and': vector(0x4e),
  'v128.or': vector(0x50),
  'v128.xor': vector(0x51),
  'v128.any_true': vector(0x53),
  'i8x16.bitmask': vector(0x64),
};
