// Softmax, log-softmax and log-sum-exp: every length, layout and corner.

import { Worst, equal, test } from "./check.mjs";
import { CONSTANT, DTYPES, STATUS, fromBits, toBits } from "./library.mjs";
import { BF16, F16, F64, Rng } from "./numbers.mjs";
import { softmaxRow } from "./truth.mjs";

/** The documented bounds, in ulp of the type computed in. */
const ULPS = { softmax: 7, log_softmax: 5 };
export const LSE = (dtype) => (dtype.acc === F64 ? 6e-16 : 3e-7);
const SENTINEL = -777;

const ALGORITHMS = ["AUTO", "THREE_PASS_RELOAD", "THREE_PASS_RECOMPUTE", "ONLINE", "TWO_PASS"].map(
  (name) => CONSTANT[`LGT_SOFTMAX_${name}`],
);

export const FAMILIES = {
  normal: (rng) => () => rng.normal(),
  wide: (rng) => () => 30 * rng.normal(),
  "very wide": (rng) => () => 250 * rng.normal(),
  "nearly equal": (rng, _, base) => () => base + 1e-3 * rng.normal(),
  "far spike": (rng, _, base) => () => base + rng.pick([0, -40, -40, -40]) + rng.normal(),
  ties: (rng) => () => rng.below(3),
  "near 1e4": (rng) => () => 1e4 + rng.normal(),
  "near 1e6": (rng) => () => 1e6 + 3 * rng.normal(),
  huge: (rng, { store }) => () => 0.3 * store.max * rng.pick([1, -1, 0.999, 1e-30]),
  largest: (rng, { store }) => () => store.max * rng.pick([1, -1]),
  subnormal: (rng, { store }) => () => store.ulp(0) * rng.below(1000),
  masked: (rng) => () => rng.pick([3 * rng.normal(), -Infinity]),
  empty: () => () => -Infinity,
  infinite: (rng) => () => rng.pick([rng.normal(), rng.normal(), Infinity, -Infinity]),
  nan: (rng) => () => rng.pick([rng.normal(), rng.normal(), rng.normal(), NaN, Infinity]),
};

export function makeRow(family, rng, dtype, cols) {
  const one = FAMILIES[family](rng, dtype, 10 * rng.normal());
  return Array.from({ length: cols }, () => dtype.store.nearest(one()));
}

/** Where x and y lie in one array: apart, in place, or side by side as columns. */
function makeLayout(rng, rows, cols) {
  const [x, xStride] = [rng.below(32), cols + rng.below(5)];
  const kind = rng.below(3);
  if (kind === 0) {
    const [y, yStride] = [x + rows * xStride + rng.below(32), cols + rng.below(5)];
    return { x, xStride, y, yStride, size: y + rows * yStride + 8 };
  }
  if (kind === 1) return { x, xStride, y: x, yStride: xStride, size: x + rows * xStride + 8 };
  const right = x + cols + rng.below(3);
  const stride = 2 * (right - x) + rng.below(3);
  const [from, to] = rng.pick([[x, right], [right, x]]);
  return { x: from, xStride: stride, y: to, yStride: stride, size: right + rows * stride };
}

/** Rows with all that a call takes; the options given are not drawn. */
function caseOf(rng, rows, cols, given = {}) {
  const [scale, emptyZero] = [rng.pick([1, 1, 0.1, 3, 1 / 7]), rng.below(2) === 1];
  const truth = rows.map((x) => softmaxRow(x, scale, emptyZero));
  const flags = emptyZero ? CONSTANT.LGT_SOFTMAX_EMPTY_ZERO : 0;
  const drawn = { flags, scale, algorithm: rng.pick(ALGORITHMS), store: rng.below(3) };
  const status = truth.some((t) => t.empty) ? STATUS.LGT_EMPTY_ROW : STATUS.LGT_OK;
  const layout = makeLayout(rng, rows.length, cols);
  return { rows, cols, scale, truth, options: { ...drawn, ...given }, status, layout };
}

function makeCase(rng, dtype, family, cols, given) {
  const rows = Array.from({ length: rng.below(4) }, () => makeRow(family, rng, dtype, cols));
  return caseOf(rng, rows, cols, given);
}

