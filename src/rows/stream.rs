//! How a row is walked that no cache holds: four quarters side by side, each
//! asked for a little ahead. Four streams keep more of the memory's banks busy
//! than one; past four, pages get in each other's way.

use super::pass::Pass;
use crate::simd::{Elem, Io, Lanes, V};

/// Bytes that are asked for ahead in each stream.
const AHEAD: usize = 1024;

/// What is done with a vector of each quarter.
pub trait Quarters<E: Elem, S: Io<E>>: Pass<E, S> {
    /// Takes the `N` values from each of four columns on.
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]);
}

/// Walks `n` values from `row`; what does not fill a quarter comes last.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn walk_quarters<E: Elem, S: Io<E>, P: Quarters<E, S>>(
    s: S,
    row: *const E,
    n: usize,
    fill: E::Acc,
    pass: &mut P,
) {
    let lanes = <S as Lanes<E::Acc>>::N;
    let ahead = AHEAD / size_of::<E>();
    let unroll = <S as Lanes<E::Acc>>::UNROLL;
    let quarter = if unroll { n / (4 * lanes) * lanes } else { 0 };
    let mut at = 0;
    // SAFETY: every load below starts at `at` and ends at or before `n`.
    unsafe {
        while at < quarter {
            for _ in 0..((quarter - at) / lanes).min(P::FOLD) {
                let [a, b, c, d] = [at, at + quarter, at + 2 * quarter, at + 3 * quarter];
                let v = [
                    s.load(row.add(a)),
                    s.load(row.add(b)),
                    s.load(row.add(c)),
                    s.load(row.add(d)),
                ];
                s.prefetch(row.wrapping_add(a + ahead));
                s.prefetch(row.wrapping_add(b + ahead));
                s.prefetch(row.wrapping_add(c + ahead));
                s.prefetch(row.wrapping_add(d + ahead));
                pass.four(s, v, [a, b, c, d]);
                at += lanes;
            }
            pass.fold(s);
        }
        at = 4 * quarter;
        while n - at >= lanes {
            pass.step(s, s.load(row.add(at)), at);
            if !unroll {
                pass.fold(s);
            }
            at += lanes;
        }
        if at < n {
            pass.tail(s, s.load_head(row.add(at), n - at, fill), at, n - at);
        }
    }
    pass.fold(s);
}
