//! `exp(scale * x)` relative to a reference, over lanes.
//!
//! With `B = scale * log2(e)` held in two parts (`hi + lo`), one fused
//! multiply-add with a magic constant gives the integer `n` nearest to `x B` in
//! the low bits of a float; two more give `t = x B - n` in `[-1/2, 1/2]` with
//! the rounding error of neither product. A polynomial makes `2^t`, and the low
//! bits, shifted into the exponent field, make the power of two. (With a table of
//! `2^(i/32)`, say, `n` counts 32nds, and `t` is as much smaller.) The scale is
//! free, and so is the reference: an integer subtracted inside the constant.
//!
//! Which reference? Subtracting the row's maximum first, as is usual, rounds
//! the difference: at 80 below the maximum the result is off by up to 40 ulp.
//! Subtracting an integer from the exponent afterwards rounds nothing. So
//! *direct* takes `x` as it is, while the integer part is small enough to be
//! exact ([`Real::DIRECT`]); *shifted* subtracts the maximum, which is exact for
//! every entry that matters once the maximum is that large.

use super::ext::{Ext, FAR};
use crate::simd::{Elem, Io, Lanes, Real, V};

/// log2(e) = HI + LO to 107 bits.
const LOG2E_HI: f64 = core::f64::consts::LOG2_E;
const LOG2E_LO: f64 = 2.0355273740931033e-17;

/// ln(2) = HI + LO, HI with 21 bits to spare for an exact product.
pub(super) const LN2_HI: f64 = f64::from_bits(0x3fe62e42fee00000);
pub(super) const LN2_LO: f64 = 1.9082149292705877e-10;

/// A scale, ready for use: `scale * log2(e)` in two parts.
#[derive(Clone, Copy)]
pub struct Scale<T> {
    scale: f64,
    product: f64,
    /// `1 / product`.
    inverse: f64,
    hi: T,
    lo: T,
}

impl<T: Real> Scale<T> {
    /// For a finite scale above 0.
    #[inline(never)]
    pub fn new(scale: f64) -> Self {
        let product = scale * LOG2E_HI;
        // What the product lost: f64 needs it, f32 has bits to spare.
        let rest = product_error(scale, LOG2E_HI, product) + scale * LOG2E_LO;
        let hi = T::of(product);
        let lo = T::of((product - hi.to_f64()) + rest);
        Self { scale, product, inverse: 1.0 / product, hi, lo }
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

    /// The plan of results relative to the power of two nearest to that of `own`, and
    /// what that lacks, unless `own` is far out. Squares of results are normal numbers:
    /// those too small for that are flushed, those too large infinite.
    #[inline(always)]
    pub fn near(&self, own: T) -> Option<(ExpPlan<T>, f64)> {
        let (own, hi) = (own.to_f64(), self.hi.to_f64());
        let power = own * hi;
        let k = (power + f64::MAGIC) - f64::MAGIC;
        // What the product lost would be as much of every term of the row.
        let lost = product_error(own, hi, power) + own * self.lo.to_f64();
        (power.abs() <= T::DIRECT).then(|| (self.unlifted(k), (power - k) + lost))
    }

    /// The plan of results that are what they are, likewise.
    #[inline(always)]
    pub fn plain(&self) -> ExpPlan<T> {
        self.unlifted(0.0)
    }

    /// The plan of results that are what they are, of differences that somebody else
    /// takes: nothing but what is no normal number is flushed.
    #[inline(always)]
    pub fn differences(&self) -> ExpPlan<T> {
        self.plan(T::ZERO, T::LIFT)
    }

    #[inline(always)]
    fn unlifted(&self, k: f64) -> ExpPlan<T> {
        let floor = T::of((k - T::SQUARE) * self.inverse);
        ExpPlan { floor, ..self.plan(T::ZERO, k + T::LIFT) }
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
            floor: T::of((k - T::FLUSH) * self.inverse),
            ceiling: T::of((k + T::CEILING) * self.inverse),
            hi: self.hi,
            lo: self.lo,
            k,
        }
    }

    /// `x log2(e)`, rounded; finite where `x` is, if at the end of its range.
    #[inline(always)]
    pub fn power(&self, x: T) -> f64 {
        let power = x.to_f64() * self.product;
        if x.to_f64().is_finite() { power.clamp(f64::MIN, f64::MAX) } else { power }
    }

