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
}

impl<E: Elem, S: Io<E>> ExpEach<E, S> {
    /// For rows of these maxima, and which of them it fits: those whose maximum is
    /// finite and small enough not to be subtracted.
    #[inline(always)]
    pub fn new(s: S, scale: &Scale<E::Acc>, max: V<E, S>) -> (Self, M<E, S>) {
        let of = |x| s.splat(E::Acc::of(x));
        let (hi, _, product) = scale.parts();
        let exact = s.mul(max, s.splat(hi));
        let size = s.max(exact, s.sub(of(0.0), exact));
        let fits = s.ge(of(E::Acc::DIRECT), size);
        // Adding and taking away the magic number rounds to an integer.
        let round = of(E::Acc::MAGIC);
        let power = s.sub(s.add(s.select(fits, exact, of(0.0)), round), round);
        let magic = s.sub(of(<S as Lanes<E::Acc>>::MAGIC + E::Acc::LIFT), power);
        let floor = s.mul(s.sub(power, of(E::Acc::FLUSH)), of(1.0 / product));
        (ExpEach { power, magic, floor }, fits)
    }

    /// For the lanes `p` of these rows.
    #[inline(always)]
    pub fn at(&self, s: S, p: Places<E, S>) -> Self {
        let (magic, floor) = (s.permute(self.magic, p), s.permute(self.floor, p));
        ExpEach { power: self.power, magic, floor }
    }

    /// `exp(scale * x) * 2^(LIFT - power)`. NaN stays NaN, and what is far below
    /// its row's maximum gives something that vanishes beside that.
    #[inline(always)]
    pub fn eval(&self, s: S, scale: &Scale<E::Acc>, x: V<E, S>) -> V<E, S> {
        let (hi, lo, _) = scale.parts();
        let hi = s.splat(hi);
        // The floor stands first, so that NaN passes.
        let d = s.max(self.floor, x);
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
