//! Which rows a sum of exponentials fits, and what the others are.

use super::top;
use crate::simd::{Elem, Io, Real};

/// What a row's maximum says about it.
#[derive(Clone, Copy)]
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
        if max.to_f64().is_finite() { Kind::Finite(max) } else { corner_kind(row, n) }
    }
}

/// The kind of a row whose maximum is not finite: rare, so out of the way.
///
/// # Safety
/// `row` must be readable for `n` values.
#[cold]
#[inline(never)]
unsafe fn corner_kind<E: Elem>(row: *const E, n: usize) -> Kind<E::Acc> {
    let mut infinite = 0.0;
    for i in 0..n {
        // SAFETY: the caller vouches for the row.
        let x = unsafe { *row.add(i) }.widen();
        if x.is_nan() {
            return Kind::Nan;
        }
        if x == E::Acc::INFINITY {
            infinite += 1.0;
        }
    }
    if infinite > 0.0 { Kind::Infinite(infinite) } else { Kind::Empty }
}
