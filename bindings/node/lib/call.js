// A call by name: what comes out, and what the C function needs besides, is made.
'use strict';

const { raw } = require('./library.js');
const { bytes, kindOfC } = require('./arrays.js');
const { pointee, size, unpack } = require('./structs.js');
const { check, refuse } = require('./status.js');
const { HEADS } = require('./verbs.js');
const { Bytes, formFor, named, typeOf, valuesOf } = require('./arguments.js');
const { measure } = require('./sizes.js');

class Call {
  constructor(verb, given, bound) {
    this.verb = verb;
    this.named = named(verb, given, bound);
    const type = typeOf(verb, this.named);
    this.entry = verb.entries[type];
    if (!this.entry) throw new TypeError(`${verb.name}: no function for ${type}`);
    this.values = valuesOf(verb, this.entry, this.named);
    measure(verb, type, this.values);
  }

  run() {
    const { entry, verb } = this;
    this.prepare();
    const answer = this.once();
    if (entry.returns === 'lgt_status') check(answer, verb.name);
    else if (entry.returns !== 'void') return answer;
    return this.results();
  }

  once() {
    const args = this.verb.args.map(({ name, isPointer }) => {
      const value = this.values[name];
      return isPointer ? value?.data ?? null : value;
    });
    return raw[this.entry.name](...args);
  }

  miss(key) {
    throw new TypeError(`${this.verb.name}: ${key} is missing`);
  }

  /** Makes what is written, and sees that arrays are as long as the library takes them to be. */
  prepare() {
    const { verb, values } = this;
    const { makes } = verb;
    if (makes?.isStruct) values[makes.name] = { data: bytes(size(pointee(makes.c))), length: 1 };
    else if (makes) this.room(makes.name, 'size', verb.size);
    if (verb.takesScratch) this.room('scratch', 'scratch_size', verb.scratch);
    // Outputs that were asked for, or that the library does not do without; else the first.
    const isFree = ({ name }) => values[name] === undefined;
    const wanted = verb.outputs.filter(({ key, extent }) => this.named[key] ?? !extent?.isOptional);
    if (!wanted.length && verb.outputs.every(isFree)) wanted.push(...verb.outputs.slice(0, 1));
    wanted.filter(isFree).forEach((arg) => this.make(arg));
    for (const { name, key, isPointer } of verb.args) {
      if (!isPointer && values[name] === undefined) this.miss(key);
    }
    for (const { name, key, extent } of verb.args) {
      if (!extent || !values[name]) continue;
      const [length, wanted] = [values[name].length, extent.of(values)];
      if (length >= wanted) continue;
      refuse('LGT_E_SIZE', verb.name, `${key} has the length ${length}, not ${wanted || 'that of its kind'}`);
    }
  }

  make({ name, key, extent, isStruct, index }) {
    const { values, verb } = this;
    // How many numbers of a state there are is in its head, where no array says it.
    if (extent?.bare === 'count' && values.state) values.count ??= HEADS.param(values.state);
    // Whole rows: a mask may pick more columns than there are.
    const whole = extent?.stride ? extent.rows.of(values) * values[extent.stride] : 0;
    const length = extent ? Math.max(extent.of(values), whole) : NaN;
    if (!(length >= 0)) throw new TypeError(`${verb.name}: give ${key}, or what says its length`);
    const c = pointee(this.entry.args[index].c);
    const kind = kindOfC(c);
    const data = kind ? new kind.Type(length) : bytes(isStruct ? size(c) * length : length);
    values[name] = { data, length, made: true };
  }

  /** Bytes whose size is given, or asked for: scratch, states, models. */
  room(name, sizeName, sizer) {
    const { values } = this;
    if (values[name]) return;
    const length = values[sizeName] ?? (sizer ? this.asked(sizer) : this.miss(name));
    values[name] = { data: bytes(length), length };
    values[sizeName] = length;
  }

  /** How many bytes `sizer` says, of what this call and its state were given. */
  asked(sizer) {
    const { values } = this;
    const given = Object.values(values).find((value) => value?.owner?.given)?.owner.given ?? {};
    const answer = new BigUint64Array(1);
    const args = sizer.args.map(({ name, key, isPointer }) => {
      if (name === 'bytes') return answer;
      const value = values[name] ?? given[name] ?? this.named[key];
      if (isPointer) return value?.data ?? null;
      if (name === 'dims' && values.layer) return HEADS.dims(values.layer);
      return value ?? this.miss(key);
    });
    check(raw[sizer.entries[''].name](...args), this.verb.name);
    return Number(answer[0]);
  }

  /** The one thing that was made, or all by name. */
  results() {
    const { values, verb } = this;
    const made = verb.outputs.filter(({ name }) => values[name]?.made);
    const results = made.map((arg) => [arg.key, result(arg, values[arg.name].data)]);
    if (verb.makes) {
      results.unshift([verb.makes.key, new Bytes(values[verb.makes.name].data, { ...values })]);
    }
    return results.length > 1 ? Object.fromEntries(results) : results[0]?.[1];
  }
}

function result({ c, extent, isStruct }, data) {
  const list = isStruct ? unpack(pointee(c), data) : data;
  if (extent.kind !== 'one') return list;
  return typeof list[0] === 'bigint' ? Number(list[0]) : list[0];
}

/** What `verb` makes of arguments; `bound` are some by name. */
const invoke = (verb, given, bound = {}) => new Call(formFor(verb, given), given, bound).run();

module.exports = { invoke };
