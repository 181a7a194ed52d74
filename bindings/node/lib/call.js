// A call by name: what is not given is read off the arrays, or made.
'use strict';

const { constants, raw } = require('./library.js');
const { bytes, isTyped, kindOf, kindOfC, numbers } = require('./arrays.js');
const { pack, pointee, size, unpack } = require('./structs.js');
const { check, refuse } = require('./status.js');
const { HEADS, verbs } = require('./verbs.js');

/** A state, a model or a search: bytes of the library, and what they were made with. */
class Bytes {
  constructor(data, given) {
    this.bytes = data;
    Object.defineProperty(this, 'given', { value: given, enumerable: false });
  }
}

class Call {
  constructor(verb, given, bound) {
    this.verb = verb;
    this.named = { ...named(verb, given, bound), ...bound };
    this.type = typeOf(verb, this.named);
    this.entry = verb.entries[this.type ?? ''];
    // Values by the names of C: numbers, and pointers as { data, length, shape }.
    this.values = {};
    for (const arg of verb.args) this.bring(arg);
    this.measure();
  }

  /** The type in C of an argument, in the function for the type of this call. */
  c(arg) {
    return this.entry.args[this.verb.args.indexOf(arg)].c;
  }

  bring(arg) {
    const value = this.named[arg.key];
    if (value === undefined || value === true) return;
    this.values[arg.name] = arg.isPointer ? this.pointer(arg, value) : this.number(arg, value);
  }

  pointer(arg, value) {
    if (value === null) return null;
    const c = pointee(this.c(arg));
    if (value instanceof Bytes) return { data: value.bytes, length: value.bytes.length, owner: value };
    if (arg.isStruct && !isTyped(value)) return pack(c, [value].flat(), this.verb.name);
    const kind = kindOfC(c);
    const made = numbers(value, (kind ?? kindOfC('int32_t')).Type);
    if (!made) throw new TypeError(`${this.verb.name}: ${arg.key} is no array`);
    if (kind && kindOf(made.data) !== kind && !(kind.c === 'uint64_t' && c === 'size_t')) {
      const came = made.data.constructor.name;
      throw new TypeError(`${this.verb.name}: ${arg.key} is a ${came}, not a ${kind.Type.name}`);
    }
    return made;
  }

  number(arg, value) {
    const isWhole = !['float', 'double'].includes(arg.c);
    const low = /^u|^size/.test(arg.c) ? 0 : -Infinity;
    const high = arg.c === 'uint32_t' ? 0xffffffff : Infinity;
    if (typeof value === 'bigint' ? isWhole : typeof value === 'number') {
      if (!isWhole || (Number(value) % 1 === 0 && value >= low && value <= high)) return value;
    }
    throw new TypeError(`${this.verb.name}: ${arg.key} = ${value} is no ${arg.c}`);
  }

  /** Sizes, strides and types that were not given. */
  measure() {
    const { values, verb } = this;
    const set = (name, value) => { if (name && !(name in values)) values[name] = value; };
    const arrays = verb.args.filter(({ name, extent }) => extent && values[name]);
    for (const { name, extent } of arrays) {
      const [rows, cols] = values[name].shape ?? [];
      if (rows !== undefined) set(extent.rows?.bare, rows);
      if (cols !== undefined) set(extent.cols?.bare, cols);
    }
    for (const { name, extent } of arrays) set(extent.bare, values[name].length);
    for (const { name, extent, key } of arrays) {
      if (extent.rows) this.divide(values[name].length, extent, key, set);
    }
    for (const { name, extent } of arrays) {
      if (extent.rows?.bare && extent.cols.bare && !(extent.cols.bare in values)) {
        set(extent.rows.bare, 1);
        set(extent.cols.bare, values[name].length);
      }
    }
    for (const { extent } of verb.args) {
      if (extent?.stride && extent.cols.of(values) >= 0) set(extent.stride, extent.cols.of(values));
    }
    set('weighted', values.weights ? 1 : 0);
    set('score_size', { f16: 2, bf16: 2, f32: 4 }[this.type] ?? 8);
    set('_n', values.n);
    this.nameTypes(set);
  }

