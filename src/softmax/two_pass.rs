//! The two-pass algorithm: a sum held as mantissa and exponent, so that no maximum
//! is needed to keep it in range, and no guess either (M. Dukhan and A.
//! Ablavatski, "The Two-Pass Softmax Algorithm", 2020, algorithm 3).
//!
//! Every lane has a mantissa and an exponent; the exponent rises to that of the
//! largest of each four vectors, and the mantissa is brought down by as much. The
//! lanes meet in f64 every so often, which is what keeps long rows accurate.

use super::passes::Row;
use crate::math::exp::{ExpPlan, Scale, power_down};
use crate::math::sum::Sum;
use crate::rows::pass::{Pass, sum4, walk};
use crate::simd::{Elem, Io, Lanes, Real, V};

/// Times that a mantissa is added to before the lanes meet.
const ADDED: usize = 16;

/// A row's sum and the plan it is a sum of; `None` where an entry is NaN, infinite
/// or too large for an exponent to be exact, or where there is none above -inf.
///
/// # Safety
/// As [`Row`].
#[inline(always)]
pub unsafe fn sum<E: Elem, S: Io<E>>(
    s: S,
    row: Row<E>,
    scale: &Scale<E::Acc>,
) -> Option<(ExpPlan<E::Acc>, f64)> {
    let (mut mantissa, mut exponent) = (Sum::ZERO, -E::Acc::DIRECT);
    let vectors = if <S as Lanes<E::Acc>>::UNROLL { 4 } else { 1 };
    let each = ADDED * vectors * <S as Lanes<E::Acc>>::N;
    let mut at = 0;
    while at < row.n {
        // SAFETY: the block is part of the row, for which the caller vouches.
        let (m, e) = unsafe { block(s, row.part(at, each), scale) };
        let higher = if e > exponent { e } else { exponent };
        let step = |below: f64| power_down(below - higher);
        mantissa = mantissa.times(step(exponent)).plus(m * step(e));
        exponent = higher;
        at += each;
    }
    let (plan, mantissa) = (scale.at(exponent)?, mantissa.value());
    plan.fits(mantissa).then_some((plan, mantissa))
}

/// Mantissa and exponent of a block.
///
/// # Safety
/// As [`Row`].
#[inline(always)]
unsafe fn block<E: Elem, S: Io<E>>(s: S, row: Row<E>, scale: &Scale<E::Acc>) -> (f64, f64) {
    let least = s.splat(E::Acc::of(-E::Acc::DIRECT));
    let mut pass = ExtPass::<E, S> { scale, mantissa: s.splat(E::Acc::ZERO), exponent: least };
    // SAFETY: the caller vouches for the row.
    unsafe { walk(s, row.from, row.n, E::Acc::NEG_INFINITY, &mut pass) };
    let top = s.reduce_max(pass.exponent);
    pass.rise(s, s.splat(top));
    (s.wide_sum(s.wide_add(s.wide_zero(), pass.mantissa)), top.to_f64())
}

struct ExtPass<'a, E: Elem, S: Io<E>> {
    scale: &'a Scale<E::Acc>,
    mantissa: V<E, S>,
    exponent: V<E, S>,
}

impl<E: Elem, S: Io<E>> ExtPass<'_, E, S> {
    /// Brings the mantissas down to exponents that are no lower.
    #[inline(always)]
    fn rise(&mut self, s: S, to: V<E, S>) {
        let power = self.scale.powers::<E, S>(s, s.sub(self.exponent, to));
        self.mantissa = s.mul(self.mantissa, power);
        self.exponent = to;
    }

    /// Makes room for the exponential of `top`.
    #[inline(always)]
    fn admit(&mut self, s: S, top: V<E, S>) {
        let exponent = self.scale.exponents::<E, S>(s, top);
        self.rise(s, s.max(exponent, self.exponent));
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for ExtPass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.admit(s, v);
        let e = self.scale.eval_at::<E, S>(s, v, self.exponent);
        self.mantissa = s.add(self.mantissa, e);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], _: usize) {
        self.admit(s, s.max(s.max(a, b), s.max(c, d)));
        let (scale, k) = (self.scale, self.exponent);
        let (a, b) = (scale.eval_at::<E, S>(s, a, k), scale.eval_at::<E, S>(s, b, k));
        let (c, d) = (scale.eval_at::<E, S>(s, c, k), scale.eval_at::<E, S>(s, d, k));
        self.mantissa = s.add(self.mantissa, sum4::<E, S>(s, [a, b, c, d]));
    }
}
