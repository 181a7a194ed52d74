//! What a Brier score is made of. With groups `g` of forecasts, `f_g` their mean
//! and `o_g` the frequency of what they foretold, `o` that of all:
//!
//! ```text
//! sum w (p - y)^2 / W  =  sum W_g (f_g - o_g)^2 / W      reliability
//!                       - sum W_g (o_g - o)^2 / W        resolution
//!                       + o (1 - o)                      uncertainty
//!                       + sum w (p - f_g)^2 / W          variance within groups
//!                       - 2 sum w (p - f_g) (y - o_g) / W   covariance within
//! ```
//!
//! Groups of equal forecasts leave nothing within; bins do.

use super::bins::Closed;
use super::points::Points;
use super::reliability::ReliabilityBin;
use super::sorted::Sorted;
use crate::math::sum::Sum;

/// The result of `lgt_brier_decomposition`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BrierDecompositionReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a probability; all below is then NaN.
    pub nan_rows: u64,
    /// Groups of forecasts.
    pub groups: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// The Brier score of a forecast of one thing, from 0 to 1: reliability -
    /// resolution + uncertainty + within_variance - within_covariance.
    pub brier: f64,
    /// How far forecasts are from what came of them.
    pub reliability: f64,
    /// How far what came of them differs between groups.
    pub resolution: f64,
    /// What would be left of a forecast that is always the mean.
    pub uncertainty: f64,
    /// Variance of forecasts within groups.
    pub within_variance: f64,
    /// Twice the covariance of forecasts and outcomes within groups.
    pub within_covariance: f64,
}

const NOTHING: BrierDecompositionReport = BrierDecompositionReport {
    rows: 0,
    nan_rows: 0,
    groups: 0,
    weight: 0.0,
    brier: f64::NAN,
    reliability: f64::NAN,
    resolution: f64::NAN,
    uncertainty: f64::NAN,
    within_variance: f64::NAN,
    within_covariance: f64::NAN,
};

/// Sums of the parts that are between groups.
struct Between {
    frequency: f64,
    reliability: Sum,
    resolution: Sum,
    groups: u64,
}

impl Between {
    fn new(frequency: f64) -> Between {
        Between { frequency, reliability: Sum::ZERO, resolution: Sum::ZERO, groups: 0 }
    }

    fn add(&mut self, group: &ReliabilityBin) {
        let gap = group.confidence - group.frequency;
        let off = group.frequency - self.frequency;
        self.reliability = self.reliability.plus(group.weight * gap * gap);
        self.resolution = self.resolution.plus(group.weight * off * off);
        self.groups += 1;
    }

    fn report(&self, weight: f64) -> BrierDecompositionReport {
        BrierDecompositionReport {
            groups: self.groups,
            weight,
            reliability: self.reliability.value() / weight,
            resolution: self.resolution.value() / weight,
            uncertainty: self.frequency * (1.0 - self.frequency),
            ..NOTHING
        }
    }
}

/// Of points in groups of equal forecasts, or in so many bins of equal width,
/// `(low, high]`.
pub fn apply(points: &Points, bins: usize, scratch: &mut [u64]) -> BrierDecompositionReport {
    let sorted = Sorted::of(points, 0.0, scratch);
    let (rows, nan_rows) = (sorted.len() as u64 + sorted.nan_rows, sorted.nan_rows);
    let all = sorted.bin();
    if nan_rows > 0 || sorted.is_empty() {
        return BrierDecompositionReport { rows, nan_rows, weight: all.weight, ..NOTHING };
    }
    let bin_of = |p: f64| points.place(p, bins, Closed::Right);
    let same = |a: f64, b: f64| if bins == 0 { a == b } else { bin_of(a) == bin_of(b) };
    let mut between = Between::new(all.frequency);
    let (mut score, mut variance, mut covariance) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
    for run in sorted.runs(same) {
        let group = run.bin();
        // All forecasts of a group that has one value are that, not a rounded mean.
        let equal = group.low == group.high;
        let mean = if equal { group.low } else { group.confidence };
        between.add(&ReliabilityBin { confidence: mean, ..group });
        for point in run.iter() {
            let y = f64::from(u8::from(point.hit));
            let (off, within) = (point.p - y, point.p - mean);
            score = score.plus(point.weight * off * off);
            variance = variance.plus(point.weight * within * within);
            covariance = covariance.plus(2.0 * point.weight * within * (y - group.frequency));
        }
    }
    BrierDecompositionReport {
        rows,
        brier: score.value() / all.weight,
        within_variance: variance.value() / all.weight,
        within_covariance: covariance.value() / all.weight,
        ..between.report(all.weight)
    }
}

/// What bins tell: not how forecasts spread within them, so neither the two parts
/// that come of that, nor the score.
pub fn of_bins(bins: &[ReliabilityBin]) -> BrierDecompositionReport {
    let filled = || bins.iter().filter(|bin| bin.weight > 0.0);
    let total = |term: fn(&ReliabilityBin) -> f64| {
        filled().fold(Sum::ZERO, |sum, bin| sum.plus(term(bin))).value()
    };
    let weight = total(|bin| bin.weight);
    let mut between = Between::new(total(|bin| bin.weight * bin.frequency) / weight);
    filled().for_each(|bin| between.add(bin));
    let rows = filled().fold(0u64, |rows, bin| rows.wrapping_add(bin.rows));
    BrierDecompositionReport { rows, ..between.report(weight) }
}
