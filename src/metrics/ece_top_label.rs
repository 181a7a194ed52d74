//! Expected calibration error of the top label: how far the confidence of the
//! predicted class is from how often it is right, over bins of equal width.
//!
//! With bins `(lo, hi]` (0 in the first), `n_b` the weight in a bin, `c_b` and
//! `a_b` its mean confidence and accuracy: `ECE = sum n_b |a_b - c_b| / sum n_b`,
//! `MCE = max |a_b - c_b|` over bins that are not empty.

use super::bins::{self, BinSums, Closed, MAX_BINS, is_probability};
use super::labelled::Labelled;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use super::top_label;
use crate::simd::{Elem, Io, Kernel, Real};
use crate::state::{Head, Kind, Params, State};

/// What has been seen; the header's parameter is the number of bins.
#[repr(C)]
pub struct EceTopLabel {
    head: Head,
    rows: u64,
    nan_rows: u64,
    bins: [BinSums],
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for EceTopLabel {
    const KIND: Kind = Kind::EceTopLabel;

    fn size(params: &Params) -> Option<usize> {
        let bins = params.param;
        (1..=MAX_BINS).contains(&bins).then_some(32 + bins as usize * size_of::<BinSums>())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, params.param as usize) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.merge(more);
        }
    }
}

/// The result of `lgt_ece_top_label_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EceTopLabelReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those that hold a NaN or no probabilities: in no bin.
    pub nan_rows: u64,
    /// The sum of weights in the bins.
    pub weight: f64,
    /// Expected calibration error.
    pub ece: f64,
    /// Maximum calibration error.
    pub mce: f64,
    /// Mean confidence of the predicted class.
    pub confidence: f64,
    /// How often it is right.
    pub accuracy: f64,
    /// Root mean square calibration error.
    pub rms: f64,
    /// The same less what chance adds to the squares, at least 0.
    pub rms_debiased: f64,
    /// The plain mean of gaps over bins that are not empty.
    pub average: f64,
}

impl EceTopLabel {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        E::dispatch(Update { state: self, data });
    }

    /// The result so far; NaN if nothing, or a NaN, was seen.
    pub fn finish(&self) -> EceTopLabelReport {
        let of_bins = ReliabilityReport::of(self.bins(), self.nan_rows);
        EceTopLabelReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            weight: of_bins.weight,
            ece: of_bins.ece,
            mce: of_bins.mce,
            confidence: of_bins.confidence,
            accuracy: of_bins.frequency,
            rms: of_bins.rms,
            rms_debiased: of_bins.rms_debiased,
            average: of_bins.average,
        }
    }

    /// The bins of the reliability diagram, lowest confidence first.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = ReliabilityBin> + use<'_> {
        let count = self.bins.len();
        self.bins.iter().enumerate().map(move |(b, bin)| bin.of_equal_width(b, count))
    }

    /// Adds one row's confidence and whether its class was right.
    #[inline(never)]
    fn add<T: Real>(&mut self, confidence: T, hit: bool, weight: f64) {
        self.rows = self.rows.wrapping_add(1);
        let p = confidence.to_f64();
        if !is_probability(p) {
            self.nan_rows = self.nan_rows.wrapping_add(1);
            return;
        }
        let place = bins::place(p, self.bins.len(), Closed::Right, |x| T::of(x).to_f64());
        if let Some(bin) = self.bins.get_mut(place) {
            bin.add(p, hit, weight);
        }
    }
}

struct Update<'a, E: Elem> {
    state: &'a mut EceTopLabel,
    data: Labelled<E>,
}

impl<E: Elem> Kernel<E> for Update<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let n = self.data.rows.cols;
        for r in 0..self.data.rows.rows {
            let Some((label, weight)) = self.data.counted(r) else { continue };
            let row = self.data.rows.row(r);
            // SAFETY: the view vouches for its rows.
            let (confidence, class) = unsafe { top_label::top_label(s, row, n) };
            self.state.add(confidence, class == Some(label), weight);
        }
    }
}
