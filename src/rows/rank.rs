//! The rank of one entry among its row.

use super::pass::{Pass, walk_singly};
use crate::simd::{Elem, Io, Real, V};

/// Counts entries above a threshold, or also those equal to it. The fill is NaN,
/// which no comparison counts.
struct CountPass<E: Elem, S: Io<E>> {
    threshold: V<E, S>,
    or_equal: bool,
    count: usize,
}

impl<E: Elem, S: Io<E>> CountPass<E, S> {
    #[inline(always)]
    fn bits(&self, s: S, v: V<E, S>) -> u32 {
        s.bits(if self.or_equal { s.ge(v, self.threshold) } else { s.gt(v, self.threshold) })
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for CountPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.count += self.bits(s, v).count_ones() as usize;
    }
}

/// How many entries stand before entry `label` when the row is sorted from high
/// to low, equal entries in order of index.
///
/// # Safety
/// `row` must be readable for `n` values, `label < n`.
#[inline(always)]
pub unsafe fn rank<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize, label: usize) -> usize {
    // SAFETY: the caller vouches for the row and the label.
    unsafe {
        let threshold = s.splat((*row.add(label)).widen());
        let mut before = CountPass::<E, S> { threshold, or_equal: true, count: 0 };
        walk_singly(s, row, label, E::Acc::NAN, &mut before);
        let mut after = CountPass::<E, S> { threshold, or_equal: false, count: 0 };
        walk_singly(s, row.add(label + 1), n - label - 1, E::Acc::NAN, &mut after);
        before.count + after.count
    }
}