  /** Rows from columns, or columns from rows. */
  divide(length, { rows, stride, cols }, key, set) {
    const { values } = this;
    const across = cols.of(values);
    const down = rows.of(values);
    if (across > 0 && rows.bare && !(down >= 0)) {
      const step = Number(values[stride] ?? across);
      const rest = length % step;
      if (rest && rest !== across) refuse('LGT_E_SHAPE', this.verb.name, `${key} is not rows of ${across}`);
      set(rows.bare, Math.ceil(length / step));
    } else if (down > 0 && cols.bare && !(across >= 0) && !(stride in values)) {
      if (length % down) refuse('LGT_E_SHAPE', this.verb.name, `${key} is not ${down} rows`);
      set(cols.bare, length / down);
    }
  }

  /** `label_type` is that of the array before it. */
  nameTypes(set) {
    let last;
    for (const arg of this.verb.args) {
      if (arg.role === 'in' && arg.c.endsWith('void *')) last = this.values[arg.name];
      if (arg.role === 'value' && arg.name.endsWith('_type')) set(arg.name, kindOf(last?.data)?.code ?? constants.LGT_I32);
    }
  }

  make(arg) {
    const c = pointee(this.c(arg));
    const length = this.lengthOf(arg);
    if (!(length >= 0)) throw new TypeError(`${this.verb.name}: give ${arg.key}, or what says its length`);
    const kind = kindOfC(c);
    const data = kind ? new kind.Type(length) : bytes(arg.isStruct ? size(c) * length : length);
    this.values[arg.name] = { data, length, made: true };
  }

  lengthOf({ name, extent }) {
    // How many numbers of a state there are is in its head, where no array says it.
    const { values } = this;
    if (extent?.bare === 'count' && !('count' in values) && values.state) {
      values.count = HEADS.param(values.state);
    }
    return extent ? extent.of(values) : NaN;
  }

  /** Bytes whose size is given, or asked for: scratch, states, models. */
  room(name, sizeName, sizer) {
    const { values } = this;
    if (values[name]) return;
    const length = Number(values[sizeName] ?? (sizer ? this.asked(sizer) : this.miss(name)));
    values[name] = { data: bytes(length), length };
    values[sizeName] = length;
  }

  asked(sizer) {
    const given = Object.values(this.values).find((value) => value?.owner?.given)?.owner.given ?? {};
    const answer = new BigUint64Array(1);
    const args = sizer.args.map(({ name, key, isPointer }) => {
      if (name === 'bytes') return answer;
      const value = this.values[name] ?? given[name] ??
        (name === 'dims' && this.values.layer ? HEADS.dims(this.values.layer) : undefined);
      if (value === undefined && this.named[key] !== undefined) return this.named[key];
      if (value === undefined && !isPointer) this.miss(key);
      return isPointer ? value?.data ?? null : value;
    });
    check(raw[Object.values(sizer.entries)[0].name](...args), this.verb.name);
    return Number(answer[0]);
  }

  miss(key) {
    throw new TypeError(`${this.verb.name}: ${key} is missing`);
  }

  prepare() {
    const { verb, values } = this;
    const { makes } = verb;
    if (makes?.isStruct) this.values[makes.name] = { data: bytes(size(pointee(makes.c))) };
    else if (makes) this.room(makes.name, 'size', verb.size);
    if (verb.args.some(({ name }) => name === 'scratch')) this.room('scratch', 'scratch_size', verb.scratch);
    const wanted = verb.outputs.filter(({ key }) => this.named[key]);
    if (!wanted.length && verb.outputs.length) wanted.push(verb.outputs[0]);
    for (const arg of wanted) if (!values[arg.name]) this.make(arg);
    for (const arg of verb.args) this.verify(arg);
  }

