//! What exponentials are relative to: the maximum, or a guess of it.
//!
//! What is subtracted need not belong to the maximum, any entry near it will do,
//! so the maximum of a few saves a pass over the row. What comes of it
//! tells whether the guess was good.

use super::kind::{Kind, kind};
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Lanes, Real};

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
            return Ok(scale.guess(some_max(s, row, n)));
        }
        match kind(row, n) {
            Kind::Finite(max) => Ok(Some(scale.direct(max))),
            other => Err(other),
        }
    }
}

/// Whether to guess again after a guess that failed: no, but the compiler is not to
/// know, or it writes everything out twice.
#[inline(always)]
pub fn again() -> bool {
    core::hint::black_box(false)
}

/// Bytes of a row from which on its end is looked at too: in shorter rows, one
/// after another, that would draw the processor's attention from what comes next.
const WIDE: usize = 16 << 10;

/// The largest of the first few entries; of a wide row, or one that starts with
/// padding, also of the last few: so rows that are sorted either way, or padded at
/// one end, are guessed well.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn some_max<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> E::Acc {
    let few = n.min(<S as Lanes<E::Acc>>::N);
    let least = E::Acc::NEG_INFINITY;
    // SAFETY: both pieces are in the row.
    unsafe {
        // The first stands first, so that a NaN is passed over.
        let mut max = s.max(s.load_head(row, few, least), s.splat(least));
        if n * size_of::<E>() > WIDE || s.bits(s.gt(max, s.splat(least))) == 0 {
            max = s.max(s.load_head(row.add(n - few), few, least), max);
        }
        s.reduce_max(max)
    }
}
