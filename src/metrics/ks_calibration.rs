//! Calibration errors without bins, from sums along the order of probabilities:
//! with `d_i = w_i (p_i - y_i) / W` and `D(t)` the sum of those with `p_i <= t`,
//! Kolmogorov and Smirnov's `max |D|` and Kuiper's `max D - min D` (both with
//! `D = 0` below all).

use super::points::Points;
use super::sorted::Sorted;
use crate::math::fixed::Bounded;
use crate::math::sum::Sum;

/// The result of `lgt_ks_calibration`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct KsCalibrationReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a probability; all below is then NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// The Kolmogorov-Smirnov calibration error, the largest |D|.
    pub ks: f64,
    /// Kuiper's calibration error, the largest D less the least.
    pub kuiper: f64,
    /// The lowest probability at which |D| is largest.
    pub at: f64,
}

/// Both errors.
pub fn apply(points: &Points, scratch: &mut [u64]) -> KsCalibrationReport {
    let sorted = Sorted::of(points, 0.0, scratch);
    let (mut weight, mut sum) = (Bounded::ZERO, Sum::ZERO);
    let (mut low, mut high, mut most, mut at) = (0.0, 0.0, -1.0, f64::NAN);
    // Within a run of equal probabilities the order is chance.
    for run in sorted.runs(|a, b| a == b) {
        for point in run.iter() {
            weight.add(point.weight);
            sum = sum.plus(point.weight * (point.p - f64::from(u8::from(point.hit))));
        }
        let d = sum.value();
        (low, high) = (f64::min(low, d), f64::max(high, d));
        if d.abs() > most {
            (most, at) = (d.abs(), run.value(0));
        }
    }
    let weight = weight.to_f64();
    let per = if sorted.nan_rows > 0 { f64::NAN } else { weight };
    KsCalibrationReport {
        rows: sorted.len() as u64 + sorted.nan_rows,
        nan_rows: sorted.nan_rows,
        weight,
        ks: f64::max(low.abs(), high) / per,
        kuiper: (high - low) / per,
        at: at + 0.0 / per,
    }
}
