//! Expected calibration error of a probability of one thing: how far P(y = 1) is
//! from how often y is 1, over bins of equal width.
//!
//! The same sums as of the top label (`ece_top_label.rs`), of other numbers: a
//! low probability is not a low confidence here.

use super::bins::{BinSums, Closed, MAX_BINS, is_probability};
use super::points::Points;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use crate::state::{Head, Kind, Params, State};

/// What has been seen; the header's parameter is the number of bins.
#[repr(C)]
pub struct EceBinary {
    head: Head,
    /// Whether bins are closed on the left.
    left: u64,
    rows: u64,
    nan_rows: u64,
    bins: [BinSums],
}

/// The parameters of a state.
pub fn params(bins: u32, closed: u32) -> Params {
    Params { words: [u64::from(closed), 0, 0, 0], ..bins.into() }
}

// SAFETY: repr(C) of u64s behind a head.
unsafe impl State for EceBinary {
    const KIND: Kind = Kind::EceBinary;
    const WORDS: usize = 1;

    fn size(params: &Params) -> Option<usize> {
        let (bins, [left, ..]) = (params.param, params.words);
        let good = (1..=MAX_BINS).contains(&bins) && left <= 1;
        good.then_some(40 + bins as usize * size_of::<BinSums>())
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

impl EceBinary {
    /// Adds points that passed [`Points::check`].
    pub fn update(&mut self, points: &Points) {
        let closed = if self.left == 0 { Closed::Right } else { Closed::Left };
        for point in points.iter() {
            self.rows = self.rows.wrapping_add(1);
            if !is_probability(point.p) {
                self.nan_rows = self.nan_rows.wrapping_add(1);
                continue;
            }
            let place = points.place(point.p, self.bins.len(), closed);
            if let Some(bin) = self.bins.get_mut(place) {
                bin.add(point.p, point.hit, point.weight);
            }
        }
    }

    /// The result so far; NaN if nothing, or a NaN, was seen.
    pub fn finish(&self) -> ReliabilityReport {
        ReliabilityReport { rows: self.rows, ..ReliabilityReport::of(self.bins(), self.nan_rows) }
    }

    /// Whether bins are closed on the left.
    pub fn closed_left(&self) -> bool {
        self.left != 0
    }

    /// The bins of the reliability curve, lowest probability first.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = ReliabilityBin> + use<'_> {
        let count = self.bins.len();
        self.bins.iter().enumerate().map(move |(b, bin)| bin.of_equal_width(b, count))
    }
}
