// How well is a network calibrated that reads handwritten digits, and how well after
// temperature scaling? node bindings/node/example.js, after `make node`.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const lg = require('logitude');

/** The numbers of an .npy file. */
function load(name, Type) {
  const file = fs.readFileSync(path.join(__dirname, '../../examples/data', name));
  const start = 10 + file.readUInt16LE(8);
  return new Type(file.buffer.slice(file.byteOffset + start, file.byteOffset + file.length));
}

const logits = load('digits_logits.npy', Float32Array);
const labels = load('digits_labels.npy', BigInt64Array);
const cols = 10;

/** Expected calibration error of probabilities, from one state a batch of 100 rows. */
function calibrationError(probs, truth) {
  const states = [];
  for (let row = 0; row < truth.length; row += 100) {
    const [some, their] = [probs.subarray(row * cols, (row + 100) * cols), truth.subarray(row, row + 100)];
    states.push(new lg.EceTopLabel(15).update(some, their));
  }
  return states.reduce((all, state) => all.merge(state)).finish().ece;
}

// The first half fits, the second judges.
const half = Math.floor(labels.length / 2);
const [held, fresh] = [logits.subarray(0, half * cols), logits.subarray(half * cols)];
const truth = labels.subarray(half);

const scaling = lg.Temperature.fit(held, labels.subarray(0, half));
const before = calibrationError(lg.softmax(fresh, { cols }), truth);
const after = calibrationError(scaling.apply(fresh, { cols }), truth);

console.log(`temperature ${scaling.temperature.toFixed(3)}`);
console.log(`calibration error ${before.toFixed(4)} before, ${after.toFixed(4)} after`);
