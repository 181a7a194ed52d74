// What a call was given: by place and by name, as the C function of the right type takes it.
'use strict';

const { isTyped, kindOf, kindOfC, numbers } = require('./arrays.js');
const { pack, pointee, size } = require('./structs.js');

/** A state, a model or a search: bytes of the library, and what they were made with. */
class Bytes {
  constructor(data, given) {
    this.bytes = data;
    Object.defineProperty(this, 'given', { value: given, enumerable: false });
  }
}

const isPlain = (x) =>
  x !== null && typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype;

/** Arguments by name, from those by place and the object after them; `bound` are given. */
function named(verb, given, bound) {
  const rest = [...given];
  const inputs = verb.inputs.filter(({ key }) => !(key in bound));
  const last = rest.at(-1);
  const unknown = isPlain(last) ? Object.keys(last).find((key) => !verb.keys.has(key)) : undefined;
  const isNamed = isPlain(last) && unknown === undefined;
  if (isNamed) rest.pop();
  else if (unknown && !inputs[rest.length - 1]?.isStruct) {
    throw new TypeError(`${verb.name} has no argument ${unknown}`);
  }
  if (rest.length > inputs.length) throw new TypeError(`${verb.name}: too many arguments`);
  const placed = Object.fromEntries(rest.map((value, i) => [inputs[i].key, value]));
  return { ...placed, ...(isNamed ? last : {}), ...bound };
}

/** The form for integers, if that is what comes, or what is named is only its argument. */
function formFor(verb, given) {
  if (!verb.ofIntegers) return verb;
  const last = given.at(-1);
  const isNamed = isPlain(last) && Object.keys(last).some((key) => !verb.keys.has(key));
  const kind = kindOf(given.find(isTyped));
  return isNamed || /^[iu]/.test(kind?.name ?? '') ? verb.ofIntegers : verb;
}

/** The type of numbers of a call: that of its first typed array. */
function typeOf(verb, names) {
  if (!verb.entries.f32) return '';
  if (names.dtype) return names.dtype;
  const first = verb.args.find(({ isData, key }) => isData && isTyped(names[key]));
  const name = first ? kindOf(names[first.key])?.name : 'f64';
  if (!(name in verb.entries)) {
    throw new TypeError(`${verb.name}: no function for a ${names[first.key].constructor.name}`);
  }
  return name;
}

/** A pointer as { data, length }, with the shape of rows, and the state that it belongs to. */
function pointer(where, { key, isStruct, extent }, c, value) {
  if (value === null) return null;
  const owner = value instanceof Bytes ? value : undefined;
  const data = owner?.bytes ?? value;
  if (isTyped(data) && (owner || isStruct || extent?.isBytes)) {
    return { data, length: Math.floor(data.byteLength / (isStruct ? size(c) : 1)), owner };
  }
  if (isStruct) return pack(c, [value].flat(), where);
  const kind = kindOfC(c);
  const made = numbers(value, (kind ?? kindOfC('int32_t')).Type);
  if (!made) throw new TypeError(`${where}: ${key} is no array`);
  if (kind && kindOf(made.data) !== kind) {
    const came = made.data.constructor.name;
    throw new TypeError(`${where}: ${key} is a ${came}, not a ${kind.Type.name}`);
  }
  return made;
}

/** A number that C can have; those of 64 bits may be a BigInt. */
function number(where, { key, c }, value) {
  const isWhole = c !== 'float' && c !== 'double';
  const low = /^u|^size/.test(c) ? 0 : -Infinity;
  const high = c === 'uint32_t' ? 0xffffffff : Infinity;
  const isNumber = typeof value === 'number' || (isWhole && typeof value === 'bigint');
  if (!isNumber || (isWhole && !(Number(value) % 1 === 0 && value >= low && value <= high))) {
    throw new TypeError(`${where}: ${key} = ${value} is no ${c}`);
  }
  return c === 'uint64_t' ? value : Number(value);
}

/** Values by the names of C. */
function valuesOf(verb, entry, names) {
  const values = {};
  verb.args.forEach((arg, i) => {
    const value = names[arg.key];
    if (value === undefined || value === true) return;
    values[arg.name] = arg.isPointer
      ? pointer(verb.name, arg, pointee(entry.args[i].c), value)
      : number(verb.name, arg, value);
  });
  return values;
}

module.exports = { Bytes, formFor, named, typeOf, valuesOf };
