//! Sums of exponentials over a row, relative to its maximum.
//!
//! Entries equal to the maximum are counted, not summed: each is exactly 1, and
//! `log1p` of the rest keeps its relative accuracy where one entry has nearly
//! all the mass. That is what makes a small loss a correct small loss. The rest
//! is summed without subtracting the maximum (`math/exp.rs` says why).

use super::pass::{Pass, sum4, walk};
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Real, V, W};

/// `sum exp(scale * (x - max))`, as `ties + rest`.
#[derive(Clone, Copy, Debug)]
pub struct ExpSum {
    /// Entries equal to the maximum.
    pub ties: f64,
    /// The sum over the others.
    pub rest: f64,
}

impl ExpSum {
    /// The logarithm of the sum: at least 0.
    #[inline(always)]
    pub fn log(&self) -> f64 {
        if self.ties == 1.0 { libm::log1p(self.rest) } else { libm::log(self.ties + self.rest) }
    }
}

struct ExpSumPass<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    max: V<E, S>,
    ties: usize,
    sum: V<E, S>,
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> ExpSumPass<E, S> {
    /// The exponential, or 0 and a count for a tie.
    #[inline(always)]
    fn term(&mut self, s: S, v: V<E, S>) -> V<E, S> {
        let tie = s.eq(v, self.max);
        self.ties += s.bits(tie).count_ones() as usize;
        s.select(tie, s.splat(E::Acc::ZERO), self.plan.eval::<E, S>(s, v))
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for ExpSumPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.sum = s.add(self.sum, self.term(s, v));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], _: usize) {
        let terms = [self.term(s, a), self.term(s, b), self.term(s, c), self.term(s, d)];
        self.sum = s.add(self.sum, sum4::<E, S>(s, terms));
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.total = s.wide_add(self.total, self.sum);
        self.sum = s.splat(E::Acc::ZERO);
    }
}

/// The sum over `n` values whose maximum is `max` (finite). A NaN among them
/// makes it NaN.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn exp_sum<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
    max: E::Acc,
    scale: &Scale<E::Acc>,
) -> ExpSum {
    let plan = scale.direct(max);
    let zero = s.splat(E::Acc::ZERO);
    let mut pass =
        ExpSumPass::<E, S> { plan, max: s.splat(max), ties: 0, sum: zero, total: s.wide_zero() };
    // SAFETY: the caller vouches for the row.
    unsafe { walk(s, row, n, E::Acc::NEG_INFINITY, &mut pass) };
    // What the maximum itself came to: dividing by it makes the sum relative to
    // the maximum, without any difference having been rounded.
    let one = s.reduce_max(plan.eval::<E, S>(s, s.splat(max))).to_f64();
    let sum = s.wide_sum(pass.total);
    let rest = if plan.vanishes(sum, n) { 0.0 } else { sum / one };
    ExpSum { ties: pass.ties as f64, rest }
}