    /// The plan of results relative to `2^exponent`, and what `2^exponent` itself
    /// is as a sum of results; none where that is too far out, or far from any `T`.
    #[inline(never)]
    pub fn relative_to(&self, exponent: f64) -> Option<(ExpPlan<T>, f64)> {
        if exponent.abs() <= T::DIRECT {
            return Some((self.plan(T::ZERO, exponent), power_of_two(T::LIFT)));
        }
        let shift = T::of(exponent / self.product);
        if exponent.abs() >= FAR || !shift.to_f64().is_finite() {
            return None;
        }
        let (factor, power) = split(shift.to_f64(), self.scale, self.product);
        let k = exponent - power;
        (k.abs() <= T::DIRECT).then(|| (self.plan(shift, k), power_of_two(T::LIFT) / factor))
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

/// As [`least_sum`], by a plan of [`Scale::near`].
#[inline(always)]
pub fn least_rest<T: Real>(n: usize) -> f64 {
    (n + 16) as f64 * power_of_two(1.0 - T::SQUARE)
}

impl<T: Real> ExpPlan<T> {
    /// `x - shift`, flushed from below.
    #[inline(always)]
    pub fn difference<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        // The floor stands first, so that NaN passes.
        s.max(s.splat(self.floor), s.sub(x, s.splat(self.shift)))
    }

    /// Whether nothing is subtracted, so that [`eval_direct`](Self::eval_direct)
    /// does.
    #[inline(always)]
    pub fn is_direct(&self) -> bool {
        self.shift == T::ZERO
    }

    /// Whether the exponent taken out is the larger one.
    #[inline(always)]
    pub fn is_above(&self, other: &Self) -> bool {
        self.k > other.k
    }

    /// What a sum by a plan that is not above this one is multiplied by to belong
    /// to this one: a power of two.
    #[inline(always)]
    pub fn ratio(&self, other: &Self) -> f64 {
        power_down(other.k - self.k)
    }

    /// Whether an entry as large as `max` is not cut.
    #[inline(always)]
    pub fn admits(&self, max: T) -> bool {
        max <= self.ceiling
    }

    /// The entry of which `d` is the difference.
    #[inline(always)]
    pub fn unshift(&self, d: T) -> T {
        T::of(self.shift.to_f64() + d.to_f64())
    }

    /// What is subtracted.
    #[inline(always)]
    pub fn shift(&self) -> T {
        self.shift
    }

    /// The exponential of every lane, for a direct plan. NaN stays NaN, and -inf
    /// gives something that vanishes beside, and when divided by, the largest term.
    /// The maximum may be a guess: an entry far above it is cut, so that the sum
    /// fails [`fits`](Self::fits).
    #[inline(always)]
    pub fn eval_direct<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        self.eval_difference::<E, S>(s, self.within::<E, S>(s, x))
    }

