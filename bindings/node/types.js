// Prints index.d.ts, what TypeScript reads: node types.js, in the package put together.
'use strict';

const { constants, table } = require('./lib/library.js');
const { kindOfC } = require('./lib/arrays.js');
const { classes } = require('./lib/classes.js');
const { camel, pascal, pointee } = require('./lib/structs.js');
const { verbs } = require('./lib/verbs.js');

const typeName = (struct) => pascal(struct.slice('lgt_'.length));
const summary = (doc, indent = '') => {
  const first = doc.split('\n\n')[0].split('\n').join(`\n${indent} * `).replaceAll('*/', '* /');
  return `${indent}/** ${first} */\n`;
};

const scalar = (c) => (c === 'const char *' ? 'string' : c === 'uint64_t' ? 'number | bigint' : 'number');
const array = (c) => kindOfC(c)?.Type.name ?? 'Uint8Array';

/** What may be given for an argument. */
function given({ c, isData, isPointer, isStruct, role }) {
  if (!isPointer) return scalar(c);
  if (role === 'state' || role === 'model') return 'Bytes | null';
  if (isData) return 'A | Rows | null';
  const name = pointee(c);
  if (isStruct) return `${typeName(name)} | ${typeName(name)}[] | Uint8Array | null`;
  if (name === 'void') return 'Integers | Bytes | Uint8Array | null';
  return `${array(name)}${/^(float|double)$/.test(name) ? ' | Floats' : ''} | Rows | null`;
}

/** What an output is, when it is made. */
function made({ c, extent, isData, isStruct }) {
  const one = extent?.kind === 'one';
  const name = pointee(c);
  if (isStruct) return `${typeName(name)}${one ? '' : '[]'}`;
  if (one) return 'number';
  if (isData) return 'A';
  return name === 'float' ? 'Float32Array | Float64Array' : array(name);
}

/** The interface of what a verb may be given by name. */
function interfaceOf(verb) {
  const members = [...verb.keys].map((key) => {
    const arg = verb.args.find((each) => each.key === key);
    const type = arg ? given(arg) : key === 'dtype' ? "'f32' | 'f64' | 'f16' | 'bf16'" : 'number';
    return `  ${key}?: ${type}${verb.outputs.includes(arg) ? ' | true' : ''};`;
  });
  return `interface ${namedBy(verb)}<A> {\n${members.join('\n')}\n}\n`;
}

const namedBy = (verb) => `${pascal(verb.stem)}Named`;

/** Any argument by place may be the object of those by name. */
function signature(verb, receiver) {
  const generic = verb.entries.f32 ? '<A extends Floats = Float64Array>' : '';
  const named = `${namedBy(verb)}<${generic ? 'A' : 'never'}>`;
  const inputs = verb.inputs.filter(({ name }) => name !== receiver);
  const places = inputs.map((arg) => `${arg.key}?: ${given(arg)} | ${named}`);
  return `${generic}(${[...places, `named?: ${named}`].join(', ')}): ${answer(verb, receiver)}`;
}

function answer(verb, receiver) {
  const { returns } = Object.values(verb.entries)[0];
  if (returns !== 'lgt_status' && returns !== 'void') return scalar(returns);
  const outputs = verb.outputs.filter(({ name }) => name !== receiver);
  if (verb.makes) return outputs.length ? 'any' : modelOf(verb);
  if (outputs.length < 2) return outputs[0] ? made(outputs[0]) : receiver ? 'this' : 'void';
  const all = outputs.map((arg) => `${arg.key}?: ${made(arg)}`).join('; ');
  return `(${made(outputs[0])}) & { ${all} }`;
}

const modelOf = ({ makes, family }) =>
  (makes.isStruct ? typeName(pointee(makes.c)).replace(/Model$/, '') : pascal(family));

const lines = [`// Generated from api.json by types.js; not to be edited.
// Of several outputs, the first alone comes as it is; others make it an object of all made.

export type Floats = Float32Array | Float64Array | F16Array | BF16Array;
export type Rows = ArrayLike<number> | ArrayLike<number>[];
export type Integers = Int8Array | Int16Array | Int32Array | BigInt64Array | Uint8Array
  | Uint16Array | Uint32Array | BigUint64Array | Rows;

declare class HalfArray extends Uint16Array {
  static fromNumbers<T>(this: new (...given: any[]) => T, numbers: Iterable<number>): T;
  toNumbers(): Float32Array;
}
export class F16Array extends HalfArray {}
export class BF16Array extends HalfArray {}

export class LogitudeError extends Error {
  status: number;
  code: string;
}

/** A state, a model or a search. */
export class Bytes {
  bytes: Uint8Array;
  toBytes(): Uint8Array;
  clone(): this;
  static fromBytes<T>(this: new (...given: any[]) => T, bytes: Uint8Array): T;
}

export const raw: Record<string, (...given: any[]) => any>;
export const structs: Record<string, { fields: { name: string; c: string }[]; type: unknown }>;
export const constants: {
${Object.keys(constants).map((name) => `  ${name}: number;`).join('\n')}
};
`];

for (const { name, fields, doc } of table.structs) {
  const shown = fields.map((field) => {
    const type = table.structs.some((each) => each.name === field.c) ? typeName(field.c)
      : field.c.endsWith('*') || field.c === 'lgt_run' ? 'any' : 'number';
    return `${summary(field.doc, '  ')}  ${camel(field.name)}?: ${type};`;
  });
  lines.push(`${summary(doc)}export interface ${typeName(name)} {\n${shown.join('\n')}\n}\n`);
}
for (const [name, Class] of Object.entries(classes)) {
  const init = verbs.get(`${Class.family}_init`);
  const fit = verbs.get(`${Class.family}_fit`);
  const members = [];
  if (init) members.push(`constructor${signature(init).replace(/\): [^:]*$/, ')')};`);
  if (fit) members.push(`static fit${signature(fit)};`);
  if (Class.kind === 'state') members.push('merge(other: this): this;', 'reset(): this;');
  for (const verb of verbs.values()) {
    const method = camel(verb.verb);
    if (verb.family !== Class.family || !Object.hasOwn(Class.prototype, method)) continue;
    const receiver = (init?.args[0] ?? { name: 'model' }).name;
    members.push(`${method}${signature(verb, receiver)};`);
  }
  for (const field of table.structs.find((each) => each.name === `lgt_${Class.family}_model`)?.fields ?? []) {
    if (field.name !== 'head') members.push(`readonly ${camel(field.name)}: number;`);
  }
  lines.push(`export class ${name} extends Bytes {\n  ${members.join('\n  ')}\n}\n`);
}
for (const verb of verbs.values()) {
  lines.push(interfaceOf(verb));
  if (verb.verb === 'init') continue; // The constructor of its class.
  lines.push(`${summary(verb.doc)}export function ${verb.name}${signature(verb)};\n`);
}
console.log(lines.join('\n'));
