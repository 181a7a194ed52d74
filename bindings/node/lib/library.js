// The C library and its table, api.json: every signature and every struct is made from the
// table, none is written out here.
'use strict';

const koffi = require('koffi');
const path = require('node:path');
const table = require('../api.json');

// LOGITUDE_LIBRARY names another build of the same version.
const FILE = { darwin: 'liblogitude.dylib', win32: 'logitude.dll' };
const file = process.env.LOGITUDE_LIBRARY ??
  path.join(__dirname, '..', FILE[process.platform] ?? 'liblogitude.so');
const library = koffi.load(file);

const scalars = { 'const char *': 'str' };
for (const { name, c } of table.aliases) scalars[name] = c;
for (const { name } of table.enums) scalars[name] = 'int';
for (const { name } of table.callbacks) scalars[name] = 'void *';

/** The type of koffi for a C type; pointers are addresses. */
const type = (c) => scalars[c] ?? (c.endsWith('*') ? 'void *' : c);

const declared = ({ name, returns, args }) =>
  library.func(name, type(returns), args.map(({ c }) => type(c)));

// Before all else is looked up: another version may lack a function.
const version = declared({ name: 'lgt_version', returns: 'const char *', args: [] })();
if (version !== table.version) {
  throw new Error(`${file} is version ${version} of logitude, not ${table.version}`);
}

/** Name of a struct -> its fields, and its type for koffi. */
const structs = {};
for (const { name, fields } of table.structs) {
  const types = Object.fromEntries(fields.map((field) => [field.name, type(field.c)]));
  structs[name] = { fields, type: koffi.struct(name, types) };
}

/** The C functions: numbers, and typed arrays or null for pointers. */
const raw = {};
for (const entry of table.functions) raw[entry.name] = declared(entry);

const valued = (list) => Object.fromEntries(list.map(({ name, value }) => [name, value]));
const statuses = valued(table.enums.find(({ name }) => name === 'lgt_status').values);
const constants = { ...valued(table.constants), ...statuses };

module.exports = { constants, koffi, raw, structs, table };
