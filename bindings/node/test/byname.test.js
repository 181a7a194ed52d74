// Calls by name: every function makes what the recorded call wrote.
'use strict';

const assert = require('node:assert');
const path = require('node:path');
const test = require('node:test');
const lg = require('logitude');
const { kindOfC } = require('logitude/lib/arrays.js');
const { camel, pointee } = require('logitude/lib/structs.js');
const { verbs } = require('logitude/lib/verbs.js');
const { agrees, sameBytes, toleranceOf } = require('./compare.js');
const { place, unpacked, value } = require('./replay.js');

const calls = require(path.join(__dirname, '../../../tests/calls.json'));
process.removeAllListeners('warning');

const byFunction = new Map();
for (const verb of [...verbs.values()].flatMap((each) => [each, each.ofIntegers ?? []].flat())) {
  for (const [dtype, entry] of Object.entries(verb.entries)) byFunction.set(entry.name, { verb, dtype });
}
/** What sizes of scratch depend on and no argument says. */
const UNSAID = {
  lgt_matrix_loss_update: { form: 1, classes: 3 }, lgt_ranking_update: { longest: 3 },
  lgt_spherical_layer_check: { rows: 3 },
};

/** The arguments of a line by name: what goes in as arrays, what comes out as `true`. */
function named({ verb, dtype }, line, memory) {
  const given = { ...(dtype ? { dtype } : {}), ...UNSAID[`lgt_${verb.stem}`] };
  verb.args.forEach((arg, i) => {
    const written = line.args[i];
    const isScratch = /^(scratch|scratch_size)$/.test(arg.name) && verb.scratch;
    if (arg === verb.makes || isScratch || (arg.name === 'size' && verb.size)) return;
    if (!Array.isArray(written)) given[arg.key] = value(written, memory);
    else if (verb.outputs.includes(arg) && !('before' in line.memory[written[0]])) given[arg.key] = true;
    else given[arg.key] = arrayOf(written, memory);
  });
  return given;
}

function arrayOf([at, offset], memory) {
  const { type, n, room, step } = memory[at];
  const { Type } = kindOfC(type) ?? { Type: Uint8Array };
  const length = Type === Uint8Array ? n * step : n;
  return new Type(room.buffer, offset * step, length - offset);
}

/** The numbers of what came out, in the order of fields; undefined what is not shown. */
function flat(c, result) {
  const { fields } = lg.structs[c] ?? {};
  if (!fields) return [{ c, number: result }];
  return fields.flatMap((field) => flat(field.c, result?.[camel(field.name)]));
}

function outputAgrees(block, c, result, tolerance) {
  if (!block.after) return true;
  if (block.type === 'bytes') {
    const bytes = (result.bytes ?? result).slice();
    return sameBytes(bytes, unpacked(block.after).subarray(0, bytes.length), block.near ?? [], tolerance);
  }
  if (result.bytes) return true; // Models in structs: the methods of their classes read these.
  const items = Array.isArray(result) || ArrayBuffer.isView(result) ? Array.from(result) : [result];
  const numbers = items.flatMap((item) => flat(c, item));
  assert.strictEqual(numbers.length, block.after.length);
  return numbers.every(({ c: each, number }, i) =>
    number === undefined || agrees(number, block.after[i], each, tolerance));
}

function* wrong(line) {
  const found = byFunction.get(line.function);
  const { verb } = found;
  const memory = place(line);
  const given = named(found, line, memory);
  const Class = Object.values(lg).find((each) => each.family === verb.family);
  const result = verb.verb === 'init' ? new Class(given) : lg[verb.name](given);
  if (!('returns' in line) || typeof result === 'string') return;
  const outputs = verb.args.filter((arg) => arg === verb.makes || given[arg.key] === true);
  for (const arg of outputs) {
    const block = line.memory[line.args[verb.args.indexOf(arg)]?.[0]];
    const made = outputs.length > 1 ? result[arg.key] : result;
    const c = block?.type === 'bytes' ? 'bytes' : pointee(found.verb.entries[found.dtype].args[verb.args.indexOf(arg)].c);
    if (block && !outputAgrees(block, c, made, toleranceOf(line.function))) {
      yield `${line.function}: ${arg.key}`;
    }
  }
}

test('every function by name makes what is recorded', () => {
  lg.raw.lgt_cpu_set_level(lg.constants.LGT_LEVEL_PORTABLE);
  const found = [];
  for (const line of calls) {
    try {
      found.push(...wrong(line));
    } catch (error) {
      found.push(`${line.function}: ${error.message}`);
    }
  }
  assert.deepStrictEqual(found, []);
});
