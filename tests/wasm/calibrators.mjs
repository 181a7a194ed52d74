// Fits of every kind to data that all types hold as it is. What they should find was
// computed elsewhere: minima by scipy and Newton steps of numpy, blocks by scikit-learn,
// thresholds and sets by numpy.

import { Worst, equal, test } from "./check.mjs";
import { CONSTANT, DTYPES, STATUS, fromBits, layout, toBits } from "./library.mjs";
import { F64 } from "./numbers.mjs";

/** Sixteenths, and whether each was a hit. */
const SCORES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15].map((s) => s / 16);
const HITS = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1];

const LOGITS = [
  [2, 0, -1], [1, 0.5, 0], [-1, 0, 2], [2, 1, 1.5], [0, 1, -2], [1, 0, 0.25],
  [0.5, 2, 0], [0, -1, 1], [-2, 0.5, 1], [1, 3, 0], [0.75, -1, -0.5], [0, 1, 1.25],
];
const CLASSES = [0, 1, 2, 0, 1, 2, 1, 0, 2, 0, 0, 1];
const [ROWS, COLS] = [LOGITS.length, 3];

/** Platt's calibration: targets, slope and intercept, mean loss. */
const PLATT = [
  ["PLAIN", [3.9749069235972017, -1.775105402492192], 0.5632511205653609],
  ["SMOOTHED", [2.9723542058591246, -1.287754089716509], 0.6105548093912048],
];
const BETA = [0.9306052571499713, 0.7022984215704825, 0.39802595805986657];
const BETA_LOSS = 0.5501313038908485;
const ASKED = [0, 0.25, 0.3125, 0.40625, 0.5, 0.71875, 0.96875];
const ISOTONIC = [0, 1 / 3, 1 / 3, 1 / 2, 2 / 3, 2 / 3, 1];
const TEMPERATURE = 1.0273783982618103;
const [NLL, NLL_OF_TEMPERATURE] = [0.8042877485287486, 0.804137268906498];
/** With squares that cost 0.01: scales, biases, the loss, what the second row becomes. */
const VECTOR = [
  1.5360869065488283, 0.7320684759856985, 0.9080956585000624,
  -0.02917556374632362, 0.20413679643109406, -0.17496123268477057,
];
const VECTOR_LOSS = 0.7539017108112486;
const SECOND = [0.633742259599593, 0.2483656443694944, 0.11789209603091269];
/** Of miscoverage 1 / 4: the threshold, and the set of each row as bits. */
const SETS = [
  ["LAC", 0.74331336446127, [1, 3, 4, 5, 3, 5, 2, 4, 6, 2, 1, 6]],
  ["APS", 0.8612772852384977, [1, 3, 4, 5, 2, 5, 2, 4, 4, 2, 1, 6]],
];

const HEAD = layout("lgt_model_head").size;
const ROOM = 1 << 14;

/** Numbers in memory as this type stores them, and back. */
const put = (lib, dtype, x) => lib.put(dtype.Array, x.map((v) => toBits(dtype, v)));
const get = (lib, dtype, at, n) =>
  Array.from(lib.view(dtype.Array, at, n), (v) => fromBits(dtype, v));

/** Parameters behind the head of a model. */
const parameters = (lib, model, n) => Array.from(lib.view(Float64Array, model + HEAD, n));

/** What is fitted, within the bounds of fits; it is remembered. */
function close(worst, dtype, got, wanted, what, bound = dtype.acc === F64 ? 1e-8 : 1e-6) {
  worst.found.push(...got);
  wanted.forEach((value, i) => {
    const limit = bound * Math.max(1, Math.abs(value));
    worst.see(Math.abs(got[i] - value), limit, () => `${what} ${i}: ${got[i]}`);
  });
}

/** Probabilities: what is stored is rounded to its type. */
function stored(worst, dtype, got, wanted, what) {
  const half = dtype.store === dtype.acc ? 0 : dtype.store.ulp(1) / 2;
  close(worst, dtype, got, wanted, what, half + (dtype.acc === F64 ? 1e-8 : 1e-6));
}

const logistic = (u) => 1 / (1 + Math.exp(-u));

/** Calls the functions of a family, of this type where they have one; each must succeed. */
function family(lib, dtype, name) {
  return (verb, ...args) => {
    const call = `lgt_${name}_${verb}`;
    const f = lib.exports[`${call}_${dtype.name}`] ?? lib.exports[call];
    equal(f(...args), STATUS.LGT_OK, call);
  };
}

function ofScores(lib, dtype, worst) {
  lib.clear();
  const [x, hits] = [put(lib, dtype, SCORES), lib.put(Uint8Array, HITS)];
  const [y, model] = [lib.allot(8 * SCORES.length), lib.allot(ROOM)];
  const data = [x, 1, hits, CONSTANT.LGT_U8, 0, SCORES.length];
  const applied = (call, from, n) => {
    call("apply", model, from, 1, y, 1, n);
    return get(lib, dtype, y, n);
  };

  const platt = family(lib, dtype, "platt");
  for (const [targets, [a, b], loss] of PLATT) {
    const opts = lib.options("lgt_platt_opts", { targets: CONSTANT[`LGT_PLATT_${targets}`] });
    platt("fit", model, ...data, opts);
    const found = lib.struct("lgt_platt_model", model);
    close(worst, dtype, [found.a, found.b, found.nll_after], [a, b, loss], `platt ${targets}`);
    const wanted = SCORES.map((s) => logistic(a * s + b));
    stored(worst, dtype, applied(platt, x, SCORES.length), wanted, "platt");
  }

  const beta = family(lib, dtype, "beta");
  beta("fit", model, ...data, 0);
  const found = lib.struct("lgt_beta_model", model);
  const [a, b, c] = BETA;
  close(worst, dtype, [found.a, found.b, found.c, found.nll_after], [a, b, c, BETA_LOSS], "beta");
  const wanted = SCORES.map((s) => logistic(a * Math.log(s) - b * Math.log1p(-s) + c));
  stored(worst, dtype, applied(beta, x, SCORES.length), wanted, "beta");

  const isotonic = family(lib, dtype, "isotonic");
  isotonic("fit", model, ROOM, ...data, 0, lib.allot(ROOM), ROOM);
  const values = applied(isotonic, put(lib, dtype, ASKED), ASKED.length);
  stored(worst, dtype, values, ISOTONIC, "isotonic");
}

