//! Rows of labels that are there or not: numbers 0 and 1, or scores on either side
//! of a threshold.

use super::labels::Labels;
use super::view::Rows;
use crate::simd::{Elem, Real};

/// How many flags are looked at at a time.
pub const BLOCK: usize = 256;

/// 0 and 1, as integers of any type; row `r` starts `r * stride` numbers on.
#[derive(Clone, Copy)]
pub struct Flags {
    labels: Labels,
    stride: usize,
}

/// What a row was given.
pub trait Predicted {
    /// Flags of row `r` from column `from` on.
    fn fill(&self, r: usize, from: usize, out: &mut [i32]);

    /// Whether row `r`, of `cols` columns, holds a NaN.
    fn has_nan(&self, r: usize, cols: usize) -> bool;
}

impl Flags {
    /// # Safety
    /// `labels` must be good for every row.
    pub unsafe fn new(labels: Labels, stride: usize) -> Flags {
        Flags { labels, stride }
    }

    /// Whether row `r` has the flag of this column.
    #[inline(always)]
    pub fn is(&self, r: usize, column: usize) -> bool {
        self.labels.get(r * self.stride + column) != 0
    }

    /// Whether all numbers are 0 or 1.
    pub fn good(&self, rows: usize, cols: usize) -> bool {
        let mut block = [0; BLOCK];
        (0..rows).all(|r| {
            (0..cols).step_by(BLOCK).all(|from| {
                let Some(block) = block.get_mut(..BLOCK.min(cols - from)) else { return false };
                self.fill(r, from, block);
                block.iter().fold(0, |all, x| all | x) & !1 == 0
            })
        })
    }
}

impl Predicted for Flags {
    #[inline(never)]
    fn fill(&self, r: usize, from: usize, out: &mut [i32]) {
        self.labels.narrow(r * self.stride + from, out);
    }

    fn has_nan(&self, _: usize, _: usize) -> bool {
        false
    }
}

/// Scores; what is above the threshold is there.
#[derive(Clone, Copy)]
pub struct Above<E: Elem> {
    /// The scores.
    pub rows: Rows<E>,
    /// In the type that scores are computed in.
    pub threshold: E::Acc,
}

impl<E: Elem> Predicted for Above<E> {
    fn fill(&self, r: usize, from: usize, out: &mut [i32]) {
        // SAFETY: the view vouches for its rows.
        let scores = unsafe { core::slice::from_raw_parts(self.rows.row(r).add(from), out.len()) };
        for (to, score) in out.iter_mut().zip(scores) {
            *to = i32::from(score.widen() > self.threshold);
        }
    }

    fn has_nan(&self, r: usize, cols: usize) -> bool {
        if cols == 0 {
            return false;
        }
        // SAFETY: the view vouches for its rows.
        let scores = unsafe { core::slice::from_raw_parts(self.rows.row(r), cols) };
        scores.iter().fold(false, |nan, score| nan | score.widen().is_nan())
    }
}
