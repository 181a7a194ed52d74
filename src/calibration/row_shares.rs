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
    /// By how much the label's mapped logit is below the largest.
    behind: f64,
    /// The label's exponential and the sum of the others, relative to the largest.
    exponential: f64,
    rest: f64,
    /// What the row's exponentials are multiplied by to be probabilities; 0 if it has none.
    pub share: f64,
    /// The probability of the label.
    pub own: f64,
    /// That of all others.
    pub miss: f64,
}

impl Terms {
    /// Of a row that has no probabilities.
    pub const NONE: Terms = Terms {
        behind: f64::INFINITY,
        exponential: 0.0,
        rest: 0.0,
        share: 0.0,
        own: 0.0,
        miss: 0.0,
    };

    /// The row's loss; infinite if it has no probabilities.
    #[inline(never)]
    pub fn loss(&self) -> f64 {
        if self.exponential > 0.25 * self.rest {
            libm::log1p(self.rest / self.exponential)
        } else {
            self.behind + libm::log(self.rest + self.exponential)
        }
    }
}

/// Turns `n` mapped logits, of which `top` is the largest, into exponentials, 0 at the
/// label. The scale is that of 1.
///
/// # Safety
/// `u` is writable for `n` values, whole vectors, -inf where there is none; `label < n`.
#[inline(always)]
pub unsafe fn exponentials<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    (u, n): (*mut T, usize),
    label: usize,
    top: T,
    scale: &Scale<T>,
) -> Terms {
    if !top.to_f64().is_finite() {
        return Terms::NONE;
    }
    let lanes = <S as Lanes<T>>::N;
    let plan = scale.shifted(top);
    let mut total = s.wide_zero();
    // SAFETY: the caller vouches for the row and the label.
    unsafe {
        let own = *u.add(label);
        let of_own = plan.eval_or_zero::<T, S>(s, plan.difference::<T, S>(s, s.splat(own)));
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
        let exponential = plan.lower(s.reduce_max(of_own).to_f64());
        let sum = rest + exponential;
        Terms {
            behind: top.to_f64() - own.to_f64(),
            exponential,
            rest,
            share: plan.lower(1.0 / sum),
            own: exponential / sum,
            miss: rest / sum,
        }
    }
}
