//! The sum of squares of a piece of a row.

use super::pass::{Pass, walk};
use crate::simd::{Elem, Io, Real, V, W};

struct SquaresPass<E: Elem, S: Io<E>> {
    sum: V<E, S>,
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SquaresPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.sum = s.mul_add(v, v, self.sum);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], _: usize) {
        let (ab, cd) = (s.mul_add(a, a, s.mul(b, b)), s.mul_add(c, c, s.mul(d, d)));
        self.sum = s.add(self.sum, s.add(ab, cd));
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.total = s.wide_add(self.total, self.sum);
        self.sum = s.splat(E::Acc::ZERO);
    }
}

/// The sum of squares of `n` values.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn sum_squares<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> f64 {
    let zero = E::Acc::ZERO;
    let mut pass = SquaresPass::<E, S> { sum: s.splat(zero), total: s.wide_zero() };
    // SAFETY: the caller vouches for the row.
    unsafe { walk(s, row, n, zero, &mut pass) };
    s.wide_sum(pass.total)
}
