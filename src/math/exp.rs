//! `exp(scale * x)` relative to a reference, over lanes.
//!
//! With `B = scale * log2(e)` held in two parts (`hi + lo`), one fused
//! multiply-add with a magic constant gives the integer `n` nearest to `x B` in
//! the low bits of a float; two more give `t = x B - n` in `[-1/2, 1/2]` with
//! the rounding error of neither product. A polynomial makes `2^t`, and the low
//! bits, shifted into the exponent field, make the power of two. The scale is
//! free, and so is the reference: an integer subtracted inside the constant.
//!
//! Which reference? Subtracting the row's maximum first, as is usual, rounds
//! the difference: at 80 below the maximum the result is off by up to 40 ulp.
//! Subtracting an integer from the exponent afterwards rounds nothing. So
//! *direct* takes `x` as it is, while the integer part is small enough to be
//! exact ([`Real::DIRECT`]); *shifted* subtracts the maximum, which is exact for
//! every entry that matters once the maximum is that large.

use crate::simd::{Elem, Io, Lanes, Real, V};

/// log2(e) = HI + LO to 107 bits.
const LOG2E_HI: f64 = core::f64::consts::LOG2_E;
const LOG2E_LO: f64 = 2.0355273740931033e-17;

/// ln(2) = HI + LO, HI with 21 bits to spare for an exact product.
const LN2_HI: f64 = f64::from_bits(0x3fe62e42fee00000);
const LN2_LO: f64 = 1.9082149292705877e-10;

/// A scale, ready for use: `scale * log2(e)` in two parts.
#[derive(Clone, Copy)]
pub struct Scale<T> {
    scale: f64,
    product: f64,
    hi: T,
    lo: T,
}

impl<T: Real> Scale<T> {
    /// For a finite scale above 0.
    #[inline]
    pub fn new(scale: f64) -> Self {
        let product = scale * LOG2E_HI;
        // What the product lost: f64 needs it, f32 has bits to spare.
        let rest = libm::fma(scale, LOG2E_HI, -product) + scale * LOG2E_LO;
        let hi = T::of(product);
        Self { scale, product, hi, lo: T::of((product - hi.to_f64()) + rest) }
    }

    /// The plan for entries up to `max` (finite), without subtracting it where
    /// that can be avoided.
    #[inline(always)]
    pub fn direct(&self, max: T) -> ExpPlan<T> {
        let power = max.to_f64() * self.product;
        if power.abs() <= T::DIRECT {
            // Adding and taking away the magic number rounds to an integer.
            self.plan(T::ZERO, (power + f64::MAGIC) - f64::MAGIC)
        } else {
            self.shifted(max)
        }
    }

    /// The plan for a row of which `some` is a finite entry, unless that is so
    /// far out that the maximum has to be known.
    #[inline(always)]
    pub fn guess(&self, some: T) -> Option<ExpPlan<T>> {
        (some.to_f64().abs() * self.product <= T::DIRECT).then(|| self.direct(some))
    }

    /// What a sum by a guess of `low` is multiplied by to belong to a guess of
    /// `high`: a power of two at most 1.
    #[inline(always)]
    pub fn ratio(&self, low: T, high: T) -> f64 {
        let steps = self.direct(low).k - self.direct(high).k;
        power_of_two(steps.max(-1022.0))
    }

    /// The plan that subtracts `max` (finite) first.
    #[inline(always)]
    pub fn shifted(&self, max: T) -> ExpPlan<T> {
        self.plan(max, 0.0)
    }

    #[inline(always)]
    fn plan(&self, shift: T, k: f64) -> ExpPlan<T> {
        ExpPlan {
            shift,
            floor: T::of((k - T::FLUSH) / self.product),
            ceiling: T::of((k + T::CEILING) / self.product),
            hi: self.hi,
            lo: self.lo,
            k,
        }
    }

    /// The scale itself.
    #[inline(always)]
    pub fn value(&self) -> f64 {
        self.scale
    }

    /// `scale * log2(e)`, in two parts and in one.
    #[inline(always)]
    pub fn parts(&self) -> (T, T, f64) {
        (self.hi, self.lo, self.product)
    }
}

