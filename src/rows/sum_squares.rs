//! The sum of squares of a piece of a row.

use super::pass::{Pass, walk};
use crate::simd::{Elem, Io, Real, V, W};

struct SquaresPass<E: Elem, S: Io<E>> {
    sums: [V<E, S>; 4],
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SquaresPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, slot: usize, v: V<E, S>, _: usize) {
        self.sums[slot] = s.mul_add(v, v, self.sums[slot]);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        for sum in &mut self.sums {
            self.total = s.wide_add(self.total, *sum);
            *sum = s.splat(E::Acc::ZERO);
        }
    }
}

/// The sum of squares of `n` values.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn sum_squares<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> f64 {
    let zero = E::Acc::ZERO;
    let mut pass = SquaresPass::<E, S> { sums: [s.splat(zero); 4], total: s.wide_zero() };
    // SAFETY: the caller vouches for the row.
    unsafe { walk(s, row, n, zero, &mut pass) };
    s.wide_sum(pass.total)
}
