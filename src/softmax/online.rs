//! The online algorithm: a sum by the maximum so far, brought to the new one
//! whenever that rises (M. Milakov and N. Gimelshein, "Online normalizer
//! calculation for softmax", 2018, algorithm 3), here block by block, so that
//! rising costs one multiplication a block.

use super::passes::Row;
use super::softmax::{Summed, Sums};
use crate::math::exp::Scale;
use crate::rows::kind::{Kind, kind};
use crate::rows::top;
use crate::simd::{Elem, Io, Real};

/// Entries of a block: they wait in the first-level cache between having their
/// maximum found and being summed.
const BLOCK: usize = 4096;

/// Sums by the maximum so far.
#[derive(Clone, Copy)]
pub struct Online;

impl<E: Elem> Sums<E> for Online {
    #[inline(always)]
    fn keeps<S: Io<E>>(self, _: usize) -> bool {
        false
    }

    #[inline(always)]
    unsafe fn sum<S: Io<E>>(self, s: S, row: Row<E>, scale: &Scale<E::Acc>) -> Summed<E::Acc> {
        let mut max = E::Acc::NEG_INFINITY;
        let mut total = 0.0;
        let mut at = 0;
        while at < row.n {
            // SAFETY: the block is part of the row, for which the caller vouches.
            unsafe {
                let block = row.part(at, BLOCK);
                let top = top::max(s, block.from, block.n);
                let higher = if top > max { top } else { max };
                // Padding so far: nothing to sum.
                if higher > E::Acc::NEG_INFINITY {
                    let Some(plan) = scale.guess(higher) else {
                        break;
                    };
                    if max > E::Acc::NEG_INFINITY {
                        total *= scale.ratio(max, higher);
                    }
                    total += block.sum(s, &plan, false, false);
                    max = higher;
                }
                at += block.n;
            }
        }
        // What does not fit is the same for every algorithm.
        match scale.guess(max) {
            Some(plan) if at == row.n => Ok((plan, total)),
            // SAFETY: the caller vouches for the row.
            _ => match unsafe { kind(s, row.from, row.n) } {
                Kind::Finite(max) => {
                    let plan = scale.direct(max);
                    // SAFETY: as above.
                    let sum = unsafe { row.sum(s, &plan, false, false) };
                    Ok((plan, sum))
                }
                other => Err(other),
            },
        }
    }
}
