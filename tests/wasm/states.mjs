// Metric states, the temperature fit, and bad input.

import { Worst, equal, test } from "./check.mjs";
import { CONSTANT, DTYPES, STATUS, fromBits, layout, toBits } from "./library.mjs";
import { F64, Rng } from "./numbers.mjs";
import * as truth from "./truth.mjs";

const BINS = 15;
const TOP = 3;

/** Label types: number, array. */
const LABELS = [
  [CONSTANT.LGT_U8, Uint8Array],
  [CONSTANT.LGT_I16, Int16Array],
  [CONSTANT.LGT_I32, Int32Array],
  [CONSTANT.LGT_U32, Uint32Array],
];

/** Rows as stored in this type, labels drawn from their softmax, weights. */
function makeData(rng, dtype, rows, cols, { probabilities = false, heat = 1 } = {}) {
  const data = { rows: [], labels: [], weights: [], cols };
  for (let r = 0; r < rows; r++) {
    const x = Array.from({ length: cols }, () => 2 * rng.normal());
    const shares = truth.softmaxRow(x).shares.map((s) => s.hi);
    let [draw, label] = [rng.unit(), 0];
    while (label < cols - 1 && draw >= shares[label]) draw -= shares[label++];
    const values = probabilities ? shares : x.map((v) => v * heat);
    data.rows.push(values.map((v) => dtype.store.nearest(v)));
    data.labels.push(label);
    data.weights.push(rng.pick([1, 1, 0.5, 2, 0, 1 / 4096]));
  }
  return data;
}

function slice(data, from, to) {
  const [rows, labels, weights] = ["rows", "labels", "weights"].map((k) => data[k].slice(from, to));
  return { rows, labels, weights, cols: data.cols };
}

/** Puts data into memory; the arguments from `x` to `cols`. */
function put(lib, dtype, data, [type, Labels]) {
  const stride = data.cols + 3;
  const x = new dtype.Array(data.rows.length * stride);
  data.rows.forEach((row, r) => x.set(row.map((v) => toBits(dtype, v)), r * stride));
  const labels = lib.put(Labels, data.labels);
  const weights = lib.put(dtype.Acc, data.weights);
  return [lib.put(dtype.Array, x), stride, labels, type, weights, data.rows.length, data.cols];
}

/** The four families: what they take, and what is compared with what. */
const METRICS = {
  nll: {
    param: [],
    probabilities: false,
    wanted: (data) => ({ nll: truth.nll(data) }),
    relative: (dtype) => (dtype.acc === F64 ? 1e-14 : 3e-7),
  },
  brier: {
    param: [],
    probabilities: true,
    wanted: (data) => ({ brier: truth.brier(data) }),
    relative: (dtype) => (dtype.acc === F64 ? 1e-15 : 5e-7),
  },
  accuracy: {
    param: [TOP],
    probabilities: true,
    wanted: (data) => ({ accuracy: truth.accuracy(data, TOP) }),
    relative: () => 2 ** -53,
  },
  ece_top_label: {
    param: [BINS],
    probabilities: true,
    wanted: (data, dtype) => truth.ece(data, BINS, (edge) => dtype.acc.nearest(edge)),
    // The reference is summed in doubles.
    relative: () => 1e-15 * BINS + 1e-12,
  },
};

export class State {
  constructor(lib, family, param) {
    Object.assign(this, { lib, family, exports: lib.exports });
    const bytes = lib.allot(4);
    equal(this.call("size", ...param, bytes), 0, "size");
    this.size = lib.view(Uint32Array, bytes, 1)[0];
    this.at = lib.allot(this.size);
    equal(this.call("init", this.at, this.size, ...param), 0, "init");
  }

  call(verb, ...args) {
    return this.exports[`lgt_${this.family}_${verb}`](...args);
  }

  update(dtype, data, labels) {
    const status = this.call(`update_${dtype.name}`, this.at, ...put(this.lib, dtype, data, labels));
    equal(status, 0, "update");
    return this;
  }

  finish() {
    const name = `lgt_${this.family}_report`;
    const report = this.lib.allot(layout(name).size);
    this.status = this.call("finish", this.at, report);
    return this.lib.struct(name, report);
  }

  bytes() {
    return this.lib.view(Uint8Array, this.at, this.size).slice().join();
  }
}

function metric(lib, family, dtype, worst) {
  const { param, probabilities, wanted, relative } = METRICS[family];
  const rng = new Rng(5);
  for (const cols of [1, 2, 3, 4, 5, 10, 16, 17, 33, 100, 150]) {
    lib.clear();
    const data = makeData(rng, dtype, 40, cols, { probabilities });
    const labels = rng.pick(LABELS);
    const state = new State(lib, family, param).update(dtype, data, labels);
    const report = state.finish();
    equal(state.status, 0, "finish");
    equal(report.weight, data.weights.reduce((a, b) => a + b), "weight");
    for (const [field, value] of Object.entries(wanted(data, dtype))) {
      const bound = relative(dtype) * Math.abs(value);
      worst.see(Math.abs(report[field] - value), bound, () => `${field}, ${cols} columns`);
    }
    const parts = [slice(data, 23, 40), slice(data, 0, 23)];
    const [a, b] = parts.map((part) => new State(lib, family, param).update(dtype, part, labels));
    equal(lib.exports.lgt_state_merge(a.at, a.size, b.at, b.size), 0, "merge");
    equal(a.bytes(), state.bytes(), "the bytes of two parts, merged");
  }
}

