//! The online algorithm: a sum by the maximum so far, brought to the new one
//! whenever that rises (M. Milakov and N. Gimelshein, "Online normalizer
//! calculation for softmax", 2018, algorithm 3), here block by block, so that
//! rising costs one multiplication a block.

use super::passes::Row;
use super::recompute::SegmentSum;
use crate::math::exp::{ExpPlan, Scale};
use crate::math::sum::Sum;
use crate::rows::kind::{Kind, kind};
use crate::simd::Elem;

/// Entries of a block: they wait in the first-level cache between having their
/// maximum found and being summed.
const BLOCK: usize = 4096;

/// A row's sum and the plan it is a sum of; `None` where its maximum is not finite
/// or too large for its exponent to be exact.
pub fn sum<E: Elem>(row: Row<E>, scale: Scale<E::Acc>) -> Option<(ExpPlan<E::Acc>, f64)> {
    let mut summed: Option<(ExpPlan<E::Acc>, Sum)> = None;
    let mut at = 0;
    while at < row.n {
        // SAFETY: the block is part of the row.
        let block = unsafe { row.part(at, BLOCK) };
        // SAFETY: as above.
        match unsafe { kind(block.from, block.n) } {
            Kind::Finite(max) => {
                let own = scale.guess(max)?;
                let (plan, before) = match summed {
                    Some((plan, sum)) if plan.is_above(&own) => (plan, sum),
                    Some((plan, sum)) => (own, sum.times(own.ratio(&plan))),
                    None => (own, Sum::ZERO),
                };
                let sum = E::dispatch(SegmentSum { row: block, plan });
                summed = Some((plan, before.plus(sum)));
            }
            // Padding: nothing to sum.
            Kind::Empty => {}
            _ => return None,
        }
        at += BLOCK;
    }
    summed.map(|(plan, sum)| (plan, sum.value()))
}
