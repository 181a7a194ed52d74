//! Brier score of probabilities: the mean over rows of the sum over classes of
//! `(p - y)^2`, where `y` is 1 at the label and 0 elsewhere. Between 0 and 2.

use super::labelled::Labelled;
use super::scored::{RowTerm, Scored, by_blocks};
use crate::math::fixed::{Bounded, Unbounded};
use crate::rows::sum_squares::sum_squares;
use crate::simd::{Elem, Io, Real};
use crate::state::{Head, Kind, Params, State};

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Brier {
    head: Head,
    rows: u64,
    nan_rows: u64,
    weight: Bounded,
    sum: Unbounded,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Brier {
    const KIND: Kind = Kind::Brier;

    fn size(params: &Params) -> Option<usize> {
        (params.param == 0).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.weight.merge(&other.weight);
        self.sum.merge(&other.sum);
    }
}

const _: () = assert!(size_of::<Brier>() == 16 + 2 * 8 + 32 + 272);

/// The result of `lgt_brier_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BrierReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those whose score is no number.
    pub nan_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted mean score; NaN if nothing, or a NaN, was seen.
    pub brier: f64,
}

impl Brier {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        self.add_rows(self.head.param, &data);
    }

    /// The result so far.
    pub fn finish(&self) -> BrierReport {
        let weight = self.weight.to_f64();
        let brier = if self.nan_rows > 0 { f64::NAN } else { self.sum.to_f64() / weight };
        BrierReport { rows: self.rows, nan_rows: self.nan_rows, weight, brier }
    }
}

impl Scored for Brier {
    type Term = f64;

    fn terms<E: Elem>(_: u32, data: &Labelled<E>, add: &mut dyn FnMut(usize, &[f64])) {
        by_blocks(Score, data, add);
    }

    #[inline(never)]
    fn add(&mut self, score: f64, weight: f64) {
        let weighted = weight * score;
        self.rows = self.rows.wrapping_add(1);
        self.weight.add(weight);
        if weighted.is_finite() {
            self.sum.add(weighted);
        } else {
            self.nan_rows = self.nan_rows.wrapping_add(1);
        }
    }

    fn value(&self) -> f64 {
        self.finish().brier
    }
}

/// A row's own score.
#[derive(Clone, Copy)]
struct Score;

impl<E: Elem> RowTerm<E> for Score {
    type Term = f64;
    const NONE: f64 = 0.0;

    #[inline(always)]
    unsafe fn term<S: Io<E>>(self, s: S, row: *const E, n: usize, label: usize) -> f64 {
        // The label's own term stands apart: subtracting it from a sum over all
        // would cancel where the model is sure.
        // SAFETY: the caller vouches for the row and the label.
        unsafe {
            let miss = 1.0 - (*row.add(label)).widen().to_f64();
            let before = sum_squares(s, row, label);
            miss * miss + before + sum_squares(s, row.add(label + 1), n - label - 1)
        }
    }
}
