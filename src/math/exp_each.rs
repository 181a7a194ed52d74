//! `exp(scale * x)` relative to a reference a row, for as many rows as there are
//! lanes: direct plans (`exp.rs`), each lane its own.

use super::exp::Scale;
use crate::simd::{Elem, Io, Lanes, M, Places, Real, V};

/// The references of `N` rows.
#[derive(Clone, Copy)]
pub struct ExpEach<E: Elem, S: Io<E>> {
    /// The exponents taken out of the results.
    power: V<E, S>,
    /// What brings an entry to its power of two.
    magic: V<E, S>,
    /// Entries below this are flushed to it.
    floor: V<E, S>,
    /// Entries above this are cut to it, where that is asked for.
    ceiling: V<E, S>,
}

impl<E: Elem, S: Io<E>> ExpEach<E, S> {
    /// For rows of these maxima, and which of them it fits: those whose maximum is
    /// finite and small enough not to be subtracted.
    #[inline(always)]
    pub fn new(s: S, scale: &Scale<E::Acc>, max: V<E, S>) -> (Self, M<E, S>) {
        Self::lifted(s, scale, max, E::Acc::LIFT)
    }

    /// As [`Scale::near`]: for rows with these entries of their own, which of them it
    /// fits, and what the powers of two lack.
    #[inline(always)]
    pub fn near(s: S, scale: &Scale<E::Acc>, own: V<E, S>) -> (Self, M<E, S>, V<E, S>) {
        let (mut plan, fits) = Self::lifted(s, scale, own, 0.0);
        let (hi, lo, product) = scale.parts();
        let of = |x| s.splat(E::Acc::of(x));
        plan.floor = s.mul(s.sub(plan.power, of(E::Acc::SQUARE)), of(1.0 / product));
        let rest = s.fma(own, s.splat(hi), s.sub(s.splat(E::Acc::ZERO), plan.power));
        (plan, fits, s.mul_add(own, s.splat(lo), rest))
    }

    #[inline(always)]
    fn lifted(s: S, scale: &Scale<E::Acc>, some: V<E, S>, lift: f64) -> (Self, M<E, S>) {
        let of = |x| s.splat(E::Acc::of(x));
        let (hi, _, product) = scale.parts();
        let exact = s.mul(some, s.splat(hi));
        let size = s.max(exact, s.sub(of(0.0), exact));
        let fits = s.ge(of(E::Acc::DIRECT), size);
        // Adding and taking away the magic number rounds to an integer.
        let round = of(E::Acc::MAGIC);
        let power = s.sub(s.add(s.select(fits, exact, of(0.0)), round), round);
        let magic = s.sub(of(<S as Lanes<E::Acc>>::MAGIC + lift), power);
        let inverse = of(1.0 / product);
        let up = E::Acc::LIFT - lift;
        let floor = s.mul(s.add(power, of(up - E::Acc::FLUSH)), inverse);
        let ceiling = s.mul(s.add(power, of(up + E::Acc::CEILING)), inverse);
        (ExpEach { power, magic, floor, ceiling }, fits)
    }

    /// For rows whose results lack these powers of two, whole numbers.
    #[inline(always)]
    pub fn of_power(s: S, scale: &Scale<E::Acc>, power: V<E, S>) -> Self {
        let of = |x| s.splat(E::Acc::of(x));
        let inverse = of(1.0 / scale.parts().2);
        let magic = s.sub(of(<S as Lanes<E::Acc>>::MAGIC + E::Acc::LIFT), power);
        let floor = s.mul(s.add(power, of(-E::Acc::FLUSH)), inverse);
        let ceiling = s.mul(s.add(power, of(E::Acc::CEILING)), inverse);
        ExpEach { power, magic, floor, ceiling }
    }

    /// For the lanes `p` of these rows.
    #[inline(always)]
    pub fn at(&self, s: S, p: Places<E, S>) -> Self {
        let (magic, floor) = (s.permute(self.magic, p), s.permute(self.floor, p));
        ExpEach { power: self.power, magic, floor, ceiling: self.ceiling }
    }

    /// `exp(scale * x) * 2^(LIFT - power)`. NaN stays NaN, and what is far below
    /// its row's maximum gives something that vanishes beside that.
    #[inline(always)]
    pub fn eval(&self, s: S, scale: &Scale<E::Acc>, x: V<E, S>) -> V<E, S> {
        // The floor stands first, so that NaN passes.
        self.eval_within(s, scale, s.max(self.floor, x))
    }

    /// `x`, flushed from below and cut from above.
    #[inline(always)]
    pub fn within(&self, s: S, x: V<E, S>) -> V<E, S> {
        let d = s.max(self.floor, x);
        // As in `ExpPlan`.
        if <S as Lanes<E::Acc>>::SATURATES { d } else { s.min(self.ceiling, d) }
    }

    /// That of what is [`within`](Self::within).
    #[inline(always)]
    pub fn eval_within(&self, s: S, scale: &Scale<E::Acc>, d: V<E, S>) -> V<E, S> {
        let (hi, lo, _) = scale.parts();
        let hi = s.splat(hi);
        let z = s.fma(d, hi, self.magic);
        let t = s.fma(d, hi, s.sub(self.magic, z));
        let t = s.mul_add(d, s.splat(lo), t);
        s.exp2(z, t)
    }

    /// The exponents that results lack.
    #[inline(always)]
    pub fn missing(&self, s: S) -> V<E, S> {
        s.sub(self.power, s.splat(E::Acc::of(E::Acc::LIFT)))
    }
}
