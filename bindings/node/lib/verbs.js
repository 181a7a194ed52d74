// What can be called: the functions of a family and verb, one a type of numbers, as one.
'use strict';

const { structs, table } = require('./library.js');
const { camel, pointee } = require('./structs.js');

// Sizes are expressions in C of other arguments; in JavaScript they read the same, but for
// quotients.
function compiled(text) {
  const scoped = text.replace(/([a-z_]\w*)(\(?)/g, (_, name, call) => `${call ? 'f' : '$'}.${name}${call}`);
  const made = new Function('f', '$', `return Number(${scoped})`);
  return (values) => {
    try {
      return made(HEADS, values);
    } catch {
      return NaN; // Of a state that was not given, or is too short.
    }
  };
}

/** What sizes call: the heads of states are those of docs/state-format.md. */
const HEADS = {
  strided: (rows, stride, cols) => (rows && cols ? (rows - 1) * Number(stride) + cols : 0),
  quotient: (a, b) => Math.floor(a / b),
  bytes: ({ data }) => view(data).getUint32(8, true),
  param: ({ data }) => view(data).getUint32(12, true),
  dims: ({ data }) => Number(view(data).getBigUint64(16, true)),
  measures: (state) => (HEADS.bytes(state) - 48) / 608,
  nnz: ({ data }) => Number(view(data).getBigUint64(16, true)),
};
const view = (data) => new DataView(data.buffer, data.byteOffset, data.byteLength);

class Size {
  constructor(text, known) {
    this.text = scoped(text, known);
    this.of = compiled(this.text);
    // The argument that is the size itself.
    this.bare = known.has(this.text) ? this.text : undefined;
  }
}

/** What is no argument is in the head of what is one. */
const scoped = (text, known) => text.replace(/([a-z_]\w*)(\.nnz)?/g, (name, of, nnz) => {
  if (nnz) return `nnz(${of})`;
  if (known.has(name)) return name;
  return { picked: 'cols', dims: 'dims(layer)', measures: 'measures(state)' }[name] ?? 'param(state)';
}).replace(/(\([^()]*\)|\w+) \/ (\w+)/g, 'quotient($1, $2)');

/** How long the array behind a pointer is. */
class Extent {
  constructor({ kind, size, count, rows, cols, stride, element, asked, null: isOptional }, name, known) {
    Object.assign(this, { kind, stride, element, asked, isOptional });
    this.isBytes = kind === 'bytes' || kind === 'blob';
    if (kind === 'blob') this.of = compiled(`bytes(${name})`);
    else if (kind === 'one') this.of = () => 1;
    else if (kind !== 'rows') Object.assign(this, new Size(size ?? count, known));
    else {
      [this.rows, this.cols] = [new Size(rows, known), new Size(cols, known)];
      this.of = compiled(`strided(${this.rows.text}, ${stride}, ${this.cols.text})`);
    }
  }
}

class Verb {
  constructor(entry) {
    this.stem = stem(entry);
    this.name = camel(this.stem);
    this.family = entry.family;
    this.verb = entry.verb;
    this.doc = entry.doc;
    this.entries = {};
    this.args = entry.args.map((arg, index) => ({ ...arg, index, key: camel(arg.name) }));
    const known = new Set(entry.args.map(({ name }) => name));
    for (const arg of this.args) {
      arg.isPointer = arg.c.endsWith('*');
      arg.isStruct = pointee(arg.c) in structs;
      if (arg.extent) arg.extent = new Extent(arg.extent, arg.name, known);
    }
    const first = this.args[0];
    // What a call brings to life, or what a method belongs to.
    this.makes = first && (entry.verb === 'init' || (entry.verb === 'fit' && first.role === 'model'))
      ? first : undefined;
    const derived = new Set(['weighted', ...this.args.map(({ extent }) => extent?.element)]);
    this.inputs = this.args.filter((arg) => arg !== this.makes && !derived.has(arg.name) &&
      ['in', 'state', 'model', 'value'].includes(arg.role));
    this.outputs = this.args.filter((arg) =>
      arg.isPointer && arg.role === 'out' && arg !== this.makes && arg.name !== 'scratch');
  }
}

const stem = ({ name, dtype }) =>
  name.slice('lgt_'.length, dtype ? -dtype.length - 1 : undefined);

/** By the name in C without prefix and type. */
const verbs = new Map();
for (const entry of table.functions) {
  const name = stem(entry);
  const verb = verbs.get(name);
  if (!verb) verbs.set(name, new Verb(entry));
  // One name may have a form for integers, which takes other arguments.
  else if ('' in verb.entries) verbs.set(name, Object.assign(new Verb(entry), { ofIntegers: verb }));
  verbs.get(name).entries[entry.dtype ?? ''] = entry;
}

function complete(verb) {
  if (verb.ofIntegers) complete(verb.ofIntegers);
  // The functions that say how large bytes are which this one takes.
  const { makes, args } = verb;
  const asked = (arg) => verbs.get(arg?.extent?.asked?.slice('lgt_'.length));
  verb.takesScratch = args.some(({ name }) => name === 'scratch');
  verb.scratch = asked(args.find(({ name }) => name === 'scratch'));
  verb.size = asked(makes);
  const others = [...(verb.scratch?.args ?? []), ...(verb.size?.args ?? [])];
  // What may be named: arguments, what sizes depend on, and the type of numbers.
  verb.keys = new Set([...args, ...others].map(({ key }) => key).concat('dtype'));
  // Arrays of the type in a function's name: those of 16 bits where that is f16.
  for (const arg of args) {
    arg.isData = (verb.entries.f16?.args[arg.index].c ?? '').includes('lgt_f16');
  }
}
verbs.forEach(complete);

module.exports = { HEADS, verbs };
