//! Negative log-likelihood of the labels, from logits: the mean of
//! `ln sum exp(x) - x_label`.
//!
//! A row's loss is `(max - x_label) + ln(sum exp(x - max))`, two terms that are
//! both at least 0, so a small loss keeps its relative accuracy.

use super::labelled::Labelled;
use super::row_mean::RowMean;
use super::scored::{BLOCK, Scored};
use crate::math::exp::Scale;
use crate::rows::exp_sum::{LogSum, MOST, by_blocks};
use crate::rows::kind::Kind as Row;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Nll {
    head: Head,
    losses: RowMean,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Nll {
    const KIND: Kind = Kind::Nll;

    fn size(params: &Params) -> Option<usize> {
        (params.param == 0).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.losses.merge(&other.losses);
    }
}

const _: () = assert!(MOST <= BLOCK);
const _: () = assert!(size_of::<Nll>() == 16 + size_of::<RowMean>());

/// The result of `lgt_nll_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NllReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those whose loss is NaN.
    pub nan_rows: u64,
    /// Those whose loss is +inf: the label has probability 0 (or weight times
    /// loss is past the range of double).
    pub infinite_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted mean loss.
    pub nll: f64,
    /// Its standard error, weights taken as repetitions; below 1e-8 of the mean it
    /// is rounding.
    pub std_error: f64,
}

impl Nll {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        self.add_rows(self.head.param, &data);
    }

    /// The result so far.
    pub fn finish(&self) -> NllReport {
        let result = self.losses.finish();
        NllReport {
            rows: self.losses.rows,
            nan_rows: self.losses.nan_rows,
            infinite_rows: self.losses.infinite_rows,
            weight: result.weight,
            nll: result.mean,
            std_error: result.std_error,
        }
    }
}

impl Scored for Nll {
    type Term = f64;

    fn terms<E: Elem>(_: u32, data: &Labelled<E>, add: &mut dyn FnMut(usize, &[f64])) {
        let mut losses = [0.0; BLOCK];
        by_blocks(&data.rows, &Scale::new(1.0), |first, sums: &[LogSum<E::Acc>]| {
            for ((r, sum), loss) in (first..).zip(sums).zip(&mut losses) {
                // SAFETY: the view vouches for its rows, `check` for the labels.
                let at_label = unsafe { *data.rows.row(r).add(data.labels.get(r) as usize) };
                *loss = row_loss(sum, at_label.widen().to_f64());
            }
            if let Some(losses) = losses.get(..sums.len()) {
                add(first, losses);
            }
        });
    }

    #[inline(never)]
    fn add(&mut self, loss: f64, weight: f64) {
        self.losses.add(loss, weight);
    }

    fn value(&self) -> f64 {
        self.finish().nll
    }
}

/// The loss of a row whose label stands at `at_label`.
fn row_loss<T: Real>(sum: &LogSum<T>, at_label: f64) -> f64 {
    match sum.kind {
        Row::Finite(max) => (max.to_f64() - at_label) + sum.log,
        Row::Infinite(count) if at_label == f64::INFINITY => libm::log(count),
        Row::Infinite(_) => f64::INFINITY,
        Row::Empty | Row::Nan => f64::NAN,
    }
}
