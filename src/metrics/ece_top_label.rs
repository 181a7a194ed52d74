//! Expected calibration error of the top label: how far the confidence of the
//! predicted class is from how often it is right, over bins of equal width.
//!
//! With bins `(lo, hi]` (0 in the first), `n_b` the weight in a bin, `c_b` and
//! `a_b` its mean confidence and accuracy: `ECE = sum n_b |a_b - c_b| / sum n_b`,
//! `MCE = max |a_b - c_b|` over bins that are not empty.

use super::labelled::Labelled;
use crate::math::fixed::Bounded;
use crate::rows::top;
use crate::simd::{Elem, Io, Kernel, Real};
use crate::state::{Head, Kind, Params, State};

/// The most bins there may be.
pub const MAX_BINS: u32 = 65536;

/// A confidence above this is no probability, however it was rounded.
const LARGEST: f64 = 1.01;

/// What has been seen; the header's parameter is the number of bins.
#[repr(C)]
pub struct EceTopLabel {
    head: Head,
    rows: u64,
    nan_rows: u64,
    bins: [Bin],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Bin {
    rows: u64,
    weight: Bounded,
    confidence: Bounded,
    hits: Bounded,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for EceTopLabel {
    const KIND: Kind = Kind::EceTopLabel;

    fn size(params: &Params) -> Option<usize> {
        let bins = params.param;
        (1..=MAX_BINS).contains(&bins).then_some(32 + bins as usize * size_of::<Bin>())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, params.param as usize) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.rows = bin.rows.wrapping_add(more.rows);
            bin.weight.merge(&more.weight);
            bin.confidence.merge(&more.confidence);
            bin.hits.merge(&more.hits);
        }
    }
}

const _: () = assert!(size_of::<Bin>() == 8 + 3 * 32);

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
}

/// One bin of the reliability diagram.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EceTopLabelBin {
    /// Rows in the bin.
    pub rows: u64,
    /// Their weight.
    pub weight: f64,
    /// The bin holds confidences above this (its first also 0) ..
    pub low: f64,
    /// .. up to this.
    pub high: f64,
    /// Mean confidence; NaN if empty.
    pub confidence: f64,
    /// Accuracy; NaN if empty.
    pub accuracy: f64,
}

impl EceTopLabel {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        E::dispatch(Update { state: self, data });
    }

    /// The result so far; NaN if nothing, or a NaN, was seen.
    pub fn finish(&self) -> EceTopLabelReport {
        let (mut weight, mut confidence, mut hits) = (Bounded::ZERO, Bounded::ZERO, Bounded::ZERO);
        let (mut gaps, mut mce) = (0.0, 0.0);
        for bin in &self.bins {
            let w = bin.weight.to_f64();
            if w > 0.0 {
                let gap = (bin.hits.to_f64() - bin.confidence.to_f64()).abs();
                gaps += gap;
                mce = f64::max(mce, gap / w);
            }
            weight.merge(&bin.weight);
            confidence.merge(&bin.confidence);
            hits.merge(&bin.hits);
        }
        let weight = weight.to_f64();
        // 0 / 0 is NaN where nothing was seen.
        let per = if self.nan_rows > 0 { f64::NAN } else { 1.0 / weight };
        EceTopLabelReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            weight,
            ece: gaps * per,
            mce: mce + 0.0 * per,
            confidence: confidence.to_f64() * per,
            accuracy: hits.to_f64() * per,
        }
    }

    /// The bins of the reliability diagram, lowest confidence first.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = EceTopLabelBin> + use<'_> {
        let count = self.bins.len() as f64;
        self.bins.iter().enumerate().map(move |(b, bin)| {
            let weight = bin.weight.to_f64();
            EceTopLabelBin {
                rows: bin.rows,
                weight,
                low: b as f64 / count,
                high: (b + 1) as f64 / count,
                confidence: bin.confidence.to_f64() / weight,
                accuracy: bin.hits.to_f64() / weight,
            }
        })
    }

    /// Adds one row's confidence and whether its class was right.
    #[inline(never)]
    fn add<T: Real>(&mut self, confidence: T, hit: bool, weight: f64) {
        self.rows = self.rows.wrapping_add(1);
        let p = confidence.to_f64();
        if !(0.0..=LARGEST).contains(&p) {
            self.nan_rows = self.nan_rows.wrapping_add(1);
            return;
        }
        let place = bin_of(confidence, self.bins.len());
        if let Some(bin) = self.bins.get_mut(place) {
            bin.rows = bin.rows.wrapping_add(1);
            bin.weight.add(weight);
            bin.confidence.add(weight * p);
            if hit {
                bin.hits.add(weight);
            }
        }
    }
}

/// The number of inner edges below `p`. Edges are rounded to the type of `p`,
/// so that 0.6f stands on the edge 3/5 and not beside it.
fn bin_of<T: Real>(p: T, bins: usize) -> usize {
    let edge = |k: usize| T::of(k as f64 / bins as f64);
    let mut b = ((p.to_f64() * bins as f64) as usize).min(bins - 1);
    while b > 0 && p <= edge(b) {
        b -= 1;
    }
    while b + 1 < bins && p > edge(b + 1) {
        b += 1;
    }
    b
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
            unsafe {
                let max = top::max(s, row, n);
                let confidence = if top::has_nan(s, row, n) { E::Acc::NAN } else { max };
                let hit = top::find(s, row, n, max) == label;
                self.state.add(confidence, hit, weight);
            }
        }
    }
}
