// What can be called: the functions of a family and verb, one a type of numbers, as one.
'use strict';

const { structs, table } = require('./library.js');
const { camel, pointee } = require('./structs.js');
const texts = require('../extents.json');

// Extents are expressions in C of the other arguments; in JavaScript they read the same.
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

/** What extents call: the heads of states are those of docs/state-format.md. */
const HEADS = {
  strided: (rows, stride, cols) => (rows && cols ? (rows - 1) * Number(stride) + cols : 0),
  words: (cols) => Math.ceil(cols / 64),
  bytes: ({ data }) => view(data).getUint32(8, true),
  param: ({ data }) => view(data).getUint32(12, true),
  dims: ({ data }) => Number(view(data).getBigUint64(16, true)),
  measures: (state) => (HEADS.bytes(state) - 48) / 608,
  nnz: ({ data }) => Number(view(data).getBigUint64(16, true)),
};
const view = (data) => new DataView(data.buffer, data.byteOffset, data.byteLength);

/** How long the array behind a pointer is. */
class Extent {
  constructor(text) {
    this.text = text;
    this.of = compiled(text);
    this.isBytes = /^bytes\(|^\w*size$/.test(text);
    // The argument that is the length itself.
    this.bare = /^[a-z_]\w*$/.test(text) ? text : undefined;
    const parts = text.match(/^strided\((.+?), (\w+), (.+)\)$/);
    if (parts) {
      const [, rows, stride, cols] = parts;
      Object.assign(this, { rows: new Extent(rows), stride, cols: new Extent(cols) });
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
    const extents = texts[entry.name] ?? {};
    for (const arg of this.args) {
      arg.isPointer = arg.c.endsWith('*');
      arg.isStruct = pointee(arg.c) in structs;
      arg.extent = extents[arg.name] ? new Extent(extents[arg.name]) : undefined;
    }
    const first = this.args[0];
    // What a call brings to life, or what a method belongs to.
    this.makes = first && (entry.verb === 'init' || (entry.verb === 'fit' && first.role === 'model'))
      ? first : undefined;
    const derived = (arg) => /_type$|^weighted$/.test(arg.name) && arg.role === 'value';
    this.inputs = this.args.filter((arg) => arg !== this.makes && !derived(arg) &&
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
  const { stem, family, makes, args } = verb;
  verb.takesScratch = args.some(({ name }) => name === 'scratch');
  if (verb.takesScratch) {
    verb.scratch = verbs.get(`${stem}_scratch`) ?? verbs.get(`${family}_scratch`);
  }
  if (makes && !makes.isStruct) verb.size = verbs.get(`${family}_size`);
  const asked = [...(verb.scratch?.args ?? []), ...(verb.size?.args ?? [])];
  // What may be named: arguments, what sizes depend on, and the type of numbers.
  verb.keys = new Set([...args, ...asked].map(({ key }) => key).concat('dtype'));
  // Arrays of the type in a function's name: those of 16 bits where that is f16.
  for (const arg of args) {
    arg.isData = (verb.entries.f16?.args[arg.index].c ?? '').includes('lgt_f16');
  }
}
verbs.forEach(complete);

module.exports = { HEADS, verbs };
