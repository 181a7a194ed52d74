//! Which rows a sum of exponentials fits, and what the others are.

use super::top;
use crate::simd::{Elem, Io, Real};

/// What a row's maximum says about it.
pub enum Kind<T> {
    /// A plan of exponentials fits; a NaN may still be among the entries.
    Finite(T),
    /// An entry is +inf: this many share the mass.
    Infinite(f64),
    /// Nothing above -inf.
    Empty,
    /// A NaN beside a maximum that is not finite.
    Nan,
}

/// Sorts a row of `n` values by its maximum.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn kind<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> Kind<E::Acc> {
    // SAFETY: the caller vouches for the row.
    unsafe {
        let max = top::max(s, row, n);
        if max.to_f64().is_finite() {
            Kind::Finite(max)
        } else if top::has_nan(s, row, n) {
            Kind::Nan
        } else if max == E::Acc::INFINITY {
            let infinite = |i: &usize| (*row.add(*i)).widen() == E::Acc::INFINITY;
            Kind::Infinite((0..n).filter(infinite).count() as f64)
        } else {
            Kind::Empty
        }
    }
}