/** Rows of any family among ordinary ones. */
function makeBatch(rng, dtype, count, cols, given) {
  const family = () => (rng.below(3) === 0 ? rng.pick(Object.keys(FAMILIES)) : "wide");
  const rows = Array.from({ length: count }, () => makeRow(family(), rng, dtype, cols));
  return caseOf(rng, rows, cols, given);
}

/** The same with one of its rows alone, and somewhere else. */
function alone(rng, c, r) {
  const [rows, truth] = [[c.rows[r]], [c.truth[r]]];
  const status = truth[0].empty ? STATUS.LGT_EMPTY_ROW : STATUS.LGT_OK;
  return { ...c, rows, truth, status, layout: makeLayout(rng, 1, c.cols) };
}

/** Calls a transform; everything but its output must stay as it was. */
function transform(lib, dtype, verb, c) {
  lib.clear();
  const { rows, cols, layout } = c;
  const data = new dtype.Array(layout.size).fill(toBits(dtype, SENTINEL));
  rows.forEach((row, r) => {
    data.set(row.map((v) => toBits(dtype, v)), layout.x + r * layout.xStride);
  });
  const at = lib.put(dtype.Array, data);
  const lse = lib.put(dtype.Acc, new Array(rows.length + 2).fill(SENTINEL));
  const options = lib.options("lgt_softmax_opts", c.options);
  const [size, accSize] = [dtype.Array, dtype.Acc].map((type) => type.BYTES_PER_ELEMENT);
  const [x, y] = [at + size * layout.x, at + size * layout.y];
  const status = lib.exports[`lgt_${verb}_${dtype.name}`](
    x, layout.xStride, y, layout.yStride, lse + accSize, rows.length, cols, options);
  equal(status, c.status, "status");

  const after = lib.view(dtype.Array, at, layout.size);
  const out = rows.map((_, r) => {
    const start = layout.y + r * layout.yStride;
    const values = Array.from(after.slice(start, start + cols), (v) => fromBits(dtype, v));
    data.set(after.subarray(start, start + cols), start);
    return values;
  });
  const outside = data.findIndex((v, i) => !Object.is(v, after[i]));
  equal(outside, -1, "written outside the output, at");
  const logs = Array.from(lib.view(dtype.Acc, lse, rows.length + 2));
  equal(logs.shift(), SENTINEL, "before lse");
  equal(logs.pop(), SENTINEL, "after lse");
  return { out, lse: logs };
}

function logsumexp(lib, dtype, c) {
  lib.clear();
  const x = lib.put(dtype.Array, c.rows.flat().map((v) => toBits(dtype, v)));
  const lse = lib.allot(dtype.Acc.BYTES_PER_ELEMENT * c.rows.length);
  const options = lib.options("lgt_softmax_opts", c.options);
  const status = lib.exports[`lgt_logsumexp_${dtype.name}`](
    x, c.cols, lse, c.rows.length, c.cols, options);
  equal(status, c.status, "status");
  return Array.from(lib.view(dtype.Acc, lse, c.rows.length));
}

/** In ulp of the stored type, and half a unit if storing rounds. */
export function bound(dtype, verb, exact) {
  if (!Number.isFinite(exact)) return 1;
  if (dtype.store === dtype.acc) return ULPS[verb];
  return 0.5 + (ULPS[verb] * dtype.acc.ulp(exact)) / dtype.store.ulp(exact);
}

export const show = (x, scale) => `${x.length} columns, scale ${scale}, [${x.slice(0, 8)} ..]`;

function compare(dtype, verb, c, out, worst) {
  const what = verb === "softmax" ? "shares" : "logs";
  out.forEach((row, r) => {
    row.forEach((got, i) => {
      const exact = c.truth[r][what][i];
      const limit = bound(dtype, verb, exact.hi);
      worst.see(dtype.store.error(got, exact), limit, () => show(c.rows[r], c.scale));
      const masked = what === "shares" && c.rows[r][i] === -Infinity && exact.hi === 0;
      if (masked) equal(got, 0, "the share of -inf");
    });
  });
}

