//! Rows of scores with their labels and weights: what every update takes.

use crate::math::fixed::UNIT;
use crate::rows::labels::{Labels, Weights};
use crate::rows::view::Rows;
use crate::simd::Elem;
use crate::status::Status;

/// Rows, one label and one weight each.
#[derive(Clone, Copy)]
pub struct Labelled<E: Elem> {
    /// Scores: logits or probabilities.
    pub rows: Rows<E>,
    /// The true class of each row.
    pub labels: Labels,
    /// The weight of each row.
    pub weights: Weights<E::Acc>,
}

impl<E: Elem> Labelled<E> {
    /// `E_LABEL` or `E_VALUE`, before anything is changed.
    pub fn check(&self) -> Result<(), Status> {
        if self.labels.first_bad(self.rows.rows, self.rows.cols).is_some() {
            return Err(Status::LGT_E_LABEL);
        }
        self.weights.check(self.rows.rows)
    }

    /// Label and weight of row `r`; nothing for a weight of 0, or one too small
    /// to be added up, which leaves the row out.
    #[inline(always)]
    pub fn counted(&self, r: usize) -> Option<(usize, f64)> {
        let weight = self.weights.get(r);
        (weight >= UNIT).then(|| (self.labels.get(r) as usize, weight))
    }
}
