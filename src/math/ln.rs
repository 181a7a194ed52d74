//! `ln(x)` over lanes.
//!
//! `x = 2^e m` with `m` about 1, `f = m - 1` and `s = f / (2 + f)`: then `ln(m)` is
//! `2 atanh(s) = f - s (f - R)`, where `R = 2 atanh(s) / s - 2` is a polynomial in
//! `s^2`. What is subtracted from `f` is small beside it, and so is its error.

use crate::simd::{Each, Lanes, Real};

/// `ln(2^power x) + rest` for `x` of at least 1 and a small `rest`, within 2 ulp of
/// the largest of the three; NaN if `rest` is, whatever it is of a NaN `x`.
#[inline(always)]
pub fn ln_plus<T: Real, S: Each<T>>(
    s: S,
    x: <S as Lanes<T>>::V,
    power: <S as Lanes<T>>::V,
    rest: <S as Lanes<T>>::V,
) -> <S as Lanes<T>>::V {
    let high = T::of(core::f64::consts::LN_2);
    let low = T::of((core::f64::consts::LN_2 - high.to_f64()) + 2.3190468138462996e-17);
    let (e, m) = s.split(x);
    let power = s.add(power, e);
    let f = s.sub(m, s.splat(T::ONE));
    let q = s.div(f, s.add(f, s.splat(T::of(2.0))));
    let z = s.mul(q, q);
    let terms = T::LN_TERMS;
    let mut r = s.splat(terms[terms.len() - 1]);
    for c in terms.iter().rev().skip(1) {
        r = s.mul_add(r, z, s.splat(*c));
    }
    let curve = s.mul(q, s.sub(f, s.mul(r, z)));
    let small = s.sub(s.mul_add(power, s.splat(low), rest), curve);
    s.fma(power, s.splat(high), s.add(f, small))
}

/// `ln(x)` for `x` from 0 to about 1, where what is below the normal numbers counts as
/// the least of them; no more than some number for NaN and below 0.
#[inline(always)]
pub fn ln_small<T: Real, S: Each<T>>(s: S, x: <S as Lanes<T>>::V) -> <S as Lanes<T>>::V {
    // The least normal number is brought to 1.
    let (least, up) = (T::of(T::LEAST_NORMAL), T::of(1.0 / T::LEAST_NORMAL));
    let x = s.mul(s.max(x, s.splat(least)), s.splat(up));
    ln_plus(s, x, s.splat(T::of(T::LEAST_POWER)), s.splat(T::ZERO))
}
