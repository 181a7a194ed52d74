// How near an answer must be to what is recorded: tests/calls.md says it.
'use strict';

const assert = require('node:assert');
const { isPointer, read, unpacked, value } = require('./replay.js');

const toleranceOf = (name) => (/_(f32|f16|bf16)$/.test(name) ? 1e-6 : 1e-12);

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

module.exports = { agrees, blockAgrees, near, sameBytes, toleranceOf };
