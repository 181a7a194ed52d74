//! The two-pass algorithm: a sum held as mantissa and exponent, so that no maximum
//! is needed to keep it in range, and no guess for the whole row either (M. Dukhan
//! and A. Ablavatski, "The Two-Pass Softmax Algorithm", 2020, algorithm 3).
//!
//! In the paper every addition brings the mantissa to the larger exponent. Here
//! mantissas are added under one exponent for as long as they stay in range of it,
//! block by block; a block that does not is summed again under its own.

use super::passes::Row;
use super::recompute::SegmentSum;
use crate::math::exp::{ExpPlan, Scale};
use crate::math::sum::Sum;
use crate::rows::kind;
use crate::simd::{Elem, Real};

/// Entries of a block: they wait in a cache for being summed again, and are many
/// enough to be read in four streams.
const BLOCK: usize = 1 << 16;

/// A row's sum and the plan it is a sum of; `None` where an entry is NaN, infinite
/// or too large for an exponent to be exact, or where there is none above -inf.
pub fn sum<E: Elem>(row: Row<E>, scale: Scale<E::Acc>) -> Option<(ExpPlan<E::Acc>, f64)> {
    let mut summed: Option<(ExpPlan<E::Acc>, Sum)> = None;
    let mut at = 0;
    while at < row.n {
        // SAFETY: the block is part of the row.
        let block = unsafe { row.part(at, BLOCK) };
        at += BLOCK;
        if let Some((plan, total)) = summed {
            let sum = E::dispatch(SegmentSum { row: block, plan });
            if plan.fits(sum) {
                summed = Some((plan, total.plus(sum)));
                continue;
            }
        }
        // SAFETY: as above.
        let max = unsafe { kind::max(block.from, block.n) };
        if max == E::Acc::NEG_INFINITY {
            continue;
        }
        let plan = scale.guess(max)?;
        let sum = E::dispatch(SegmentSum { row: block, plan });
        if !plan.fits(sum) {
            return None;
        }
        let before = summed.map_or(Sum::ZERO, |(lower, total)| total.times(plan.ratio(&lower)));
        summed = Some((plan, before.plus(sum)));
    }
    let (plan, total) = summed.map(|(plan, total)| (plan, total.value()))?;
    plan.fits(total).then_some((plan, total))
}