/// `exp(scale * x) * 2^(LIFT - k)` for a fixed scale and reference.
#[derive(Clone, Copy)]
pub struct ExpPlan<T> {
    /// Subtracted from x; 0 when direct.
    shift: T,
    /// Differences below this are flushed to it: their exponential is as good
    /// as zero and their exponent would wrap around.
    floor: T,
    /// Entries above this are cut to it: a guessed reference was far too low,
    /// and the sum will show it.
    ceiling: T,
    hi: T,
    lo: T,
    /// The exponent taken out of every result.
    k: f64,
}

/// The least sum of `n` results that holds more than what was flushed.
#[inline(always)]
pub fn least_sum<T: Real>(n: usize) -> f64 {
    (n + 16) as f64 * power_of_two(T::LIFT - T::FLUSH + 1.0)
}

impl<T: Real> ExpPlan<T> {
    /// The exponential of every lane; NaN stays NaN, and -inf gives something
    /// that vanishes beside, and when divided by, the largest term.
    #[inline(always)]
    pub fn eval<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let d = self.difference::<E, S>(s, x);
        self.eval_difference::<E, S>(s, d)
    }

    /// `x - shift`, flushed from below.
    #[inline(always)]
    pub fn difference<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        // The floor stands first, so that NaN passes.
        s.max(s.splat(self.floor), s.sub(x, s.splat(self.shift)))
    }

    /// As [`eval`](Self::eval), for a direct plan whose maximum is a guess: an
    /// entry far above it is cut, so that the sum fails [`fits`](Self::fits).
    #[inline(always)]
    pub fn eval_guess<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let d = s.min(s.splat(self.ceiling), s.max(s.splat(self.floor), x));
        self.eval_difference::<E, S>(s, d)
    }

    /// Whether a sum made by [`eval_guess`](Self::eval_guess) is what it seems:
    /// nothing was cut, and nothing was NaN.
    #[inline(always)]
    pub fn fits(&self, sum: f64) -> bool {
        self.lower(sum) < power_of_two(T::CEILING - 1.0)
    }

    /// The exponential of a [`difference`](Self::difference).
    #[cfg_attr(not(lgt_planted_call), inline(always))]
    #[cfg_attr(lgt_planted_call, inline(never))]
    pub fn eval_difference<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, d: V<E, S>) -> V<E, S> {
        let hi = s.splat(self.hi);
        let magic = s.splat(T::of(<S as Lanes<T>>::MAGIC + T::LIFT - self.k));
        let z = s.fma(d, hi, magic);
        let minus_n = s.sub(magic, z);
        let t = s.fma(d, hi, minus_n);
        let t = s.mul_add(d, s.splat(self.lo), t);
        s.exp2(z, t)
    }

    /// As [`eval_difference`](Self::eval_difference), with nothing for what was
    /// flushed: for sums that may vanish.
    #[inline(always)]
    pub fn eval_or_zero<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, d: V<E, S>) -> V<E, S> {
        let e = self.eval_difference::<E, S>(s, d);
        s.select(s.gt(d, s.splat(self.floor)), e, s.splat(T::ZERO))
    }

    /// What turns a result into a share of `sum`, a sum of results.
    #[inline(always)]
    pub fn share(&self, sum: f64) -> T {
        T::of(1.0 / sum)
    }

    /// Whether a sum of `n` results holds nothing but what was flushed.
    #[inline(always)]
    pub fn vanishes(&self, sum: f64, n: usize) -> bool {
        sum < least_sum::<T>(n)
    }

    /// A sum of results without the lift: the sum of `exp(scale * x) * 2^-k`.
    #[inline(always)]
    pub fn lower(&self, sum: f64) -> f64 {
        sum * power_of_two(-T::LIFT)
    }

    /// The logarithm of the sum of `exp(scale * x)`, from a sum of results. The
    /// reference may be far from the maximum: powers of two on both sides are
    /// first taken together, so that large logarithms do not cancel.
    #[inline(always)]
    pub fn log(&self, sum: f64, scale: &Scale<T>) -> f64 {
        let (mantissa, exponent) = libm::frexp(sum);
        let k = self.k + f64::from(exponent) - T::LIFT;
        let log = k * LN2_HI + (libm::log(mantissa) + k * LN2_LO);
        self.shift.to_f64() * scale.value() + log
    }
}

/// `2^n` for a whole `n` in the range of normal numbers.
#[inline(always)]
fn power_of_two(n: f64) -> f64 {
    f64::from_bits(((n + 1023.0) as u64) << 52)
}
