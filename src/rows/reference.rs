//! What exponentials are relative to: the maximum, or a guess of it.
//!
//! What is subtracted need not belong to the maximum, any entry near it will do,
//! so the maximum of the first few saves a pass over the row. What comes of it
//! tells whether the guess was good.

use super::kind::{Kind, kind};
use super::top;
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Real};

/// The plan by a guess, if one can be made, or by the maximum, if there is one.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn reference<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
    scale: &Scale<E::Acc>,
    guess: bool,
) -> Result<Option<ExpPlan<E::Acc>>, Kind<E::Acc>> {
    // SAFETY: the caller vouches for the row.
    unsafe {
        if guess {
            return Ok(scale.guess(first_max(s, row, n)));
        }
        match kind(s, row, n) {
            Kind::Finite(max) => Ok(Some(scale.direct(max))),
            other => Err(other),
        }
    }
}

/// Entries of which the largest is the guess.
const GUESS: usize = 64;

/// The largest of the first few entries above -inf; padding may come first.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
unsafe fn first_max<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> E::Acc {
    let mut at = 0;
    loop {
        let end = n.min(at + GUESS);
        // SAFETY: `end` is at most `n`.
        let max = unsafe { top::max(s, row.add(at), end - at) };
        if max > E::Acc::NEG_INFINITY || end == n {
            return max;
        }
        at = end;
    }
}
