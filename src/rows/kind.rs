//! Which rows a sum of exponentials fits, and what the others are.

use super::pass::{Pass, walk_singly};
use super::top;
use crate::simd::{Elem, Io, Kernel, M, Real, V};

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

/// Sorts a row of `n` values by its maximum: behind a door of its own, since most
/// rows are guessed well and never come here.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn kind<E: Elem>(row: *const E, n: usize) -> Kind<E::Acc> {
    // SAFETY: the caller vouches for the row.
    let max = unsafe { max(row, n) };
    if max.to_f64().is_finite() { Kind::Finite(max) } else { E::dispatch(Corner { row, n }) }
}

/// The largest of `n` values that is not NaN; -inf if there is none.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn max<E: Elem>(row: *const E, n: usize) -> E::Acc {
    E::dispatch(Max { row, n })
}

struct Max<E> {
    row: *const E,
    n: usize,
}

impl<E: Elem> Kernel<E> for Max<E> {
    type Out = E::Acc;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> E::Acc {
        // SAFETY: the caller of `max` vouches for the row.
        unsafe { top::max(s, self.row, self.n) }
    }
}

struct Corner<E> {
    row: *const E,
    n: usize,
}

impl<E: Elem> Kernel<E> for Corner<E> {
    type Out = Kind<E::Acc>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Kind<E::Acc> {
        let high = s.splat(E::Acc::INFINITY);
        let mut pass = CornerPass::<E, S> { high, nan: s.head(0), infinite: 0 };
        // SAFETY: the caller of `kind` vouches for the row.
        unsafe { walk_singly(s, self.row, self.n, E::Acc::ZERO, &mut pass) };
        match pass.infinite {
            _ if s.bits(pass.nan) != 0 => Kind::Nan,
            0 => Kind::Empty,
            count => Kind::Infinite(count as f64),
        }
    }
}

/// Counts entries at +inf and notices NaN.
struct CornerPass<E: Elem, S: Io<E>> {
    high: V<E, S>,
    nan: M<E, S>,
    infinite: usize,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for CornerPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.nan = s.or(self.nan, s.nan(v));
        self.infinite += s.bits(s.eq(v, self.high)).count_ones() as usize;
    }
}
