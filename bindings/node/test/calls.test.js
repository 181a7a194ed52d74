// Every function of the library, called with what tests/calls.json says, answers what is
// recorded there, at every level of this machine.
'use strict';

const assert = require('node:assert');
const path = require('node:path');
const test = require('node:test');
const { constants, raw } = require('logitude');
const { blockAgrees, toleranceOf } = require('./compare.js');
const { replay, steps } = require('./replay.js');

const root = path.join(__dirname, '../../..');
const calls = require(path.join(root, 'tests/calls.json'));
const api = require(path.join(root, 'include/logitude/api.json'));
const names = api.functions.map(({ name }) => name).sort();

/** What of a line is not as recorded. */
function* wrong(line) {
  const tolerance = toleranceOf(line.function);
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
  assert.deepStrictEqual([...called].sort(), names);
  assert.deepStrictEqual(Object.keys(raw).sort(), names);
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