function ofLogits(lib, dtype, worst) {
  lib.clear();
  const [x, labels] = [put(lib, dtype, LOGITS.flat()), lib.put(Int32Array, CLASSES)];
  const [y, model, scratch] = [lib.allot(8 * ROWS * COLS), lib.allot(ROOM), lib.allot(ROOM)];
  const data = [x, COLS, labels, CONSTANT.LGT_I32, 0, ROWS, COLS];

  const temperature = family(lib, dtype, "temperature");
  temperature("fit", model, ...data, 0);
  const found = lib.struct("lgt_temperature_model", model);
  const { temperature: t, nll_before: before, nll_after: after } = found;
  close(worst, dtype, [t, before, after], [TEMPERATURE, NLL, NLL_OF_TEMPERATURE], "temperature");

  const vector = family(lib, dtype, "vector_scaling");
  const costs = lib.options("lgt_matrix_search_opts", { diagonal: 0.01, bias: 0.01 });
  vector("fit", model, ROOM, ...data, costs, scratch, ROOM);
  close(worst, dtype, parameters(lib, model, 2 * COLS), VECTOR, "vector scaling");
  const { nll_before, nll_after } = lib.struct("lgt_model_head", model);
  close(worst, dtype, [nll_before, nll_after], [NLL, VECTOR_LOSS], "loss of vector scaling");
  vector("apply", model, x, COLS, y, COLS, ROWS, COLS);
  stored(worst, dtype, get(lib, dtype, y, 2 * COLS).slice(COLS), SECOND, "vector scaling, row 1");
}

function sets(lib, dtype, worst) {
  const conformal = family(lib, dtype, "conformal");
  for (const [method, threshold, wanted] of SETS) {
    lib.clear();
    const [x, labels] = [put(lib, dtype, LOGITS.flat()), lib.put(Int32Array, CLASSES)];
    const [model, scratch] = [lib.allot(ROOM), lib.allot(ROOM)];
    const [scores, masks] = [lib.allot(8 * ROWS), lib.allot(8 * ROWS)];
    const opts = lib.options("lgt_conformal_opts", { method: CONSTANT[`LGT_CONFORMAL_${method}`] });
    conformal("scores", x, COLS, labels, CONSTANT.LGT_I32, 0, scores, ROWS, COLS, opts);
    conformal("fit", model, ROOM, scores, 0, CONSTANT.LGT_I32, ROWS, 0, 0.25, opts, 0, 0);
    close(worst, dtype, parameters(lib, model, 6).slice(5), [threshold], method);
    conformal("sets", model, x, COLS, 0, 0, masks, 1, 0, ROWS, COLS, scratch, ROOM);
    const found = Array.from(lib.view(BigUint64Array, masks, ROWS), Number);
    equal(found.join(), wanted.join(), `sets of ${method}`);
  }
}

/** Bytes that are no model, and data that is none. */
function refused(lib) {
  lib.clear();
  const { lgt_platt_fit_f32: fit, lgt_platt_apply_f32: apply } = lib.exports;
  const [model, y] = [lib.allot(64), lib.put(Float32Array, [9])];
  const [x, hits] = [lib.put(Float32Array, [NaN, 1]), lib.put(Uint8Array, [0, 1])];
  lib.view(Uint8Array, model, 64).fill(0xa5);
  equal(fit(model, x, 1, hits, CONSTANT.LGT_U8, 0, 2, 0), STATUS.LGT_E_VALUE, "NaN");
  equal(lib.view(Uint8Array, model, 64).every((byte) => byte === 0xa5), true, "model");
  equal(lib.exports.lgt_model_check(model, 64), STATUS.LGT_E_STATE, "check");
  equal(apply(model, x, 1, y, 1, 1), STATUS.LGT_E_STATE, "apply");
  equal(lib.view(Float32Array, y, 1)[0], 9, "output");
}

const KINDS = { "of scores": ofScores, "of logits": ofLogits, "of sets": sets };

export function calibrators(levels) {
  for (const dtype of Object.values(DTYPES)) {
    for (const [what, f] of Object.entries(KINDS)) {
      const found = levels.map(({ name, use }) => {
        const worst = Object.assign(new Worst(), { found: [] });
        test(`calibrators ${what} ${dtype.name} on ${name}`, () => {
          f(use(), dtype, worst);
          worst.settle();
        });
        return worst.found;
      });
      test(`calibrators ${what} ${dtype.name}: the two modules agree`, () => {
        const [portable, simd, again] = found;
        equal(again.join(), portable.join(), "the plain code of both");
        const worst = Object.assign(new Worst(), { found: [] });
        close(worst, dtype, simd, portable, "number");
        worst.settle();
      });
    }
  }
  for (const { name, use } of levels) test(`models refused on ${name}`, () => refused(use()));
}
