// nDCG of queries of any length, against the definition.

import { Worst, equal, test } from "./check.mjs";
import { CONSTANT, STATUS } from "./library.mjs";
import { Rng } from "./numbers.mjs";

const DEPTH = 10;

/** Of documents in this order. */
const dcg = (grades) =>
  grades.slice(0, DEPTH).reduce((total, grade, i) => total + grade / Math.log2(i + 2), 0);

function ndcg(scores, grades) {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const ideal = dcg([...grades].sort((a, b) => b - a));
  return ideal > 0 ? dcg(order.map((i) => grades[i])) / ideal : NaN;
}

function queries(lib) {
  const rng = new Rng(21);
  const worst = new Worst();
  for (const cols of [1, 2, 5, 15, 16, 17, 40, 60, 200, 1000]) {
    lib.clear();
    // No two scores are equal.
    const scores = Array.from({ length: cols }, (_, i) => ((i * 7919) % 10007) / 8);
    const grades = scores.map(() => rng.below(5));
    const measure = lib.put(Uint32Array, [CONSTANT.LGT_RANKING_NDCG, DEPTH]);
    const size = 48 + 608;
    const [state, values] = [lib.allot(size), lib.allot(8)];
    const [x, y] = [lib.put(Float32Array, scores), lib.put(Int32Array, grades)];
    const scratch = [lib.allot(24 * cols + 8), 24 * cols + 8];
    equal(lib.exports.lgt_ranking_init(state, size, measure, 1, 0), STATUS.LGT_OK, "init");
    const labels = [y, cols, CONSTANT.LGT_I32];
    const rest = [0, 0, values, 1, cols, ...scratch];
    const status = lib.exports.lgt_ranking_update_f32(state, x, cols, ...labels, ...rest);
    equal(status, STATUS.LGT_OK, "update");
    const [got, wanted] = [lib.view(Float64Array, values, 1)[0], ndcg(scores, grades)];
    if (Number.isNaN(wanted)) equal(got, wanted, `${cols} documents`);
    else worst.see(Math.abs(got - wanted), 1e-14, () => `${cols} documents`);
  }
  worst.settle();
}

export function rankings(levels) {
  for (const { name, use } of levels) {
    test(`nDCG on ${name}: queries of any length`, () => queries(use()));
  }
}