function compareLse(dtype, c, lse, worst) {
  lse.forEach((got, r) => {
    const exact = c.truth[r].lse;
    const ulps = dtype.acc.error(got, exact);
    const top = Math.max(1, Math.abs(exact.hi), Math.abs(c.scale * Math.max(...c.rows[r])));
    const exactly = ulps === 0 || ulps === Infinity;
    const error = exactly ? ulps : (ulps * dtype.acc.ulp(exact.hi)) / top;
    worst.see(error, LSE(dtype), () => `lse, ${show(c.rows[r], c.scale)}`);
  });
}

/** Two results that each keep the bound are at most two of it apart. */
function compareModules(dtype, verb, c, one, other, worst) {
  one.forEach((row, r) => {
    row.forEach((got, i) => {
      const limit = 2 * bound(dtype, verb, other[r][i]);
      const exact = { hi: other[r][i], lo: 0 };
      worst.see(dtype.store.error(got, exact), limit, () => `modules, ${show(c.rows[r], c.scale)}`);
    });
  });
}

function everyLength(levels, dtype) {
  const rng = new Rng(1);
  const worst = Object.fromEntries([...levels.map((l) => l.name), "apart"].map((n) => [n, new Worst()]));
  for (let cols = 0; cols <= 200; cols++) {
    for (const family of Object.keys(FAMILIES)) {
      const c = makeCase(rng, dtype, family, cols);
      for (const verb of ["softmax", "log_softmax"]) {
        const outs = levels.map(({ name, use }) => {
          const { out, lse } = transform(use(), dtype, verb, c);
          compare(dtype, verb, c, out, worst[name]);
          compareLse(dtype, c, lse, worst[name]);
          return out;
        });
        compareModules(dtype, verb, c, outs[0], outs[1], worst.apart);
      }
      for (const { name, use } of levels) compareLse(dtype, c, logsumexp(use(), dtype, c), worst[name]);
    }
  }
  return worst;
}

/** A case by every verb, on one level. */
function within(lib, dtype, c, worst) {
  for (const verb of ["softmax", "log_softmax"]) {
    const { out, lse } = transform(lib, dtype, verb, c);
    compare(dtype, verb, c, out, worst);
    compareLse(dtype, c, lse, worst);
  }
  compareLse(dtype, c, logsumexp(lib, dtype, c), worst);
}

/** The sum by mantissa and exponent, asked for by its name. */
function twoPass(lib, dtype) {
  const rng = new Rng(11);
  const worst = new Worst();
  const given = { algorithm: CONSTANT.LGT_SOFTMAX_TWO_PASS };
  for (const cols of [1, 3, 4, 5, 15, 16, 17, 33, 70, 300, 1000]) {
    for (const family of Object.keys(FAMILIES)) {
      const c = makeCase(rng, dtype, family, cols, given);
      const { out, lse } = transform(lib, dtype, "softmax", c);
      compare(dtype, "softmax", c, out, worst);
      compareLse(dtype, c, lse, worst);
    }
  }
  worst.settle();
}

/** Short rows go many at once; each must come out as if it were alone. */
function shortRows(lib, dtype) {
  const rng = new Rng(12);
  const worst = new Worst();
  const given = { algorithm: CONSTANT.LGT_SOFTMAX_AUTO };
  for (const cols of [1, 2, 3, 4, 5, 10, 10, 10, 16, 17, 33, 64]) {
    for (const count of [1, 2, 3, 4, 5, 8, 9, 23, 43]) {
      const c = makeBatch(rng, dtype, count, cols, given);
      within(lib, dtype, c, worst);
      const logs = logsumexp(lib, dtype, c);
      for (const verb of ["softmax", "log_softmax"]) {
        const { out, lse } = transform(lib, dtype, verb, c);
        const r = rng.below(count);
        const one = alone(rng, c, r);
        const other = transform(lib, dtype, verb, one);
        const place = `row ${r} of ${count} by ${verb}, ${show(c.rows[r], c.scale)}`;
        other.out[0].forEach((wanted, i) => equal(out[r][i], wanted, `${i} of ${place}`));
        equal(lse[r], other.lse[0], `lse of ${place}`);
        equal(logs[r], logsumexp(lib, dtype, one)[0], `logsumexp of ${place}`);
      }
    }
  }
  worst.settle();
}

