// What should come out, from the definitions, in sums of two doubles.

import { add, dd, div, exp, log1p, minus, mul, product, sum } from "./numbers.mjs";

/** Shares, their logarithms and the logarithm of the sum of exp(scale * x). */
export function softmaxRow(x, scale = 1, emptyZero = false) {
  const same = (share, log, lse, empty) => ({
    shares: x.map(() => dd(share)),
    logs: x.map(() => dd(log)),
    lse: dd(lse),
    empty,
  });
  if (x.some(Number.isNaN)) return same(NaN, NaN, NaN, false);
  const max = Math.max(...x);
  if (max === -Infinity) {
    return emptyZero ? same(0, -Infinity, -Infinity, true) : same(NaN, NaN, -Infinity, true);
  }
  if (max === Infinity) {
    const count = dd(x.filter((v) => v === Infinity).length);
    const share = div(dd(1), count);
    const log = minus(log1p(add(count, dd(-1))));
    const pick = (high, low) => x.map((v) => (v === Infinity ? high : dd(low)));
    return { shares: pick(share, 0), logs: pick(log, -Infinity), lse: dd(Infinity), empty: false };
  }
  return finiteRow(x, max, scale);
}

function finiteRow(x, max, scale) {
  // Made small where differences or products would overflow.
  const huge = x.some((v) => Number.isFinite(v) && Math.abs(v) > 2 ** 900);
  const [down, up] = huge ? [2 ** -200, 2 ** 200] : [1, 1];
  const below = x.map((v) => {
    if (v === -Infinity) return dd(v);
    const d = mul(sum(v * down, -max * down), dd(scale));
    const hi = d.hi * up;
    return { hi, lo: Number.isFinite(hi) ? d.lo * up : 0 };
  });
  const exps = below.map(exp);
  // One of the largest is left out, to be the 1 of ln(1 + rest).
  const top = x.indexOf(max);
  const rest = exps.reduce((total, e, i) => (i === top ? total : add(total, e)), dd(0));
  const log = log1p(rest);
  const total = add(rest, dd(1));
  const logs = below.map((d) => (Number.isFinite(d.hi) ? add(d, minus(log)) : d));
  // A small exponential has lost digits that the logarithm still has.
  const shares = exps.map((e, i) => (e.hi > 1e-280 ? div(e, total) : exp(logs[i])));
  const lse = huge ? dd(max * scale) : add(product(max, scale), log);
  return { shares, logs, lse, empty: false };
}

const number = (a) => a.hi + a.lo;

/** Weighted mean of what `score` gives for each row; a weight of 0 leaves it out. */
function mean(data, score) {
  let [total, weight] = [dd(0), dd(0)];
  data.rows.forEach((x, r) => {
    const w = data.weights[r];
    if (w === 0) return;
    total = add(total, mul(dd(w), score(x, data.labels[r])));
    weight = add(weight, dd(w));
  });
  return number(div(total, weight));
}

export const nll = (data) => mean(data, (x, y) => minus(softmaxRow(x).logs[y]));

export const brier = (data) =>
  mean(data, (x, y) =>
    x.reduce((total, p, c) => {
      const d = sum(p, c === y ? -1 : 0);
      return add(total, mul(d, d));
    }, dd(0)),
  );

export const accuracy = (data, k) =>
  mean(data, (x, y) => {
    const before = x.filter((v, c) => v > x[y] || (v === x[y] && c < y)).length;
    return dd(before < k ? 1 : 0);
  });

/** ECE and MCE of the top label; bin edges are rounded by `nearest`. */
export function ece(data, count, nearest) {
  const bins = Array.from({ length: count }, () => ({ n: 0, confidence: 0, hits: 0 }));
  data.rows.forEach((x, r) => {
    const confidence = Math.max(...x);
    let k = 0;
    while (k < count - 1 && confidence > nearest((k + 1) / count)) k++;
    const [bin, w] = [bins[k], data.weights[r]];
    bin.n += w;
    bin.confidence += w * confidence;
    bin.hits += x.indexOf(confidence) === data.labels[r] ? w : 0;
  });
  const seen = bins.filter((bin) => bin.n > 0);
  const gaps = seen.map((bin) => Math.abs(bin.hits - bin.confidence));
  const weight = seen.reduce((total, bin) => total + bin.n, 0);
  return {
    ece: gaps.reduce((a, b) => a + b, 0) / weight,
    mce: Math.max(...gaps.map((gap, i) => gap / seen[i].n)),
  };
}

/** The temperature of least mean loss: the slope in 1 / T is halved to its root. */
export function temperature(data, least, largest) {
  const slope = (beta) =>
    data.rows.reduce((total, x, r) => {
      const max = Math.max(...x);
      const e = x.map((v) => Math.exp(beta * (v - max)));
      const all = e.reduce((a, b) => a + b, 0);
      const middle = e.reduce((a, b, c) => a + b * (x[c] - max), 0) / all;
      return total + data.weights[r] * (middle - (x[data.labels[r]] - max));
    }, 0);
  let [low, high] = [1 / largest, 1 / least];
  for (let i = 0; i < 200; i++) {
    const beta = Math.sqrt(low * high);
    if (slope(beta) > 0) high = beta;
    else low = beta;
  }
  return 1 / Math.sqrt(low * high);
}
