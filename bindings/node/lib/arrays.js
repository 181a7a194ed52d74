// Arrays as the library sees them: typed arrays as they are, lists of numbers and lists of
// rows as copies.
'use strict';

const { constants, raw } = require('./library.js');

/** Numbers of 16 bits, kept as these. */
class HalfArray extends Uint16Array {
  static fromNumbers(numbers) {
    return this.from(numbers, (x) => this.encode(x));
  }

  toNumbers() {
    return Float32Array.from(this, (bits) => this.constructor.decode(bits));
  }
}

class F16Array extends HalfArray {
  static encode = (x) => raw.lgt_f16_from_f32(x);
  static decode = (bits) => raw.lgt_f16_to_f32(bits);
}

class BF16Array extends HalfArray {
  static encode = (x) => raw.lgt_bf16_from_f32(x);
  static decode = (bits) => raw.lgt_bf16_to_f32(bits);
}

/** Types of numbers: in names of functions, in C, as an array, as a type of labels. Those of
 * 16 bits first, being Uint16Arrays too. */
const KINDS = [
  ['f16', 'lgt_f16', F16Array], ['bf16', 'lgt_bf16', BF16Array],
  ['f32', 'float', Float32Array], ['f64', 'double', Float64Array],
  ['i8', 'int8_t', Int8Array], ['i16', 'int16_t', Int16Array],
  ['i32', 'int32_t', Int32Array], ['i64', 'int64_t', BigInt64Array],
  ['u8', 'uint8_t', Uint8Array], ['u16', 'uint16_t', Uint16Array],
  ['u32', 'uint32_t', Uint32Array], ['u64', 'uint64_t', BigUint64Array],
].map(([name, c, Type]) => ({ name, c, Type, code: constants[`LGT_${name.toUpperCase()}`] }));

const isTyped = (x) => ArrayBuffer.isView(x) && !(x instanceof DataView);
const kindOf = (x) => KINDS.find(({ Type }) => x instanceof Type);

/** The kind of numbers behind a pointer of C; none for structs and for bytes. */
const kindOfC = (c) =>
  KINDS.find((kind) => kind.c === (c === 'size_t' ? 'uint64_t' : c));

/** Numbers as a typed array: themselves, or a copy of a list, of rows of equal length with
 * their shape. Undefined if `given` is neither. */
function numbers(given, Type) {
  if (isTyped(given)) return { data: given, length: given.length };
  if (!Array.isArray(given)) return undefined;
  if (!Array.isArray(given[0]) && !isTyped(given[0])) return filled(given, Type);
  const cols = given[0].length;
  if (given.some((row) => row.length !== cols)) throw new TypeError('rows of unequal length');
  const rows = given.map((row) => Array.from(row));
  return { ...filled(rows.flat(), Type), shape: [given.length, cols] };
}

function filled(list, Type) {
  const big = Type === BigInt64Array || Type === BigUint64Array;
  const data = Type.encode ? Type.fromNumbers(list) : Type.from(list, big ? BigInt : undefined);
  return { data, length: data.length };
}

/** Zeros at an address that the library's states can have: a multiple of 8. */
const bytes = (n) => new Uint8Array(new BigUint64Array(Math.ceil(n / 8)).buffer, 0, n);

module.exports = { BF16Array, F16Array, bytes, isTyped, kindOf, kindOfC, numbers };
