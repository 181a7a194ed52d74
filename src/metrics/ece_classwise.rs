//! Calibration error of each class: how far `p_c` is from how often the label is
//! `c`, over bins of equal width, for every class and on the mean over classes
//! (static calibration error).
//!
//! A row touches every class, and nearly always its first bin. So sums of one bin
//! lie side by side for all classes, and of the first bin only probabilities are
//! summed up, and hits: its rows and weights are those that are in no other bin,
//! exactly, since sums are exact. With a threshold most probabilities are left
//! out, and the first bin is as any other.

use super::bins::{self, BinSums, Closed, MAX_BINS, is_probability};
use super::labelled::Labelled;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use crate::math::fixed::Bounded;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};

/// What has been seen; the header's parameter is the number of bins.
#[repr(C)]
pub struct EceClasswise {
    head: Head,
    classes: u64,
    /// As the bits of an f64.
    threshold: u64,
    rows: u64,
    nan_rows: u64,
    weight: Bounded,
    /// Bin by bin, in each class by class.
    cells: [BinSums],
}

/// The parameters of a state.
pub fn params(bins: u32, classes: u32, threshold: f64) -> Params {
    // -0 + 0 is 0.
    Params { words: [u64::from(classes), (threshold + 0.0).to_bits(), 0, 0], ..bins.into() }
}

/// `x` as it is in the type that `E` is computed in.
fn round<E: Elem>(x: f64) -> f64 {
    E::Acc::of(x).to_f64()
}

/// How many cells these parameters ask for.
fn cells(params: &Params) -> usize {
    let [classes, ..] = params.words;
    (params.param as usize).wrapping_mul(classes as usize)
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for EceClasswise {
    const KIND: Kind = Kind::EceClasswise;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let (bins, [classes, threshold, ..]) = (params.param, params.words);
        let good = (1..=MAX_BINS).contains(&bins)
            && (1..=u64::from(u32::MAX)).contains(&classes)
            && (0.0..1.0).contains(&f64::from_bits(threshold));
        let bytes = u64::from(bins) * classes.min(1 << 32) * size_of::<BinSums>() as u64 + 80;
        // The header has 32 bits for the size.
        (good && bytes <= u64::from(u32::MAX)).then_some(bytes as usize)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, cells(params)) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.weight.merge(&other.weight);
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            cell.merge(more);
        }
    }
}

const _: () = assert!(size_of::<Head>() + 4 * 8 + size_of::<Bounded>() == 80);

/// The result of `lgt_ece_classwise_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EceClasswiseReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those that hold what is no probability; all below is then NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// Classes that have anything in their bins: all, but for a threshold.
    pub classes: u64,
    /// The mean over those classes of their calibration errors.
    pub ece: f64,
    /// The largest of them ..
    pub max: f64,
    /// .. and the first class that has it.
    pub worst: u64,
}

impl EceClasswise {
    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes as usize
    }

    fn threshold(&self) -> f64 {
        f64::from_bits(self.threshold)
    }

    /// Adds rows of as many columns as there are classes, that passed
    /// [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        for r in 0..data.rows.rows {
            let Some((label, weight)) = data.counted(r) else { continue };
            // SAFETY: the view vouches for its rows.
            let row = unsafe { core::slice::from_raw_parts(data.rows.row(r), data.rows.cols) };
            self.rows = self.rows.wrapping_add(1);
            let good = |all: bool, x: &E| all & is_probability(x.widen().to_f64());
            if !row.iter().fold(true, good) {
                self.nan_rows = self.nan_rows.wrapping_add(1);
                continue;
            }
            self.weight.add(weight);
            if self.threshold() == 0.0 {
                self.add_all(row, label, weight);
            } else {
                self.add_from_threshold(row, label, weight);
            }
        }
    }

    fn add_all<E: Elem>(&mut self, row: &[E], label: usize, weight: f64) {
        let bins = self.head.param as usize;
        let edge = if bins == 1 { f64::INFINITY } else { round::<E>(1.0 / bins as f64) };
        for (class, x) in row.iter().enumerate() {
            let p = x.widen().to_f64();
            if p > edge {
                self.add(p, class, class == label, weight, round::<E>);
            } else if let Some(cell) = self.cells.get_mut(class) {
                cell.confidence.add_share(weight * p);
                if class == label {
                    cell.hits.add(weight);
                }
            }
        }
    }

    fn add_from_threshold<E: Elem>(&mut self, row: &[E], label: usize, weight: f64) {
        let least = round::<E>(self.threshold());
        for (class, x) in row.iter().enumerate() {
            let p = x.widen().to_f64();
            if p >= least {
                self.add(p, class, class == label, weight, round::<E>);
            }
        }
    }

    /// Adds one probability to the bin it belongs to.
    #[inline(never)]
    fn add(&mut self, p: f64, class: usize, hit: bool, weight: f64, round: fn(f64) -> f64) {
        let place = bins::place(p, self.head.param as usize, Closed::Right, round);
        let cell = place * self.classes() + class;
        if let Some(cell) = self.cells.get_mut(cell) {
            cell.add(p, hit, weight);
        }
    }

    /// The bins of one class, lowest probability first.
    pub fn bins(&self, class: usize) -> impl ExactSizeIterator<Item = ReliabilityBin> + use<'_> {
        let count = self.head.param as usize;
        (0..count).map(move |b| {
            let mut cell = self.cell(b, class);
            if b == 0 && self.threshold() == 0.0 {
                (cell.rows, cell.weight) = self.rest(class);
            }
            cell.of_equal_width(b, count)
        })
    }

    fn cell(&self, bin: usize, class: usize) -> BinSums {
        *self.cells.get(bin * self.classes() + class).unwrap_or(&BinSums::ZERO)
    }

    /// Rows of a class, and their weight, that are in no bin but the first.
    fn rest(&self, class: usize) -> (u64, Bounded) {
        let (mut rows, mut weight) = (self.rows.wrapping_sub(self.nan_rows), self.weight);
        for b in 1..self.head.param as usize {
            let cell = self.cell(b, class);
            rows = rows.wrapping_sub(cell.rows);
            weight.take(&cell.weight);
        }
        (rows, weight)
    }

    /// What the bins of one class amount to.
    pub fn class(&self, class: usize) -> ReliabilityReport {
        ReliabilityReport::of(self.bins(class), self.nan_rows)
    }

    /// The result so far; NaN if nothing, or a NaN, was seen.
    pub fn finish(&self) -> EceClasswiseReport {
        let (mut classes, mut sum, mut max, mut worst) = (0, 0.0, -1.0, 0);
        for class in 0..self.classes() {
            let report = ReliabilityReport::of(self.bins(class), 0);
            if report.bins > 0 {
                classes += 1;
                sum += report.ece;
                if report.ece > max {
                    (max, worst) = (report.ece, class as u64);
                }
            }
        }
        let count = if self.nan_rows > 0 { f64::NAN } else { classes as f64 };
        let (rows, nan_rows, weight) = (self.rows, self.nan_rows, self.weight.to_f64());
        let (ece, max) = (sum / count, max + 0.0 / count);
        EceClasswiseReport { rows, nan_rows, weight, classes, ece, max, worst }
    }
}
