//! What is asked of a row when it is scored, one row at a time and by definition: for
//! the rows that lanes leave out.

use super::evaluate_terms::Terms;
use crate::rows::visit::LARGEST;
use crate::simd::{Elem, Real};

/// The label's rank, the predicted class, and the terms of the row; nothing if it has
/// no probabilities.
///
/// # Safety
/// `row` must be readable for `n` values, `label < n`.
#[inline(never)]
pub unsafe fn by_definition<E: Elem>(
    row: *const E,
    n: usize,
    label: usize,
    logits: bool,
) -> Option<(usize, usize, Terms)> {
    // SAFETY: the caller vouches for the row.
    let x = |i: usize| unsafe { *row.add(i) }.widen().to_f64();
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
    let terms = if logits {
        of_logits((0..n).map(x), own, x(best), second)
    } else {
        of_probabilities((0..n).map(x), own, x(best), second)
    };
    terms.map(|terms| (rank, best, terms))
}

/// Those of logits: relative to the largest, which is not NaN.
fn of_logits(
    row: impl Iterator<Item = f64> + Clone,
    own: f64,
    top: f64,
    second: f64,
) -> Option<Terms> {
    if top == f64::NEG_INFINITY {
        return None;
    }
    if top == f64::INFINITY {
        return Some(of_infinite(row.filter(|v| *v == top).count() as f64, own == top));
    }
    let e = |v: f64| libm::exp(v - top);
    // Of the largest and of the label one entry each is left out of a sum.
    let (mut total, mut squares, mut slope) = (-1.0, 0.0, 0.0);
    for v in row {
        total += e(v);
        squares += e(v) * e(v);
        slope += if e(v) > 0.0 { e(v) * (v - top) } else { 0.0 };
    }
    let log = libm::log1p(total);
    total += 1.0;
    let rest = total - e(own);
    Some(Terms {
        nll: (top - own) + log,
        brier: (rest * rest + (squares - e(own) * e(own)).max(0.0)) / (total * total),
        confidence: 1.0 / total,
        entropy: log - slope / total,
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
    row: impl Iterator<Item = f64> + Clone,
    own: f64,
    top: f64,
    second: f64,
) -> Option<Terms> {
    if top > LARGEST || row.clone().any(|p| p < 0.0) {
        return None;
    }
    let squares: f64 = row.clone().map(|p| p * p).sum();
    let entropy: f64 = row.map(|p| if p > 0.0 { -p * libm::log(p) } else { 0.0 }).sum();
    Some(Terms {
        nll: -libm::log(own),
        brier: (1.0 - own) * (1.0 - own) + (squares - own * own).max(0.0),
        confidence: top,
        entropy,
        margin: top - second.max(0.0),
    })
}
