//! The largest value of a row, where it first stands, and whether a NaN is there.

use super::pass::{Pass, walk, walk_singly};
use crate::simd::{Elem, Io, Lanes, M, Real, V};

struct MaxPass<E: Elem, S: Io<E>> {
    max: [V<E, S>; 4],
}

impl<E: Elem, S: Io<E>> Pass<E, S> for MaxPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        // The running maximum stands second, so that a NaN is passed over.
        self.max[0] = s.max(v, self.max[0]);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], _: usize) {
        for (max, v) in self.max.iter_mut().zip(v) {
            *max = s.max(v, *max);
        }
    }
}

/// The largest of `n` values that is not NaN; -inf if there is none.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn max<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> E::Acc {
    let least = E::Acc::NEG_INFINITY;
    let mut pass = MaxPass::<E, S> { max: [s.splat(least); 4] };
    // SAFETY: the caller vouches for the row.
    unsafe { walk(s, row, n, least, &mut pass) };
    let [a, b, c, d] = pass.max;
    s.reduce_max(s.max(s.max(a, b), s.max(c, d)))
}

struct TopPass<E: Elem, S: Io<E>> {
    max: MaxPass<E, S>,
    nan: [M<E, S>; 2],
}

impl<E: Elem, S: Io<E>> Pass<E, S> for TopPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        self.max.step(s, v, at);
        self.nan[0] = s.or(self.nan[0], s.nan(v));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], at: usize) {
        let [a, b, c, d] = v;
        self.max.quad(s, v, at);
        // A sum is NaN if either is, or of infinities.
        self.nan[0] = s.or(self.nan[0], s.nan(s.add(a, b)));
        self.nan[1] = s.or(self.nan[1], s.nan(s.add(c, d)));
    }
}

/// The largest of `n` values; NaN if one is NaN, -inf if there is none.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn largest<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> E::Acc {
    // SAFETY: the same contract.
    unsafe { largest_and_lanes(s, row, n).0 }
}

/// The same, and the largest of each lane: of as many entries as a vector has.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn largest_and_lanes<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
) -> (E::Acc, V<E, S>) {
    let least = E::Acc::NEG_INFINITY;
    let max = MaxPass { max: [s.splat(least); 4] };
    let mut pass = TopPass::<E, S> { max, nan: [s.head(0); 2] };
    // SAFETY: the caller vouches for the row.
    unsafe {
        walk(s, row, n, least, &mut pass);
        let [a, b, c, d] = pass.max.max;
        let lanes = s.max(s.max(a, b), s.max(c, d));
        let max = s.reduce_max(lanes);
        let nan = s.bits(s.or(pass.nan[0], pass.nan[1])) != 0 && has_nan(s, row, n);
        (if nan { E::Acc::NAN } else { max }, lanes)
    }
}

struct NanPass<E: Elem, S: Io<E>> {
    nan: M<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for NanPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.nan = s.or(self.nan, s.nan(v));
    }
}

/// Whether any of `n` values is NaN.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn has_nan<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> bool {
    let mut pass = NanPass::<E, S> { nan: s.head(0) };
    // SAFETY: the caller vouches for the row.
    unsafe { walk_singly(s, row, n, E::Acc::ZERO, &mut pass) };
    s.bits(pass.nan) != 0
}

/// The lowest index of `value` among `n` values; `n` if it is not there.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn find<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize, value: E::Acc) -> usize {
    let lanes = <S as Lanes<E::Acc>>::N;
    let target = s.splat(value);
    let mut at = 0;
    // SAFETY: every load starts at `at` and ends at or before `n`.
    unsafe {
        while n - at >= lanes {
            let hit = s.bits(s.eq(s.load(row.add(at)), target));
            if hit != 0 {
                return at + hit.trailing_zeros() as usize;
            }
            at += lanes;
        }
        if at < n {
            let hit = s.bits(s.eq(s.load_head(row.add(at), n - at, E::Acc::NAN), target));
            if hit != 0 {
                return at + hit.trailing_zeros() as usize;
            }
        }
    }
    n
}
