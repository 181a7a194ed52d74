//! Expected calibration error of the top label: how far the confidence of the
//! predicted class is from how often it is right, over bins of equal width.
//!
//! With bins `(lo, hi]` (0 in the first), `n_b` the weight in a bin, `c_b` and
//! `a_b` its mean confidence and accuracy: `ECE = sum n_b |a_b - c_b| / sum n_b`,
//! `MCE = max |a_b - c_b|` over bins that are not empty.

use super::bins::{self, BinSums, Closed, MAX_BINS, is_probability};
use super::labelled::Labelled;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use super::scored::{RowTerm, Scored, by_blocks};
use crate::rows::top;
use crate::simd::{Elem, Io, Real};
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
        self.add_rows(self.head.param, &data);
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

    /// Where a row belongs.
    #[inline(never)]
    fn place<T: Real>(confidence: T, hit: bool, bins: usize) -> Placed {
        let p = confidence.to_f64();
        if !is_probability(p) {
            return Placed::NOWHERE;
        }
        let bin = bins::place(p, bins, Closed::Right, |x| T::of(x).to_f64());
        Placed { confidence: p, bin: bin as u32, hit }
    }
}

/// What is known of a row: its confidence, whether the class was right, and the bin.
#[derive(Clone, Copy)]
pub struct Placed {
    confidence: f64,
    bin: u32,
    hit: bool,
}

impl Placed {
    /// In no bin: NaN, or no probability.
    const NOWHERE: Placed = Placed { confidence: 0.0, bin: u32::MAX, hit: false };
}

impl Scored for EceTopLabel {
    type Term = Placed;

    fn terms<E: Elem>(bins: u32, data: &Labelled<E>, add: &mut dyn FnMut(usize, &[Placed])) {
        by_blocks(Place(bins as usize), data, add);
    }

    #[inline(never)]
    fn add(&mut self, row: Placed, weight: f64) {
        self.rows = self.rows.wrapping_add(1);
        match self.bins.get_mut(row.bin as usize) {
            Some(bin) => bin.add(row.confidence, row.hit, weight),
            None => self.nan_rows = self.nan_rows.wrapping_add(1),
        }
    }

    fn value(&self) -> f64 {
        self.finish().ece
    }
}

/// Finds the bin, of so many.
#[derive(Clone, Copy)]
struct Place(usize);

impl<E: Elem> RowTerm<E> for Place {
    type Term = Placed;
    const NONE: Placed = Placed::NOWHERE;

    #[inline(always)]
    unsafe fn term<S: Io<E>>(self, s: S, row: *const E, n: usize, label: usize) -> Placed {
        // SAFETY: the caller vouches for the row and its label.
        let (confidence, hit) = unsafe {
            let max = top::largest(s, row, n);
            // The lowest index of the largest is the label if none before it is as large.
            (max, (*row.add(label)).widen() == max && top::find(s, row, label, max) == label)
        };
        EceTopLabel::place(confidence, hit, self.0)
    }
}
