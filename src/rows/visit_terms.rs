//! From what a visit knows of rows to what is averaged over them, a lane a row.
//!
//! With `u = rest / own`: the loss is `ln(1 + u)`, the Brier score
//! `(rest^2 + squares) / total^2`, the entropy the loss less `slope / total`. Nothing
//! is subtracted from 1.

use crate::math::ln::{ln_plus, ln_small};
use crate::simd::{Each, Lanes, Real};

/// How many terms a row has: loss, Brier score, confidence, entropy, margin.
pub const TERMS: usize = 5;

/// What is known of logits: exponentials relative to anything that they share.
pub struct Known<V> {
    /// The sum of all but the label's.
    pub rest: V,
    /// The sum of their squares.
    pub squares: V,
    /// The sum of each times the distance of its logit from the label's.
    pub slope: V,
    /// The label's.
    pub own: V,
    /// The largest.
    pub top: V,
    /// The next.
    pub second: V,
}

/// The two largest, from those of the others and the label's.
#[inline(always)]
pub fn with_own<T: Real, S: Lanes<T>>(
    s: S,
    own: S::V,
    (top, second): (S::V, S::V),
) -> (S::V, S::V) {
    (s.max(top, own), s.max(second, s.min(top, own)))
}

/// The terms of logits.
#[inline(always)]
pub fn of_logits<T: Real, S: Each<T>>(
    s: S,
    known: &Known<<S as Lanes<T>>::V>,
) -> [<S as Lanes<T>>::V; TERMS] {
    let (zero, one) = (s.splat(T::ZERO), s.splat(T::ONE));
    let share = s.div(one, s.add(known.rest, known.own));
    let u = s.div(known.rest, known.own);
    let base = s.add(u, one);
    // To first order; `own * share` is 1 / base.
    let lost = s.mul(s.sub(u, s.sub(base, one)), s.mul(known.own, share));
    let nll = ln_plus::<T, S>(s, base, zero, lost);
    let (miss, squares) = (s.mul(known.rest, share), s.mul(known.squares, share));
    let brier = s.mul_add(squares, share, s.mul(miss, miss));
    let confidence = s.mul(known.top, share);
    let margin = s.mul(s.sub(known.top, known.second), share);
    let entropy = s.max(s.sub(nll, s.mul(known.slope, share)), zero);
    [nll, brier, confidence, entropy, s.max(margin, zero)]
}

/// The terms of probabilities: the label's, the sum of the squares of the others, the
/// sum of each of these times its logarithm, the two largest.
#[inline(always)]
pub fn of_probabilities<T: Real, S: Each<T>>(
    s: S,
    [own, squares, slope, top, second]: [<S as Lanes<T>>::V; 5],
) -> [<S as Lanes<T>>::V; TERMS] {
    let zero = s.splat(T::ZERO);
    let log = ln_small::<T, S>(s, own);
    let miss = s.sub(s.splat(T::ONE), own);
    let brier = s.mul_add(miss, miss, squares);
    let entropy = s.sub(zero, s.mul_add(own, log, slope));
    [s.sub(zero, log), brier, top, entropy, s.sub(top, second)]
}
