// Every function, called with what tests/calls.json says; tests/calls.md says how to read it.

import { readFileSync } from "node:fs";
import { equal, test } from "./check.mjs";
import { api } from "./library.mjs";

const lines = JSON.parse(readFileSync(new URL("../calls.json", import.meta.url), "utf8"));
const dtypes = Object.fromEntries(api.functions.map((f) => [f.name, f.dtype]));
const entries = Object.fromEntries(api.functions.map((f) => [f.name, f]));
const structs = Object.fromEntries(api.structs.map((s) => [s.name, s.fields]));

/** C types: bytes, and what of a DataView reads and writes them. */
const SCALARS = {
  double: [8, "Float64"],
  float: [4, "Float32"],
  int32_t: [4, "Int32"],
  uint32_t: [4, "Uint32"],
  int64_t: [8, "BigInt64"],
  uint64_t: [8, "BigUint64"],
  uint16_t: [2, "Uint16"],
  uint8_t: [1, "Uint8"],
  bytes: [1, "Uint8"],
  lgt_f16: [2, "Uint16"],
  lgt_bf16: [2, "Uint16"],
};
const scalar = (c) => SCALARS[c] ?? [4, "Uint32"]; // size_t and addresses are 32 bits

/** The C types of an element's numbers; those of a struct within a struct in its place. */
const scalars = (type) =>
  structs[type] ? structs[type].flatMap((field) => scalars(field.c)) : [type];

/** Where those lie, and the size of an element. */
function layout(type) {
  let at = 0;
  let align = 1;
  const places = scalars(type).map((c) => {
    const [size, kind] = scalar(c);
    at = Math.ceil(at / size) * size + size;
    align = Math.max(align, size);
    return { at: at - size, kind, c };
  });
  return { places, size: Math.ceil(at / align) * align };
}

const isSized = (block) => structs[block.type]?.[0].name === "struct_size";

const unpacked = (parts) =>
  parts.flatMap((part) =>
    typeof part === "number" ? Array(part).fill(0) : [...Buffer.from(part, "hex")],
  );

/** A call in the memory of a module. */
class Replay {
  constructor(lib, line) {
    lib.clear();
    this.lib = lib;
    this.blocks = line.memory.map((block) => {
      const { places, size } = layout(block.type);
      const at = lib.allot(size * block.n);
      lib.view(Uint8Array, at, size * block.n).fill(0);
      return { ...block, places, size, at };
    });
    this.data = new DataView(lib.memory.buffer);
    for (const block of this.blocks) this.write(block);
  }

  /** Of a number as JSON has it, or of an address. */
  value(written) {
    if (!Array.isArray(written)) return written === null ? 0 : Number(written);
    const block = this.blocks[written[0]];
    return block.at + written[1] * block.size;
  }

  numbers(block) {
    const { places, at, size, n } = block;
    return Array.from({ length: n }, (_, i) =>
      places.map((place) => ({ ...place, at: at + i * size + place.at })),
    ).flat();
  }

  write(block) {
    if (!block.before) return;
    const before = block.type === "bytes" ? unpacked(block.before) : block.before;
    this.numbers(block).forEach(({ at, kind }, i) => {
      const number = this.value(before[i]);
      this.data[`set${kind}`](at, kind.startsWith("Big") ? BigInt(number) : number, true);
    });
    // Options with addresses are shorter than on 64 bits.
    if (isSized(block)) {
      this.data.setUint32(block.at, block.size, true);
    }
  }

  call({ function: name, args }) {
    const given = args.map((argument, i) => {
      const number = this.value(argument);
      return entries[name].args[i].c === "uint64_t" ? BigInt(number) : number;
    });
    const answer = this.lib.exports[name](...given);
    return entries[name].returns === "const char *" ? this.lib.text(answer) : answer;
  }

  /** What of a block is not as recorded. */
  wrong(block, tolerance) {
    if (block.after === null) return [];
    const recorded = block.after ?? block.before ?? this.numbers(block).map(() => 0);
    if (block.type === "bytes") return this.wrongBytes(block, unpacked(recorded), tolerance);
    return this.numbers(block).flatMap(({ at, kind, c }, i) => {
      const passedOver = recorded[i] === null || Array.isArray(recorded[i]);
      if (passedOver || (i === 0 && isSized(block))) return [];
      const answer = Number(this.data[`get${kind}`](at, true));
      const wanted = this.value(recorded[i]);
      const isFloat = kind.startsWith("Float");
      const bound = isFloat ? allowed(tolerance, wanted) : c.endsWith("f16") ? 1 : 0;
      return near(answer, wanted, bound) ? [] : [`${answer}, not ${wanted}`];
    });
  }

  wrongBytes(block, recorded, tolerance) {
    const wanted = new DataView(Uint8Array.from(recorded).buffer);
    return Array.from({ length: block.n / 8 }, (_, word) => word).flatMap((word) => {
      const at = block.at + 8 * word;
      if (this.data.getBigUint64(at) === wanted.getBigUint64(8 * word)) return [];
      const [a, b] = [this.data.getFloat64(at, true), wanted.getFloat64(8 * word, true)];
      const right = block.near?.includes(word) && near(a, b, allowed(tolerance, b));
      return right ? [] : [`word ${word}`];
    });
  }
}

const allowed = (tolerance, recorded) => tolerance * Math.max(1, Math.abs(recorded));
const near = (a, b, bound) => Object.is(a, b) || a === b || Math.abs(a - b) <= bound;

function* steps(line) {
  for (; line; line = line.then) yield line;
}

function wrong(lib, line) {
  const tolerance = [null, "f64"].includes(dtypes[line.function]) ? 1e-12 : 1e-6;
  const replay = new Replay(lib, line);
  const found = [];
  for (const step of steps(line)) {
    const answer = replay.call(step);
    if ("returns" in step && answer !== step.returns) found.push(`returns ${answer}`);
  }
  replay.blocks.forEach((block, i) => {
    found.push(...replay.wrong(block, tolerance).map((text) => `block ${i}: ${text}`));
  });
  return found.map((text) => `${line.function}, ${text}`);
}

export function calls(levels) {
  for (const { name, use } of levels) {
    test(`${name}: every function answers as recorded`, () => {
      const found = lines.flatMap((line) => wrong(use(), line));
      equal(found.slice(0, 60).join("\n"), "", "calls");
    });
  }
}