/** A NaN makes the mean NaN and is counted; a label at -inf costs +inf. */
function corners(lib, dtype) {
  const report = (row) => {
    lib.clear();
    const data = { rows: [[0, 1, 2, 3, 4], row], labels: [0, 1], weights: [1, 1], cols: 5 };
    return new State(lib, "nll", []).update(dtype, data, LABELS[0]).finish();
  };
  const nan = report([1, 2, NaN, 4, 5]);
  equal(nan.nan_rows, 1, "nan_rows");
  equal(nan.nll, NaN, "nll");
  const masked = report([1, -Infinity, 3, 4, 5]);
  equal(masked.infinite_rows, 1, "infinite_rows");
  equal(masked.nll, Infinity, "nll");
}

function temperature(lib, dtype, worst) {
  const rng = new Rng(7);
  const bound = dtype.acc === F64 ? 1e-8 : 1e-6;
  for (const [cols, heat] of [[2, 0.5], [10, 2.5], [37, 1.5], [100, 4]]) {
    lib.clear();
    const data = makeData(rng, dtype, 200, cols, { heat });
    const model = lib.allot(layout("lgt_temperature_model").size);
    const args = put(lib, dtype, data, rng.pick(LABELS));
    equal(lib.exports[`lgt_temperature_fit_${dtype.name}`](model, ...args, 0), 0, "fit");
    const fit = lib.struct("lgt_temperature_model", model);
    const exact = truth.temperature(data, 0.01, 100);
    worst.see(Math.abs(fit.temperature / exact - 1), bound, () => `T of ${cols} columns`);
    const before = truth.nll(data);
    worst.see(Math.abs(fit.nll_before / before - 1), 3e-7, () => "nll_before");

    const [x, stride] = args;
    const y = lib.allot(data.rows.length * cols * dtype.Array.BYTES_PER_ELEMENT);
    const apply = lib.exports[`lgt_temperature_apply_${dtype.name}`];
    equal(apply(model, x, stride, y, cols, data.rows.length, cols), 0, "apply");
    const out = lib.view(dtype.Array, y, data.rows.length * cols);
    data.rows.forEach((row, r) => {
      truth.softmaxRow(row, 1 / fit.temperature).shares.forEach((share, c) => {
        const ulps = (7 * dtype.acc.ulp(share.hi)) / dtype.store.ulp(share.hi);
        const limit = dtype.store === dtype.acc ? ulps : ulps + 0.5;
        const error = dtype.store.error(fromBits(dtype, out[r * cols + c]), share);
        worst.see(error, limit, () => `share ${c} of row ${r}, ${cols} columns`);
      });
    });
  }
}

/** Bad input has a status of its own and leaves the output as it was. */
function refused(lib) {
  lib.clear();
  const x = lib.put(Float32Array, [1, 2, 3, 4, 5, 6]);
  const y = lib.put(Float32Array, [9, 9, 9, 9, 9, 9]);
  const { lgt_softmax_f32: softmax, lgt_nll_init: init, lgt_nll_update_f32: update } = lib.exports;
  const nan = lib.options("lgt_softmax_opts", { scale: NaN });
  const flag = lib.options("lgt_softmax_opts", { flags: 2 });
  equal(softmax(0, 3, y, 3, 0, 2, 3, 0), STATUS.LGT_E_NULL, "null");
  equal(softmax(x, 2, y, 3, 0, 2, 3, 0), STATUS.LGT_E_STRIDE, "stride");
  equal(softmax(x, 3, x + 4, 3, 0, 2, 3, 0), STATUS.LGT_E_ALIAS, "alias");
  equal(softmax(x, 2 ** 30, y, 3, 0, 9, 3, 0), STATUS.LGT_E_SIZE, "past 32 bits");
  equal(softmax(x, 3, y, 3, 0, 2, 3, nan), STATUS.LGT_E_VALUE, "scale");
  equal(softmax(x, 3, y, 3, 0, 2, 3, flag), STATUS.LGT_E_OPTION, "flag");
  equal(lib.view(Float32Array, y, 6).join(), "9,9,9,9,9,9", "output");
  equal(lib.view(Float32Array, x, 6).join(), "1,2,3,4,5,6", "input");

  const state = new State(lib, "nll", []);
  equal(init(state.at + 4, state.size), STATUS.LGT_E_STATE, "alignment");
  equal(init(state.at, state.size - 1), STATUS.LGT_E_SIZE, "size");
  const before = state.bytes();
  const label = lib.put(Int32Array, [2, 3]);
  const args = [x, 3, label, CONSTANT.LGT_I32, 0, 2, 3];
  equal(update(state.at, ...args), STATUS.LGT_E_LABEL, "label");
  equal(state.bytes(), before, "state");
}

export function states(levels) {
  for (const { name, use } of levels) {
    for (const dtype of Object.values(DTYPES)) {
      for (const family of Object.keys(METRICS)) {
        test(`${family} ${dtype.name} on ${name}`, () => {
          const worst = new Worst();
          metric(use(), family, dtype, worst);
          worst.settle();
        });
      }
      test(`nll ${dtype.name} on ${name}: corners`, () => corners(use(), dtype));
      test(`temperature ${dtype.name} on ${name}`, () => {
        const worst = new Worst();
        temperature(use(), dtype, worst);
        worst.settle();
      });
    }
    test(`bad input on ${name}`, () => refused(use()));
  }
}
