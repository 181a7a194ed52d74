//! The logistic function, the integral of it and its other form over lanes:
//! `1 / (1 + exp(-x))`, `ln(1 + exp(x))` and `tanh`.
//!
//! Both are made of `e = exp(-|x|)`, at most 1, so that nothing overflows and what is
//! small is relatively as good as what is large.

use super::exp::{ExpPlan, Scale};
use super::ln::ln_plus;
use crate::simd::{Elem, Io, Real, V};

/// Ready for use.
#[derive(Clone, Copy)]
pub struct Logistic<T>(ExpPlan<T>);

impl<T: Real> Logistic<T> {
    /// For `x` as it is.
    #[inline(never)]
    pub fn plain() -> Self {
        Logistic(Scale::new(1.0).differences())
    }

    /// `(|x|, exp(-|x|))`; what is no normal number becomes 0.
    #[inline(always)]
    fn parts<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> (V<E, S>, V<E, S>) {
        let minus = s.sub(s.splat(T::ZERO), x);
        // NaN stays, since it stands second in one of the two.
        let (size, below) = (s.max(minus, x), s.min(minus, x));
        let d = self.0.difference::<E, S>(s, below);
        (size, self.0.eval_or_zero::<E, S>(s, d))
    }

    /// `1 / (1 + exp(-x))`, at most 4 ulp.
    #[inline(always)]
    pub fn sigmoid<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let (_, e) = self.parts::<E, S>(s, x);
        sigmoid::<E, S>(s, x, e)
    }

    /// `exp(-|x|)`; NaN becomes 0.
    #[inline(always)]
    pub fn decay<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        self.parts::<E, S>(s, x).1
    }

    /// `1 / (1 + exp(-x))` and `1 / (1 + exp(x))`, at most 4 ulp each.
    #[inline(always)]
    pub fn both<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> (V<E, S>, V<E, S>) {
        let (one, e) = (s.splat(T::ONE), self.decay::<E, S>(s, x));
        let large = s.div(one, s.add(one, e));
        let small = s.select(s.nan(x), x, s.mul(e, large));
        let large = s.select(s.nan(x), x, large);
        let above = s.ge(x, s.splat(T::ZERO));
        (s.select(above, large, small), s.select(above, small, large))
    }

    /// The derivative of [`sigmoid`](Self::sigmoid), at most 6 ulp.
    #[inline(always)]
    pub fn slope<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let e = self.decay::<E, S>(s, x);
        let y = s.add(s.splat(T::ONE), e);
        s.select(s.nan(x), x, s.div(s.div(e, y), y))
    }

    /// `tanh(x)`, at most 4 ulp: near 0 as a fraction of polynomials, the seventh of its
    /// continued fraction (Lambert's); further out by an exponential. One division either
    /// way.
    #[inline(always)]
    pub fn tanh<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let of = |x| s.splat(T::of(x));
        let (one, x2) = (s.splat(T::ONE), s.mul(x, x));
        let (_, e) = self.parts::<E, S>(s, s.add(x, x));
        let up = s.mul_add(s.mul_add(s.add(x2, of(378.0)), x2, of(17325.0)), x2, of(135135.0));
        let down = s.mul_add(s.mul_add(x2, of(28.0), of(3150.0)), x2, of(62370.0));
        let down = s.mul_add(down, x2, of(135135.0));
        let near = s.gt(of(0.25), x2);
        let far = s.sub(one, e);
        let far = s.select(s.gt(x, s.splat(T::ZERO)), far, s.sub(s.splat(T::ZERO), far));
        let y = s.div(s.select(near, s.mul(x, up), far), s.select(near, down, s.add(one, e)));
        // Of NaN it was a number.
        s.select(s.nan(x), x, y)
    }

    /// `ln(1 + exp(x))`, at most 4 ulp, and `1 / (1 + exp(-x))`.
    #[inline(always)]
    pub fn softplus<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> (V<E, S>, V<E, S>) {
        let (zero, one) = (s.splat(T::ZERO), s.splat(T::ONE));
        let (_, e) = self.parts::<E, S>(s, x);
        let y = s.add(one, e);
        let lost = s.sub(e, s.sub(y, one));
        let log = ln_plus::<T, S>(s, y, zero, s.div(lost, y));
        // The 0 stands first, so that NaN stays.
        (s.add(s.max(zero, x), log), sigmoid::<E, S>(s, x, e))
    }
}

#[inline(always)]
fn sigmoid<E: Elem, S: Io<E>>(s: S, x: V<E, S>, e: V<E, S>) -> V<E, S> {
    let one = s.splat(E::Acc::ONE);
    let above = s.ge(x, s.splat(E::Acc::ZERO));
    let share = s.div(s.select(above, one, e), s.add(one, e));
    // Of NaN it was nothing.
    s.select(s.nan(x), x, share)
}
