//! Adaptive calibration error: for each class the gaps over bins that hold as many
//! rows each as can be, and their mean over bins and classes.

use super::bins::is_probability;
use super::points::Points;
use super::sorted::Sorted;
use crate::math::fixed::Bounded;

/// Rows of probabilities, one column a class.
#[derive(Clone, Copy)]
pub struct Table {
    /// The first column, with labels that are classes.
    pub points: Points,
    /// From row to row, in elements.
    pub stride: usize,
    /// Number of classes.
    pub cols: usize,
}

/// How each class is cut into bins.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Bins a class, at least 1.
    pub bins: usize,
    /// Probabilities below are left out.
    pub threshold: f64,
}

/// The result of `lgt_ace`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AceReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those that hold what is no probability; all below is then NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// Classes that have anything in their bins: all, but for a threshold.
    pub classes: u64,
    /// Adaptive calibration error: the plain mean of gaps over all bins of all
    /// classes that are not empty.
    pub ace: f64,
    /// The largest mean over the bins of one class.
    pub max: f64,
}

impl Table {
    /// The probabilities of one class.
    fn class(&self, class: usize) -> Points {
        // SAFETY: the points were made of a table with that column.
        unsafe { self.points.of_class(class, self.stride, class) }
    }

    /// Rows that count, those of them that are no probabilities, and the weight of
    /// the others.
    fn tally(&self) -> (u64, u64, Bounded) {
        let (mut rows, mut nan_rows, mut weight) = (0, 0, Bounded::ZERO);
        for r in 0..self.points.n {
            let good = |c: usize| self.class(c).get(r).is_none_or(|x| is_probability(x.p));
            let Some(point) = self.class(0).get(r) else { continue };
            rows += 1;
            if (0..self.cols).all(good) {
                weight.add(point.weight);
            } else {
                nan_rows += 1;
            }
        }
        (rows, nan_rows, weight)
    }
}

/// The error of a table.
pub fn apply(table: &Table, opts: Opts, scratch: &mut [u64]) -> AceReport {
    let (rows, nan_rows, weight) = table.tally();
    let weight = weight.to_f64();
    let mut report = AceReport { rows, nan_rows, weight, classes: 0, ace: f64::NAN, max: f64::NAN };
    if nan_rows > 0 {
        return report;
    }
    let least = table.points.round(opts.threshold);
    let (mut gaps, mut count) = (0.0, 0u64);
    for class in 0..table.cols {
        let sorted = Sorted::of(&table.class(class), least, scratch);
        let (mut own, mut bins) = (0.0, 0u64);
        for part in sorted.equal_parts(opts.bins, false).filter(|part| !part.is_empty()) {
            let bin = part.bin();
            own += (bin.confidence - bin.frequency).abs();
            bins += 1;
        }
        if bins > 0 {
            report.classes += 1;
            // NaN stands for none yet.
            report.max = report.max.max(own / bins as f64);
            (gaps, count) = (gaps + own, count + bins);
        }
    }
    report.ace = gaps / count as f64;
    report
}
