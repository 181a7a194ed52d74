//! How a row is walked: four vectors at a time, so that the latency of one
//! hides behind the next three, then single vectors, then a tail of fewer
//! values than a vector.
//!
//! A pass is a struct, not a closure: a closure cannot be marked
//! `inline(always)`, and what is not inlined into a door is compiled without
//! its instructions.

use crate::simd::{Elem, Io, Lanes, V};

/// Vectors that one accumulator takes before [`Pass::fold`]: few enough that
/// rounding in f32 stays below the rounding of the terms themselves.
const FOLD: usize = 16;

/// What is done with a row's values.
pub trait Pass<E: Elem, S: Io<E>> {
    /// Takes the `N` values from column `at` on. `slot` (0 to 3) tells apart
    /// accumulators that do not wait for each other.
    fn step(&mut self, s: S, slot: usize, v: V<E, S>, at: usize);

    /// Takes the last `n < N` values; the lanes after them hold the fill.
    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let _ = n;
        self.step(s, 0, v, at);
    }

    /// Empties the accumulators into something that does not drift.
    #[inline(always)]
    fn fold(&mut self, s: S) {
        let _ = s;
    }
}

/// Walks `n` values from `row` with `pass`; `fill` stands after the tail.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn walk<E: Elem, S: Io<E>, P: Pass<E, S>>(
    s: S,
    row: *const E,
    n: usize,
    fill: E::Acc,
    pass: &mut P,
) {
    let lanes = <S as Lanes<E::Acc>>::N;
    let mut at = 0;
    // SAFETY: every load below starts at `at` and ends at or before `n`.
    unsafe {
        while <S as Lanes<E::Acc>>::UNROLL && n - at >= 4 * lanes {
            for _ in 0..((n - at) / (4 * lanes)).min(FOLD) {
                let (a, b) = (s.load(row.add(at)), s.load(row.add(at + lanes)));
                let (c, d) = (s.load(row.add(at + 2 * lanes)), s.load(row.add(at + 3 * lanes)));
                pass.step(s, 0, a, at);
                pass.step(s, 1, b, at + lanes);
                pass.step(s, 2, c, at + 2 * lanes);
                pass.step(s, 3, d, at + 3 * lanes);
                at += 4 * lanes;
            }
            pass.fold(s);
        }
        while n - at >= lanes {
            for _ in 0..((n - at) / lanes).min(FOLD) {
                pass.step(s, 0, s.load(row.add(at)), at);
                at += lanes;
            }
            if !<S as Lanes<E::Acc>>::UNROLL {
                pass.fold(s);
            }
        }
        if at < n {
            pass.tail(s, s.load_head(row.add(at), n - at, fill), at, n - at);
        }
    }
    pass.fold(s);
}
