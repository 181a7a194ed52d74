//! The probabilities of a row that is already in scratch, all but the label's, and the
//! row's loss: what every linear map has in common.
//!
//! The label's exponential is kept out of the sum, so that what is missing of its
//! probability to 1 is not a difference, however near to 1 it is.

use crate::math::exp::Scale;
use crate::simd::{Elem, Io, Lanes, Real};

/// What a row comes to.
#[derive(Clone, Copy)]
pub struct Terms {
    /// Its loss; not finite if the map is not.
    pub loss: f64,
    /// What its exponentials are multiplied by to be probabilities.
    pub share: f64,
    /// The probability of the label.
    pub own: f64,
    /// That of all others.
    pub miss: f64,
}

impl Terms {
    /// Of a row that has no probabilities.
    pub const NONE: Terms = Terms { loss: f64::INFINITY, share: 0.0, own: 0.0, miss: 0.0 };
}

/// Turns `n` mapped logits, of which `top` is the largest, into exponentials, 0 at the
/// label.
///
/// # Safety
/// `u` is writable for `n` values, whole vectors, -inf where there is none; `label < n`.
#[inline(always)]
pub unsafe fn exponentials<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    u: *mut T,
    n: usize,
    label: usize,
    top: T,
) -> Terms {
    if !top.to_f64().is_finite() {
        return Terms::NONE;
    }
    let lanes = <S as Lanes<T>>::N;
    let plan = Scale::new(1.0).shifted(top);
    let mut total = s.wide_zero();
    // SAFETY: the caller vouches for the row and the label.
    unsafe {
        let behind = top.to_f64() - (*u.add(label)).to_f64();
        *u.add(label) = T::NEG_INFINITY;
        let mut at = 0;
        while at < n {
            let mut sum = s.splat(T::ZERO);
            let mut left = 8;
            while left > 0 && at < n {
                let d = plan.difference::<T, S>(s, s.get(u.add(at)));
                let e = plan.eval_or_zero::<T, S>(s, d);
                s.put(u.add(at), e);
                sum = s.add(sum, e);
                at += lanes;
                left -= 1;
            }
            total = s.wide_add(total, sum);
        }
        let rest = plan.lower(s.wide_sum(total));
        let own = libm::exp(-behind);
        let sum = rest + own;
        let small = own > 0.25 * rest;
        let loss = if small { libm::log1p(rest / own) } else { behind + libm::log(sum) };
        Terms { loss, share: plan.lower(1.0 / sum), own: own / sum, miss: rest / sum }
    }
}
