//! What is asked of a row when it is scored, one row at a time and by definition: for
//! the rows that lanes leave out.

use super::evaluate_terms::Terms;
use crate::math::sum::Sum;
use crate::rows::visit::LARGEST;

/// The label's rank, the predicted class, and the terms of a row of `n` values of which
/// the label is one; nothing if it has no probabilities.
#[inline(never)]
pub fn by_definition(
    x: &dyn Fn(usize) -> f64,
    n: usize,
    label: usize,
    logits: bool,
) -> Option<(usize, usize, Terms)> {
    let own = x(label);
    let (mut best, mut second, mut rank) = (0, f64::NEG_INFINITY, 0);
    for i in 0..n {
        let v = x(i);
        if v.is_nan() {
            return None;
        }
        rank += usize::from(v > own || (v == own && i < label));
        if v > x(best) {
            (best, second) = (i, x(best));
        } else if i > 0 {
            second = second.max(v);
        }
    }
    let row = (0..n).map(|i| (i, x(i)));
    let known = Known { label, own, best, top: x(best), second };
    let terms = if logits { of_logits(row, known) } else { of_probabilities(row, known) };
    terms.map(|terms| (rank, best, terms))
}

/// What is known of a row before its terms are summed.
struct Known {
    label: usize,
    own: f64,
    best: usize,
    top: f64,
    second: f64,
}

/// Those of logits: relative to the largest, which is not NaN.
fn of_logits(row: impl Iterator<Item = (usize, f64)>, known: Known) -> Option<Terms> {
    let Known { label, own, best, top, second } = known;
    if top == f64::NEG_INFINITY {
        return None;
    }
    if top == f64::INFINITY {
        return Some(of_infinite(row.filter(|(_, v)| *v == top).count() as f64, own == top));
    }
    let e = |v: f64| libm::exp(v - top);
    // Without the largest, which is 1, and without the label: beside them small sums
    // would be lost.
    let (mut rest, mut squares, mut slope) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
    for (i, v) in row.filter(|(i, _)| *i != best) {
        let e = e(v);
        slope = slope.plus(if e > 0.0 { e * (top - v) } else { 0.0 });
        if i != label {
            rest = rest.plus(e);
            squares = squares.plus(e * e);
        }
    }
    let (rest, squares, slope) = (rest.value(), squares.value(), slope.value());
    let of_best = if best == label { 0.0 } else { 1.0 };
    let below = if best == label { rest } else { rest + e(own) };
    let (total, log, miss) = (1.0 + below, libm::log1p(below), rest + of_best);
    Some(Terms {
        nll: (top - own) + log,
        brier: (miss * miss + (squares + of_best)) / (total * total),
        confidence: 1.0 / total,
        entropy: log + slope / total,
        margin: (1.0 - e(second)) / total,
    })
}

/// `count` entries of +inf share the mass.
pub fn of_infinite(count: f64, own: bool) -> Terms {
    let share = 1.0 / count;
    let miss = if own { 1.0 - share } else { 1.0 };
    let others = if own { count - 1.0 } else { count };
    Terms {
        nll: if own { libm::log(count) } else { f64::INFINITY },
        brier: miss * miss + others * share * share,
        confidence: share,
        entropy: libm::log(count),
        margin: if count > 1.0 { 0.0 } else { 1.0 },
    }
}

/// Those of probabilities.
fn of_probabilities(
    row: impl Iterator<Item = (usize, f64)> + Clone,
    known: Known,
) -> Option<Terms> {
    let Known { label, own, top, second, .. } = known;
    if top > LARGEST || row.clone().any(|(_, p)| p < 0.0) {
        return None;
    }
    let (mut squares, mut entropy) = (Sum::ZERO, Sum::ZERO);
    for (i, p) in row {
        squares = squares.plus(if i == label { 0.0 } else { p * p });
        entropy = entropy.plus(if p > 0.0 { -p * libm::log(p) } else { 0.0 });
    }
    let (squares, entropy) = (squares.value(), entropy.value());
    Some(Terms {
        nll: -libm::log(own),
        brier: (1.0 - own) * (1.0 - own) + squares,
        confidence: top,
        entropy,
        margin: top - second.max(0.0),
    })
}