    /// `x`, flushed from below and cut from above.
    #[inline(always)]
    pub fn within<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let d = s.max(s.splat(self.floor), x);
        // Where too much is infinite, the sum shows it by itself.
        if <S as Lanes<T>>::SATURATES { d } else { s.min(s.splat(self.ceiling), d) }
    }

    /// [`eval_direct`](Self::eval_direct) times a factor that stays the same for a
    /// row.
    #[inline(always)]
    pub fn eval_direct_times<E: Elem<Acc = T>, S: Io<E>>(
        &self,
        s: S,
        x: V<E, S>,
        factor: V<E, S>,
    ) -> V<E, S> {
        let (z, t) = self.reduce::<E, S>(s, self.within::<E, S>(s, x));
        s.exp2_times(z, t, factor)
    }

    /// Whether a sum made by [`eval_direct`](Self::eval_direct) is what it seems:
    /// nothing was cut, and nothing was NaN.
    #[inline(always)]
    pub fn fits(&self, sum: f64) -> bool {
        self.lower(sum) < power_of_two(T::CEILING - 1.0)
    }

    /// The exponential of a [`difference`](Self::difference).
    #[inline(always)]
    pub fn eval_difference<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, d: V<E, S>) -> V<E, S> {
        let (z, t) = self.reduce::<E, S>(s, d);
        s.exp2(z, t)
    }

    /// The whole steps and the rest of a [`difference`](Self::difference).
    #[inline(always)]
    fn reduce<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, d: V<E, S>) -> (V<E, S>, V<E, S>) {
        reduce::<E, S>(s, d, (self.hi, self.lo), s.splat(self.magic::<S>()))
    }

    /// What brings a power to its whole steps.
    #[inline(always)]
    fn magic<S: Lanes<T>>(&self) -> T {
        T::of(<S as Lanes<T>>::MAGIC + T::LIFT - self.k)
    }

    /// As [`eval_difference`](Self::eval_difference), with nothing for what was
    /// flushed: for sums that may vanish.
    #[inline(always)]
    pub fn eval_or_zero<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, d: V<E, S>) -> V<E, S> {
        let e = self.eval_difference::<E, S>(s, d);
        s.select(s.gt(d, s.splat(self.floor)), e, s.splat(T::ZERO))
    }

    /// [`eval_direct`](Self::eval_direct) of scores that were themselves rounded, with
    /// nothing for what is flushed; NaN stays. What the second part of the scale adds is
    /// less than a quarter of their rounding error.
    #[inline(always)]
    pub fn eval_rounded<E: Elem<Acc = T>, S: Io<E>>(&self, s: S, x: V<E, S>) -> V<E, S> {
        let (zero, floor) = (s.splat(T::ZERO), s.splat(self.floor));
        let (hi, magic) = (s.splat(self.hi), s.splat(self.magic::<S>()));
        // Where too little is nothing by itself, it need not be flushed first.
        let d = if <S as Lanes<T>>::SATURATES { x } else { self.within::<E, S>(s, x) };
        let z = s.fma(d, hi, magic);
        let e = s.exp2(z, s.fma(d, hi, s.sub(magic, z)));
        if <S as Lanes<T>>::SATURATES {
            s.select(s.not_ge(floor, x), e, zero)
        } else {
            s.select(s.ge(floor, d), zero, e)
        }
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

    /// The sum of results of which that without the lift is `sum`.
    #[inline(always)]
    pub fn lift(&self, sum: f64) -> f64 {
        sum * power_of_two(T::LIFT)
    }

    /// The sum of results where that of `exp(x - max)` has the logarithm `log`; by a plan
    /// of scale 1 for `max`.
    #[inline(never)]
    pub fn sum_of(&self, max: T, log: f64) -> f64 {
        let rest = (max.to_f64() - self.shift.to_f64() - self.k * LN2_HI) - self.k * LN2_LO;
        self.lift(libm::exp(rest + log))
    }

    /// The sum of `exp(scale * x)`, from a sum of results; none where the maximum
    /// is too far out for that.
    #[inline(never)]
    pub fn total(&self, sum: f64, scale: &Scale<T>) -> Option<Ext> {
        let shift = self.shift.to_f64();
        if scale.power(self.shift).abs() >= FAR {
            return None;
        }
        let (factor, power) =
            if shift == 0.0 { (1.0, 0.0) } else { split(shift, scale.scale, scale.product) };
        Some(Ext::new(self.lower(sum) * factor, power + self.k))
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

/// `z = d * hi + magic`, and what its rounding left of `d * (hi + lo)`.
#[inline(always)]
fn reduce<E: Elem, S: Io<E>>(
    s: S,
    d: V<E, S>,
    (hi, lo): (E::Acc, E::Acc),
    magic: V<E, S>,
) -> (V<E, S>, V<E, S>) {
    let hi = s.splat(hi);
    let z = s.fma(d, hi, magic);
    let t = s.fma(d, hi, s.sub(magic, z));
    (z, s.mul_add(d, s.splat(lo), t))
}

/// `a * b - product`, exactly, where `product` is `a * b` rounded: by halves of 26
/// bits, whose products are exact (Dekker, Veltkamp).
#[inline(always)]
fn product_error(a: f64, b: f64, product: f64) -> f64 {
    const SPLIT: f64 = 134217729.0;
    let (ah, bh) = (SPLIT * a - (SPLIT * a - a), SPLIT * b - (SPLIT * b - b));
    let (al, bl) = (a - ah, b - bh);
    ((ah * bh - product) + ah * bl + al * bh) + al * bl
}

/// `exp(scale * x)` as a factor near 1 and a power of two, for a power below
/// [`FAR`]: the product with log2(e) is held in two parts, so that its fraction is
/// not lost.
#[cold]
#[inline(never)]
fn split(x: f64, scale: f64, product: f64) -> (f64, f64) {
    let rest = product_error(scale, LOG2E_HI, product) + scale * LOG2E_LO;
    let high = x * product;
    let low = product_error(x, product, high) + x * rest;
    // As in `direct`; past 2^51 to an even integer, which is near enough.
    let power = (high + f64::MAGIC) - f64::MAGIC;
    (libm::exp(((high - power) + low) * core::f64::consts::LN_2), power)
}

/// `2^n` for a whole `n <= 0`, but never nothing.
#[inline(always)]
pub fn power_down(n: f64) -> f64 {
    power_of_two(n.max(-1022.0))
}

/// `2^n` for a whole `n` in the range of normal numbers.
#[inline(always)]
pub fn power_of_two(n: f64) -> f64 {
    f64::from_bits(((n + 1023.0) as u64) << 52)
}