  /** Whether an array is as long as the library will take it to be. */
  verify({ name, key, extent }) {
    const pointer = this.values[name];
    if (!pointer || !extent) return;
    const length = extent.of(this.values);
    if (length > pointer.length) {
      refuse('LGT_E_SIZE', this.verb.name, `${key} has the length ${pointer.length}, not ${length}`);
    }
  }

  /** Outputs that were not asked for are made where the library does not do without. */
  run() {
    this.prepare();
    const spare = this.verb.outputs.filter(({ name, key }) =>
      !this.values[name] && this.named[key] !== null);
    let answer = this.once();
    while (answer === constants.LGT_E_NULL && spare.length) {
      this.make(spare.shift());
      answer = this.once();
    }
    if (this.entry.returns === 'lgt_status') check(answer, this.verb.name);
    else if (this.entry.returns !== 'void') return answer;
    return this.results();
  }

  once() {
    const args = this.verb.args.map(({ name, key, isPointer }) => {
      const value = this.values[name];
      if (isPointer) return value?.data ?? null;
      return value === undefined || Number.isNaN(value) ? this.miss(key) : value;
    });
    return raw[this.entry.name](...args);
  }

  /** The one thing that was made, or all by name. */
  results() {
    const { makes, outputs } = this.verb;
    const written = outputs.filter(({ name }) => this.values[name]?.made);
    const results = written.map((arg) => [arg.key, this.result(arg)]);
    if (makes) results.unshift([makes.key, this.born(makes)]);
    return results.length > 1 ? Object.fromEntries(results) : results[0]?.[1];
  }

  born({ name }) {
    return new Bytes(this.values[name].data, { ...this.values });
  }

  result(arg) {
    const { data } = this.values[arg.name];
    const isOne = arg.extent?.text === '1';
    const list = arg.isStruct ? unpack(pointee(arg.c), data) : data;
    if (!isOne) return list;
    return typeof list[0] === 'bigint' ? Number(list[0]) : list[0];
  }
}

const isPlain = (x) => x !== null && typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype;

/** Arguments by name, from those by place and the object after them. */
function named(verb, given, bound) {
  const rest = [...given];
  const inputs = verb.inputs.filter(({ key }) => !(key in bound));
  const isRest = (x) => isPlain(x) && Object.keys(x).every((key) => verb.keys.has(key));
  const last = rest.length && isRest(rest.at(-1)) ? rest.pop() : {};
  if (isPlain(rest.at(-1)) && !inputs[rest.length - 1]?.isStruct) {
    const unknown = Object.keys(rest.at(-1)).find((key) => !verb.keys.has(key));
    throw new TypeError(`${verb.name} has no argument ${unknown}`);
  }
  if (rest.length > inputs.length) throw new TypeError(`${verb.name}: too many arguments`);
  return { ...Object.fromEntries(rest.map((value, i) => [inputs[i].key, value])), ...last };
}

/** The type of numbers of a call: that of its first typed array. */
function typeOf(verb, given) {
  if (!verb.entries.f32) return undefined;
  if (given.dtype) return given.dtype;
  const data = verb.args.filter(({ isData }) => isData).map(({ key }) => given[key]);
  const first = data.flat().find(isTyped);
  const name = first ? kindOf(first)?.name : 'f64';
  if (!(name in verb.entries)) {
    throw new TypeError(`${verb.name}: no function for a ${first.constructor.name}`);
  }
  return name;
}

/** The form for integers, if that is what comes, or what is named is only its argument. */
function formFor(verb, given) {
  const form = verb.ofIntegers;
  const last = given.at(-1);
  const isNamed = isPlain(last) && Object.keys(last).some((key) => !verb.keys.has(key));
  const first = given.find(isTyped);
  return form && (isNamed || /^[iu]/.test(kindOf(first)?.name ?? '')) ? form : verb;
}

/** What `verb` makes of arguments; `bound` are some by name. */
const invoke = (verb, given, bound = {}) => new Call(formFor(verb, given), given, bound).run();

module.exports = { Bytes, invoke };
