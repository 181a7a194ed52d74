// Every function of the library, called with what tests/calls.json says, answers what is
// recorded there, at every level of this machine.
'use strict';

const assert = require('node:assert');
const path = require('node:path');
const test = require('node:test');
const { constants, raw } = require('logitude');
const { isPointer, read, replay, steps, unpacked, value } = require('./replay.js');

const root = path.join(__dirname, '../../..');
const calls = require(path.join(root, 'tests/calls.json'));
const api = require(path.join(root, 'include/logitude/api.json'));
const types = new Map(api.functions.map(({ name, dtype }) => [name, dtype]));

const near = (answer, recorded, tolerance) => Object.is(answer, recorded) ||
  answer === recorded || Math.abs(answer - recorded) <= tolerance * Math.max(1, Math.abs(recorded));

function agrees(number, recorded, c, tolerance) {
  if (recorded === null || isPointer(c)) return true;
  if (c === 'float' || c === 'double') return near(number, value(recorded), tolerance);
  if (c === 'lgt_f16' || c === 'lgt_bf16') return Math.abs(number - recorded) <= 1;
  return BigInt(number) === BigInt(recorded);
}

/** These words as doubles that are near, all others as they are. */
function sameBytes(room, recorded, words, tolerance) {
  const [answer, wanted] = [Buffer.from(room), Buffer.from(recorded)];
  for (let at = 0; at < wanted.length; at += 8) {
    if (answer.subarray(at, at + 8).equals(wanted.subarray(at, at + 8))) continue;
    if (!words.includes(at / 8)) return false;
    if (!near(answer.readDoubleLE(at), wanted.readDoubleLE(at), tolerance)) return false;
  }
  return true;
}

function blockAgrees(block, room, tolerance) {
  if (block.after === null) return true;
  const recorded = block.after ?? block.before;
  if (block.type === 'bytes') {
    const bytes = unpacked(recorded ?? [block.n]);
    assert.strictEqual(bytes.length, block.n);
    return sameBytes(room.room.subarray(0, block.n), bytes, block.near ?? [], tolerance);
  }
  return read(room).every(({ c, number }, i) => agrees(number, recorded ? recorded[i] : 0, c, tolerance));
}

/** What of a line is not as recorded. */
function* wrong(line) {
  const tolerance = [null, 'f64'].includes(types.get(line.function)) ? 1e-12 : 1e-6;
  const { answers, memory } = replay(line);
  let i = 0;
  for (const step of steps(line)) {
    const answer = answers[i++];
    if ('returns' in step && step.returns !== answer) yield `${step.function} returns ${answer}`;
  }
  for (const [at, block] of line.memory.entries()) {
    if (!blockAgrees(block, memory[at], tolerance)) yield `${line.function}, block ${at}`;
  }
}

test('every function has a call, and is there', () => {
  const called = new Set(calls.flatMap((line) => [...steps(line)].map((step) => step.function)));
  assert.deepStrictEqual([...called].sort(), [...types.keys()].sort());
  assert.deepStrictEqual(Object.keys(raw).sort(), [...types.keys()].sort());
});

for (const level of Object.keys(constants).filter((name) => name.startsWith('LGT_LEVEL_'))) {
  test(`answers are those recorded: ${level}`, (t) => {
    const before = raw.lgt_cpu_level();
    if (raw.lgt_cpu_set_level(constants[level])) return t.skip('not of this machine');
    const found = calls.flatMap((line) => [...wrong(line)]);
    raw.lgt_cpu_set_level(before);
    assert.deepStrictEqual(found, []);
  });
}
