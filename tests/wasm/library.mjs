// A module in use: its functions, its memory, and the structs of api.json.

import { readFileSync } from "node:fs";
import { BF16, F16, F32, F64 } from "./numbers.mjs";

const read = (path) => readFileSync(new URL(path, import.meta.url));
export const api = JSON.parse(read("../../include/logitude/api.json"));

export const STATUS = Object.fromEntries(
  api.enums.find((e) => e.name === "lgt_status").values.map((v) => [v.name, v.value]),
);
export const CONSTANT = Object.fromEntries(api.constants.map((c) => [c.name, c.value]));

/** Storage types: format, array, and the same of what is computed in. */
export const DTYPES = {
  f32: { name: "f32", store: F32, acc: F32, Array: Float32Array, Acc: Float32Array },
  f64: { name: "f64", store: F64, acc: F64, Array: Float64Array, Acc: Float64Array },
  f16: { name: "f16", store: F16, acc: F32, Array: Uint16Array, Acc: Float32Array },
  bf16: { name: "bf16", store: BF16, acc: F32, Array: Uint16Array, Acc: Float32Array },
};

/** To what lies in memory, and back. */
export const toBits = (dtype, x) => (dtype.Array === Uint16Array ? dtype.store.encode(x) : x);
export const fromBits = (dtype, v) => (dtype.Array === Uint16Array ? dtype.store.decode(v) : v);

const SIZES = { uint16_t: 2, uint32_t: 4, int32_t: 4, uint64_t: 8, double: 8, lgt_run: 4 };

/** Offsets of a struct's fields, as a C compiler for wasm32 lays them out. */
export function layout(name) {
  const fields = {};
  let [at, align] = [0, 1];
  for (const { name: field, c } of api.structs.find((s) => s.name === name).fields) {
    const inner = c.startsWith("lgt_") && c !== "lgt_run" ? layout(c) : null;
    const size = inner ? inner.size : c.endsWith("*") ? 4 : SIZES[c];
    const own = inner ? inner.align : size;
    at = Math.ceil(at / own) * own;
    fields[field] = { at, c };
    at += size;
    align = Math.max(align, own);
  }
  return { fields, size: Math.ceil(at / align) * align, align };
}

export class Library {
  constructor(file) {
    this.module = new WebAssembly.Module(readFileSync(file));
    this.exports = new WebAssembly.Instance(this.module, {}).exports;
    this.memory = this.exports.memory;
    // What the linker has not used is ours: no allocator is needed.
    this.free = this.exports.__heap_base.value;
    this.base = this.free;
    this.memory.grow(64);
  }

  get end() {
    return this.memory.buffer.byteLength;
  }

  /** Everything allotted since the beginning is free again. */
  clear() {
    this.free = this.base;
  }

  /** Room for `bytes`. */
  allot(bytes, align = 16) {
    const at = Math.ceil(this.free / align) * align;
    this.free = at + bytes;
    if (this.free > this.end) throw new Error("the tests need more memory");
    return at;
  }

  view(Type, at, length) {
    return new Type(this.memory.buffer, at, length);
  }

  /** Puts a list of numbers into memory. */
  put(Type, values) {
    const at = this.allot(values.length * Type.BYTES_PER_ELEMENT);
    this.view(Type, at, values.length).set(values);
    return at;
  }

  text(at) {
    const bytes = this.view(Uint8Array, at);
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  }

  /** A struct with these fields, and its default elsewhere. */
  options(name, values) {
    const { fields, size } = layout(name);
    const at = this.allot(size);
    this.exports[`${name}_default`](at);
    const data = new DataView(this.memory.buffer, at, size);
    for (const [field, value] of Object.entries(values)) {
      const { at: place, c } = fields[field];
      if (c === "double") data.setFloat64(place, value, true);
      else data.setUint32(place, value, true);
    }
    return at;
  }

  /** The numbers of a struct. */
  struct(name, at) {
    const { fields, size } = layout(name);
    const data = new DataView(this.memory.buffer, at, size);
    const get = {
      double: (place) => data.getFloat64(place, true),
      uint64_t: (place) => Number(data.getBigUint64(place, true)),
      uint32_t: (place) => data.getUint32(place, true),
      int32_t: (place) => data.getInt32(place, true),
    };
    const numbers = Object.entries(fields).filter(([, { c }]) => get[c]);
    return Object.fromEntries(numbers.map(([field, { at: place, c }]) => [field, get[c](place)]));
  }
}
