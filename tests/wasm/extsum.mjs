// Sums of exponentials: rows in two shards, summed apart and merged, against the
// rows in one piece, and both against the definition.

import { Worst, equal, test } from "./check.mjs";
import { DTYPES, STATUS, fromBits, toBits } from "./library.mjs";
import { F64, Rng, sum } from "./numbers.mjs";
import { State } from "./states.mjs";
import { FAMILIES, bound, makeRow, show } from "./transforms.mjs";
import { softmaxRow } from "./truth.mjs";

/** A sum of a call, relative, and for each call or merge more. */
const SUM = (dtype) => (dtype.acc === F64 ? 6e-16 : 3e-7);
const MORE = 1.2e-16;
/** Its logarithm, relative to the larger of 1 and itself. */
const LOG = 6e-16;

/** Powers past this are documented to count as this. */
const FAR = 1.2e308 / 3;

function makeCase(rng, dtype, family, cols) {
  const rows = Array.from({ length: 1 + rng.below(3) }, () => makeRow(family, rng, dtype, cols));
  const scale = rng.pick([1, 1, 0.1, 3, 1 / 7]);
  const truth = rows.map((x) => softmaxRow(x, scale));
  const status = truth.some((t) => t.empty) ? STATUS.LGT_EMPTY_ROW : STATUS.LGT_OK;
  return { rows, cols, scale, truth, status, left: rng.below(cols + 1) };
}

/** The rows in memory, states of them, and what can be done with them. */
class Sums {
  constructor(lib, dtype, c) {
    lib.clear();
    Object.assign(this, { lib, dtype, c, count: c.rows.length });
    this.x = lib.put(dtype.Array, c.rows.flat().map((v) => toBits(dtype, v)));
    this.opts = lib.options("lgt_softmax_opts", { scale: c.scale });
  }

  address(base, column) {
    return base + column * this.dtype.Array.BYTES_PER_ELEMENT;
  }

  /** A state of the columns from `start` to `end`. */
  of(start, end) {
    const { lib, dtype, c, count, opts } = this;
    const state = new State(lib, "extsum", [count]);
    const from = this.address(this.x, start);
    const verb = `update_${dtype.name}`;
    equal(state.call(verb, state.at, from, c.cols, count, end - start, opts), 0, "update");
    return state;
  }

  logs(state) {
    const { lib, c, count } = this;
    const lse = lib.allot(8 * count);
    equal(state.call("lse", state.at, lse), c.status, "status of lse");
    return Array.from(lib.view(Float64Array, lse, count));
  }

  /** The shares, piece by piece. */
  shares(state, ends) {
    const { lib, dtype, c, count, opts } = this;
    const y = lib.put(dtype.Array, new Array(count * c.cols).fill(toBits(dtype, 7)));
    let start = 0;
    for (const end of ends) {
      const [from, to] = [this.x, y].map((base) => this.address(base, start));
      const args = [from, c.cols, to, c.cols, count, end - start, opts];
      equal(state.call(`scale_${dtype.name}`, state.at, ...args), c.status, "status of scale");
      start = end;
    }
    return Array.from(lib.view(dtype.Array, y, count * c.cols), (v) => fromBits(dtype, v));
  }
}

/** `got` against an exact logarithm, two doubles, of a sum made by some calls. */
function compareLog(dtype, got, exact, calls, worst, place) {
  if (!Number.isFinite(exact.hi)) return equal(got, exact.hi, place());
  const { hi, lo } = sum(got, -exact.hi);
  const limit = SUM(dtype) + MORE * calls + LOG * Math.max(1, Math.abs(exact.hi));
  worst.see(Math.abs(hi + (lo - exact.lo)), limit, place);
}

/** Mantissas and exponents of the merged sums against those of one piece. */
function compareSums(lib, dtype, c, [merged, whole], worst) {
  const words = [merged, whole].map((state) => lib.view(Float64Array, state.at, state.size / 8));
  c.rows.forEach((row, r) => {
    const [m, e, wanted, exponent] = words.flatMap((w) => [w[2 + 2 * r], w[3 + 2 * r]]);
    const place = () => `sum, ${c.left} and the rest of ${show(row, c.scale)}`;
    if (!Number.isFinite(c.truth[r].lse.hi)) {
      equal(m, wanted, place());
      return equal(e, exponent, place());
    }
    worst.see(Math.abs((m * 2 ** (e - exponent)) / wanted - 1), 2 * SUM(dtype) + 2 * MORE, place);
  });
}

function compareShares(dtype, c, out, calls, worst) {
  // Sums in double are as exact as the shares, so their roundings show.
  const more = dtype.acc === F64 ? 0.5 * calls : 0;
  c.truth.forEach((truth, r) => {
    truth.shares.forEach((exact, i) => {
      const limit = bound(dtype, "softmax", exact.hi) + more;
      const error = dtype.store.error(out[r * c.cols + i], exact);
      worst.see(error, limit, () => `share ${i}, ${show(c.rows[r], c.scale)}`);
    });
  });
}

function shards(lib, dtype) {
  const rng = new Rng(14);
  const worst = new Worst();
  for (const cols of [1, 2, 3, 4, 5, 9, 16, 17, 33, 70, 150, 1000]) {
    for (const family of Object.keys(FAMILIES)) {
      const c = makeCase(rng, dtype, family, cols);
      if (c.rows.flat().some((v) => Number.isFinite(v) && Math.abs(v) > FAR)) continue;
      const sums = new Sums(lib, dtype, c);
      const whole = sums.of(0, cols);
      const [merged, again] = [sums.of(0, c.left), sums.of(0, c.left)];
      const right = sums.of(c.left, cols);
      equal(merged.call("merge", merged.at, right.at), 0, "merge");
      equal(right.call("merge", right.at, again.at), 0, "merge");
      equal(merged.bytes(), right.bytes(), "the bytes of two orders");
      compareSums(lib, dtype, c, [merged, whole], worst);
      for (const [state, calls] of [[whole, 1], [merged, 3]]) {
        sums.logs(state).forEach((got, r) => {
          const place = () => `lse of ${calls} calls, ${show(c.rows[r], c.scale)}`;
          compareLog(dtype, got, c.truth[r].lse, calls, worst, place);
        });
        compareShares(dtype, c, sums.shares(state, [c.left, cols]), calls, worst);
      }
    }
  }
  worst.settle();
}

export function extsums(levels) {
  for (const { name, use } of levels) {
    for (const dtype of Object.values(DTYPES)) {
      test(`extsum ${dtype.name} on ${name}: two shards are one`, () => shards(use(), dtype));
    }
  }
}
