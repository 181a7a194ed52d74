// Structs as objects whose keys are the names of their fields in camelCase.
'use strict';

const { koffi, raw, structs } = require('./library.js');
const { bytes, isTyped, kindOf, kindOfC, numbers } = require('./arrays.js');

/** t_min -> tMin. */
const camel = (name) => name.replace(/([a-z0-9])_([a-z])/g, (_, a, b) => a + b.toUpperCase());

/** t_min -> TMin. */
const pascal = (name) => camel(name).replace(/^[a-z]/, (x) => x.toUpperCase());

/** `const lgt_csr *` -> `lgt_csr`. */
const pointee = (c) => c.replace(/^const /, '').replace(/ \*$/, '');

const size = (name) => koffi.sizeof(structs[name].type);

/** Memory with these objects, as a pointer argument. What they leave out is as in the
 * defaults. `kept` gets what must live as long as the memory is in use. */
function pack(name, objects, where) {
  const room = bytes(size(name) * objects.length);
  const kept = [room];
  objects.forEach((object, i) => {
    const at = room.subarray(i * size(name), (i + 1) * size(name));
    koffi.encode(at, structs[name].type, fieldsOf(name, object, kept, where));
  });
  return { data: room, length: objects.length, kept };
}

function fieldsOf(name, object, kept, where) {
  const { fields } = structs[name];
  const values = defaults(name);
  const byKey = new Map(fields.map((field) => [camel(field.name), field]));
  for (const [key, value] of Object.entries(object)) {
    const field = byKey.get(key);
    if (!field) throw new TypeError(`${where}: ${camel(name)} has no field ${key}`);
    values[field.name] = field.c.endsWith('*') ? address(field, value, kept, where) : value;
    const code = `${field.name}_type`;
    if (field.c.endsWith('void *') && code in values && kindOf(kept.at(-1))) {
      if (!(camel(code) in object)) values[code] = kindOf(kept.at(-1)).code;
    }
  }
  return values;
}

function defaults(name) {
  const room = bytes(size(name));
  if (raw[`${name}_default`]) raw[`${name}_default`](room);
  const values = koffi.decode(room, structs[name].type);
  if ('struct_size' in values) values.struct_size = room.length;
  return values;
}

function address(field, value, kept, where) {
  if (value === null || value === undefined) return null;
  const name = pointee(field.c);
  const kind = kindOfC(name);
  // A list does not say its type, where C does not.
  const isClear = kind || isTyped(value);
  const made = structs[name] ? pack(name, [value], where) : isClear && numbers(value, kind?.Type);
  if (!made) throw new TypeError(`${where}: ${camel(field.name)} is no ${kind ? '' : 'typed '}array`);
  kept.push(...(made.kept ?? []), made.data);
  return koffi.address(made.data);
}

/** Objects of these bytes, without what only the library reads. */
function unpack(name, room) {
  const objects = [];
  for (let at = 0; at < room.length; at += size(name)) {
    objects.push(renamed(koffi.decode(room.subarray(at, at + size(name)), structs[name].type)));
  }
  return objects;
}

const renamed = (values) => Object.fromEntries(Object.entries(values)
  .filter(([key]) => key !== 'head' && key !== 'struct_size' && key !== 'reserved')
  .map(([key, value]) => [camel(key), value !== null && typeof value === 'object' ?
    renamed(value) : value]));

module.exports = { camel, pack, pascal, pointee, size, unpack };
