// A class for each family that makes something: states, searches and layers, by `init`, and
// models, by `fit`. Methods are the verbs that take it.
'use strict';

const { constants, raw, structs } = require('./library.js');
const { bytes } = require('./arrays.js');
const { Bytes } = require('./arguments.js');
const { invoke } = require('./call.js');
const { camel, pascal, unpack } = require('./structs.js');
const { check, refuse } = require('./status.js');
const { verbs } = require('./verbs.js');

/** An object of a class, without its constructor, which would start it anew. */
const born = (Class, data, given) => Reflect.construct(Bytes, [data, given], Class);

function copied(data) {
  const room = bytes(data.length);
  room.set(data);
  return room;
}

/** What any of them can do. */
class Owned extends Bytes {
  toBytes() {
    return this.bytes.slice();
  }

  clone() {
    return born(this.constructor, copied(this.bytes), this.given);
  }

  /** From bytes of `toBytes`, which are checked: states and models only. */
  static fromBytes(given) {
    const { family, kind } = this;
    if (!kind) throw new TypeError(`${this.name} cannot be read from bytes`);
    const room = copied(given);
    const [code, length] = [new Uint32Array(1), new BigUint64Array(1)];
    check(raw[`lgt_${kind}_check`](room, room.length), this.name);
    if (kind === 'state') {
      check(raw.lgt_state_kind(room, room.length, code), this.name);
    } else check(raw.lgt_model_size(room, room.length, code, length, null), this.name);
    if (code[0] !== constants[`LGT_${kind.toUpperCase()}_${family.toUpperCase()}`]) {
      refuse('LGT_E_MISMATCH', this.name, 'the bytes are those of something else');
    }
    return born(this, room);
  }
}

class State extends Owned {
  /** Adds what `other`, of the same kind and parameters, has seen. */
  merge(other) {
    const [mine, theirs] = [this.bytes, other.bytes];
    check(raw.lgt_state_merge(mine, mine.length, theirs, theirs.length), 'merge');
    return this;
  }

  /** Forgets all that was seen. */
  reset() {
    check(raw.lgt_state_reset(this.bytes, this.bytes.length), 'reset');
    return this;
  }
}

class Model extends Owned {
  /** The model that a fit makes. */
  static fit(...given) {
    return modelOf(invoke(verbs.get(`${this.family}_fit`), given));
  }
}

/** What a fit made, with the model as the object that it is, without the room that it did not
 * need. */
function modelOf(fitted) {
  const model = fitted instanceof Bytes ? fitted : fitted.model;
  const head = new DataView(model.bytes.buffer, model.bytes.byteOffset, 16);
  const data = copied(model.bytes.subarray(0, head.getUint32(8, true)));
  const made = born(classOfKind.get(head.getUint16(4, true)), data);
  return model === fitted ? made : { ...fitted, model: made };
}

const classes = {};
const classOfKind = new Map();

/** A class of this family; what `receiver` names, its methods take. */
function define(Base, family, receiver, kind) {
  const name = pascal(family);
  const Class = { [name]: class extends Base {} }[name];
  Object.assign(Class, { family, kind });
  classes[name] = Class;
  for (const verb of verbs.values()) {
    const takes = verb.family === family && verb.args.some((arg) => arg.name === receiver);
    if (!takes || verb.makes || verb.verb === '') continue;
    const method = camel(verb.verb);
    if (method in Base.prototype) continue;
    Class.prototype[method] = function (...given) {
      return invoke(verb, given, { [receiver]: this }) ?? this;
    };
  }
  return Class;
}

for (const { family, verb, makes } of verbs.values()) {
  if (verb !== 'init') continue;
  const isState = makes.role === 'state';
  const Base = isState ? State : Owned;
  const Made = class extends Base {
    constructor(...given) {
      const { bytes: data, given: sizes } = invoke(verbs.get(`${family}_init`), given);
      super(data, sizes);
    }
  };
  define(Made, family, makes.name, isState ? 'state' : undefined);
}
for (const [constant, kind] of Object.entries(constants)) {
  if (!constant.startsWith('LGT_MODEL_')) continue;
  const family = constant.slice('LGT_MODEL_'.length).toLowerCase();
  const Class = define(Model, family, 'model', 'model');
  classOfKind.set(kind, Class);
  const name = `lgt_${family}_model`;
  for (const field of structs[name]?.fields ?? []) {
    if (field.name === 'head') continue;
    const get = function () { return unpack(name, this.bytes)[0][camel(field.name)]; };
    Object.defineProperty(Class.prototype, camel(field.name), { get });
  }
}

module.exports = { classes, modelOf };
