//! How a row is walked: four vectors at a time, so that the latency of one
//! hides behind the next three, then single vectors, then a tail of fewer
//! values than a vector.
//!
//! A pass is a struct, not a closure: a closure cannot be marked
//! `inline(always)`, and what is not inlined into a door is compiled without
//! its instructions.

use crate::simd::{Elem, Io, Lanes, V};

/// What is done with a row's values.
pub trait Pass<E: Elem, S: Io<E>> {
    /// Times that an accumulator is added to before [`Pass::fold`]: so few, where
    /// nothing else is done about it, that even terms too small to change a large
    /// one in f32 are hardly missed.
    const FOLD: usize = 2;

    /// Takes the `N` values from column `at` on.
    fn step(&mut self, s: S, v: V<E, S>, at: usize);

    /// Takes the `4 N` values from column `at` on.
    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], at: usize) {
        let lanes = <S as Lanes<E::Acc>>::N;
        self.step(s, a, at);
        self.step(s, b, at + lanes);
        self.step(s, c, at + 2 * lanes);
        self.step(s, d, at + 3 * lanes);
    }

    /// Takes the last `n < N` values; the lanes after them hold the fill.
    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let _ = n;
        self.step(s, v, at);
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
    let unroll = <S as Lanes<E::Acc>>::UNROLL;
    let mut at = 0;
    // SAFETY: every load below starts at `at` and ends at or before `n`.
    unsafe {
        while unroll && n - at >= 4 * lanes {
            for _ in 0..((n - at) / (4 * lanes)).min(P::FOLD) {
                let (a, b) = (s.load(row.add(at)), s.load(row.add(at + lanes)));
                let (c, d) = (s.load(row.add(at + 2 * lanes)), s.load(row.add(at + 3 * lanes)));
                pass.quad(s, [a, b, c, d], at);
                at += 4 * lanes;
            }
            pass.fold(s);
        }
        while n - at >= lanes {
            for _ in 0..((n - at) / lanes).min(P::FOLD) {
                pass.step(s, s.load(row.add(at)), at);
                at += lanes;
            }
            if !unroll {
                pass.fold(s);
            }
        }
        if at < n {
            pass.tail(s, s.load_head(row.add(at), n - at, fill), at, n - at);
        }
    }
    pass.fold(s);
}

/// As [`walk`], a vector at a time: for what is rare, or where no vector waits for
/// the one before.
///
/// # Safety
/// As [`walk`].
#[inline(always)]
pub unsafe fn walk_singly<E: Elem, S: Io<E>, P: Pass<E, S>>(
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
        while n - at >= lanes {
            pass.step(s, s.load(row.add(at)), at);
            pass.fold(s);
            at += lanes;
        }
        if at < n {
            pass.tail(s, s.load_head(row.add(at), n - at, fill), at, n - at);
        }
    }
    pass.fold(s);
}

/// Walks back over what [`walk`] walked, so that what it left in the cache is
/// met first. Nothing is folded: it is for passes that only write.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn walk_back<E: Elem, S: Io<E>, P: Pass<E, S>>(
    s: S,
    row: *const E,
    n: usize,
    fill: E::Acc,
    pass: &mut P,
) {
    let lanes = <S as Lanes<E::Acc>>::N;
    let unroll = <S as Lanes<E::Acc>>::UNROLL;
    let mut at = n - n % lanes;
    // SAFETY: every load below starts at `at` and ends at or before `n`.
    unsafe {
        if at < n {
            pass.tail(s, s.load_head(row.add(at), n - at, fill), at, n - at);
        }
        while at > 0 && (!unroll || !at.is_multiple_of(4 * lanes)) {
            at -= lanes;
            pass.step(s, s.load(row.add(at)), at);
        }
        while unroll && at > 0 {
            at -= 4 * lanes;
            let (a, b) = (s.load(row.add(at)), s.load(row.add(at + lanes)));
            let (c, d) = (s.load(row.add(at + 2 * lanes)), s.load(row.add(at + 3 * lanes)));
            pass.quad(s, [a, b, c, d], at);
        }
    }
}

/// The sum of four vectors, in pairs.
#[inline(always)]
pub fn sum4<E: Elem, S: Io<E>>(s: S, [a, b, c, d]: [V<E, S>; 4]) -> V<E, S> {
    s.add(s.add(a, b), s.add(c, d))
}