function longRows(lib, dtype) {
  const rng = new Rng(13);
  const worst = new Worst();
  for (const [count, cols] of [[9, 1000], [7, 1000], [6, 5000], [2, 5000]]) {
    for (const algorithm of ALGORITHMS) {
      within(lib, dtype, makeBatch(rng, dtype, count, cols, { algorithm }), worst);
    }
  }
  worst.settle();
}

/** Arrays that end where memory ends: one byte read or written past them traps. */
function atTheEnd(lib, dtype) {
  const size = dtype.Array.BYTES_PER_ELEMENT;
  const one = toBits(dtype, 1);
  for (let cols = 1; cols <= 70; cols++) {
    for (const rows of [1, 2, 4, 9]) {
      lib.clear();
      const count = rows * cols;
      const [apart, last] = [lib.allot(size * count), lib.end - size * count];
      const lse = lib.allot(8 * rows);
      for (const [x, y] of [[last, apart], [apart, last], [last, last]]) {
        for (const verb of ["softmax", "log_softmax"]) {
          lib.view(dtype.Array, x, count).fill(one);
          const call = lib.exports[`lgt_${verb}_${dtype.name}`];
          equal(call(x, cols, y, cols, lse, rows, cols, 0), 0, verb);
        }
      }
      lib.view(dtype.Array, last, count).fill(one);
      const call = lib.exports[`lgt_logsumexp_${dtype.name}`];
      equal(call(last, cols, lse, rows, cols, 0), 0, "logsumexp");
      const logs = lib.end - dtype.Acc.BYTES_PER_ELEMENT * rows;
      lib.view(dtype.Array, apart, count).fill(one);
      equal(call(apart, cols, logs, rows, cols, 0), 0, "logarithms at the end");
    }
  }
}

/**
 * Every number of 16 bits, in each place of a vector: alone it is its own lse. To
 * the last place in long rows; short ones have a logarithm of many at once.
 */
function everyHalf(lib, dtype, format) {
  const worst = new Worst();
  const [none, block] = [toBits(dtype, -Infinity), 4096];
  for (const cols of [1, 2, 3, 4, 5, 129, 130, 131, 132, 133]) {
    for (let first = 0; first < 65536; first += block) {
      lib.clear();
      const data = new Uint16Array(block * cols).fill(none);
      for (let r = 0; r < block; r++) data[r * cols + (r % cols)] = first + r;
      const x = lib.put(Uint16Array, data);
      const lse = lib.allot(4 * block);
      const status = lib.exports[`lgt_logsumexp_${dtype.name}`](x, cols, lse, block, cols, 0);
      const empty = first <= none && none < first + block;
      equal(status, empty ? STATUS.LGT_EMPTY_ROW : STATUS.LGT_OK, "status");
      lib.view(Float32Array, lse, block).forEach((got, r) => {
        const exact = format.decode(first + r);
        const place = () => `${first + r} of ${cols}`;
        if (!Number.isFinite(exact)) equal(got, exact, place());
        else {
          const near = LSE(dtype) * Math.max(1, Math.abs(exact));
          const limit = cols > 128 ? dtype.acc.ulp(exact) : near;
          worst.see(Math.abs(got - exact), limit, place);
        }
      });
    }
  }
  worst.settle();
}

export function transforms(levels) {
  for (const dtype of Object.values(DTYPES)) {
    let worst = {};
    test(`${dtype.name}: lengths 0 to 200, every family`, () => {
      worst = everyLength(levels, dtype);
    });
    for (const { name } of levels) {
      test(`${dtype.name} on ${name}: within the bounds`, () => worst[name].settle());
    }
    test(`${dtype.name}: the two modules agree`, () => worst.apart.settle());
    for (const { name, use } of levels) {
      test(`${dtype.name} on ${name}: nothing past the end`, () => atTheEnd(use(), dtype));
      test(`${dtype.name} on ${name}: two passes`, () => twoPass(use(), dtype));
      test(`${dtype.name} on ${name}: many short rows`, () => shortRows(use(), dtype));
      test(`${dtype.name} on ${name}: several long rows`, () => longRows(use(), dtype));
    }
  }
  for (const { name, use } of levels) {
    test(`f16 on ${name}: all 65536`, () => everyHalf(use(), DTYPES.f16, F16));
    test(`bf16 on ${name}: all 65536`, () => everyHalf(use(), DTYPES.bf16, BF16));
  }
}
