// Makes the calls of tests/calls.json: tests/calls.md says what stands there. Structs are laid
// out here, from the fields in api.json, so that nothing but the functions is the package's.
'use strict';

const koffi = require('koffi');
const { raw, structs } = require('logitude');

const SIZES = {
  bytes: 1, uint8_t: 1, uint16_t: 2, lgt_f16: 2, lgt_bf16: 2, int32_t: 4, uint32_t: 4, float: 4,
};
const size = (c) => SIZES[c] ?? 8;
const isPointer = (c) => c.endsWith('*') || c === 'lgt_run';
const METHODS = {
  uint8_t: 'Uint8', bytes: 'Uint8', uint16_t: 'Uint16', lgt_f16: 'Uint16', lgt_bf16: 'Uint16',
  int32_t: 'Int32', uint32_t: 'Uint32', float: 'Float32', double: 'Float64', int64_t: 'BigInt64',
};
const method = (c) => METHODS[c] ?? 'BigUint64';

/** The numbers of one element: their types in C and where they are; and its size. */
function layout(kind) {
  const places = [];
  let [at, align] = [0, 1];
  const put = (c) => {
    const own = structs[c] ? layout(c).align : size(c);
    at = Math.ceil(at / own) * own;
    if (structs[c]) for (const place of layout(c).places) places.push({ ...place, at: at + place.at });
    else places.push({ c, at });
    at += structs[c] ? layout(c).size : size(c);
    align = Math.max(align, own);
  };
  for (const c of structs[kind]?.fields.map((field) => field.c) ?? [kind]) put(c);
  return { places, size: Math.ceil(at / align) * align, align };
}

/** A block's bytes, in memory aligned to 8 that is there even if nothing is in it. */
function allocate({ type, n }) {
  const { places, size: step } = layout(type);
  const room = new Uint8Array(new BigUint64Array(Math.ceil((n * step) / 8) + 1).buffer);
  return { type, places, step, n, room, view: new DataView(room.buffer) };
}

/** A number, as text if JSON has none such; memory; null for NULL. */
function value(written, memory) {
  if (Array.isArray(written)) return memory[written[0]].room.subarray(written[1] * memory[written[0]].step);
  if (typeof written !== 'string') return written;
  return /^-?\d+$/.test(written) ? BigInt(written) : Number(written);
}

/** Bytes from hexadecimal digits, and from how many zeros where there are many. */
const unpacked = (written) => Buffer.concat(written.map((part) =>
  typeof part === 'number' ? Buffer.alloc(part) : Buffer.from(part, 'hex')));

function write(block, before, memory) {
  if (block.type === 'bytes') return block.room.set(unpacked(before));
  before.forEach((written, i) => {
    const { c, at } = block.places[i % block.places.length];
    const place = Math.floor(i / block.places.length) * block.step + at;
    const number = value(written, memory);
    if (isPointer(c)) block.view.setBigUint64(place, number ? koffi.address(number) : 0n, true);
    else if (method(c).startsWith('Big')) block.view[`set${method(c)}`](place, BigInt(number), true);
    else block.view[`set${method(c)}`](place, number, true);
  });
}

/** The numbers of a block, with their types. */
function read({ n, places, step, view }) {
  return Array.from({ length: n * places.length }, (_, i) => {
    const { c, at } = places[i % places.length];
    const place = Math.floor(i / places.length) * step + at;
    return { c, number: view[`get${method(c)}`](place, true) };
  });
}

/** The call, and what is to be called after it. */
function* steps(line) {
  for (let step = line; step; step = step.then) yield step;
}

/** The memory of a line before its calls. All is allocated before anything is written, since
 * structs point to it. */
function place(line) {
  const memory = line.memory.map(allocate);
  line.memory.forEach(({ before }, i) => before && write(memory[i], before, memory));
  return memory;
}

/** What the functions of a line answer, and its memory after them. */
function replay(line) {
  const memory = place(line);
  const answers = Array.from(steps(line), ({ function: name, args }) =>
    raw[name](...args.map((written) => value(written, memory))));
  return { answers, memory };
}

module.exports = { isPointer, place, read, replay, steps, unpacked, value };
