// Logitude for Node: every function of the C library under its name in camelCase, every
// state and model as a class, and the C functions themselves as `raw`.
'use strict';

const { constants, raw, structs } = require('./lib/library.js');
const { BF16Array, F16Array } = require('./lib/arrays.js');
const { LogitudeError } = require('./lib/status.js');
const { verbs } = require('./lib/verbs.js');
const { invoke } = require('./lib/call.js');
const { classes, modelOf } = require('./lib/classes.js');

const functions = {};
for (const verb of verbs.values()) {
  if (verb.verb === 'init') continue; // The constructor of its class.
  functions[verb.name] = verb.makes
    ? (...given) => modelOf(invoke(verb, given))
    : (...given) => invoke(verb, given);
}

module.exports = {
  ...functions, ...classes, raw, constants, structs, BF16Array, F16Array, LogitudeError,
};
