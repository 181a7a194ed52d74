//! Ranked probability score of classes that have an order: the mean over rows of
//! `sum_k (F_k - Y_k)^2` over the first K - 1 classes, where `F` are the row's running
//! sums and `Y_k` is 1 from the label on. The lower the better.
//!
//! The K-th term is left out: it is 0 where rows sum to 1, and says nothing of the
//! label where they do not.

use super::labelled::Labelled;
use super::row_mean::RowMean;
use crate::math::sum::Sum;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};

/// The flag: a row's sum is divided by K - 1.
pub const NORMALIZE: u32 = 1;

/// What has been seen; the header's parameter is the flags.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Rps {
    head: Head,
    scores: RowMean,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Rps {
    const KIND: Kind = Kind::Rps;

    fn size(params: &Params) -> Option<usize> {
        (params.param <= NORMALIZE).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.scores.merge(&other.scores);
    }
}

const _: () = assert!(size_of::<Rps>() == 16 + size_of::<RowMean>());

/// The result of `lgt_rps_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RpsReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those whose score is no number.
    pub nan_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted mean score; NaN if nothing, or a NaN, was seen.
    pub rps: f64,
    /// Its standard error, weights taken as repetitions; below 1e-8 of the mean it
    /// is rounding.
    pub std_error: f64,
}

impl Rps {
    /// Adds rows that passed [`Labelled::check`]. A running sum has each step wait
    /// for the one before it, so there is nothing here for lanes.
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        let n = data.rows.cols;
        for r in 0..data.rows.rows {
            let Some((label, weight)) = data.counted(r) else { continue };
            let row = data.rows.row(r);
            let (mut sum, mut score) = (Sum::ZERO, Sum::ZERO);
            for k in 0..n {
                // SAFETY: the view vouches for its rows.
                sum = sum.plus(unsafe { *row.add(k) }.widen().to_f64());
                let off = sum.plus(-f64::from(u8::from(k >= label))).value();
                score = score.plus(if k + 1 < n { off * off } else { 0.0 });
            }
            // The last class is not in the score, but a NaN there is one in the row.
            self.add(score.value() + 0.0 * sum.value(), n, weight);
        }
    }

    /// The result so far.
    pub fn finish(&self) -> RpsReport {
        let result = self.scores.finish();
        RpsReport {
            rows: self.scores.rows,
            nan_rows: self.scores.nan_rows,
            weight: result.weight,
            rps: result.mean,
            std_error: result.std_error,
        }
    }

    /// Adds the sum of a row of `n` classes.
    #[inline(never)]
    fn add(&mut self, score: f64, n: usize, weight: f64) {
        let parts = if self.head.param == NORMALIZE { n.saturating_sub(1).max(1) } else { 1 };
        let score = score / parts as f64;
        self.scores.add(if score.is_finite() { score } else { f64::NAN }, weight);
    }
}
