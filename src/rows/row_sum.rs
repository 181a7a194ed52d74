//! The sum of a row, in f64: NaN if a NaN is there.

use super::pass::{Pass, walk_singly};
use crate::simd::{Elem, Io, Real, V, W};

struct SumPass<E: Elem, S: Io<E>> {
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SumPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.total = s.wide_add(self.total, v);
    }
}

/// The sum of `n` values.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn row_sum<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> f64 {
    let mut pass = SumPass::<E, S> { total: s.wide_zero() };
    // SAFETY: the caller vouches for the row.
    unsafe { walk_singly(s, row, n, E::Acc::ZERO, &mut pass) };
    s.wide_sum(pass.total)
}
