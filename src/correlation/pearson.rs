//! Pearson's correlation of two columns, the line of least squares through them, and
//! Lin's concordance, from exact sums.

use super::fisher;
use super::moments::Moments;
use super::waiting::{Waiting, blocks};
use crate::rows::column::TwoColumns;
use crate::state::{Head, Kind, Params, State};

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Pearson {
    head: Head,
    moments: Moments,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Pearson {
    const KIND: Kind = Kind::Pearson;

    fn size(params: &Params) -> Option<usize> {
        (params.param == 0).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
    }
}

const _: () = assert!(size_of::<Pearson>() == 16 + 8 * (2 + 6 + 2 * 40 + 3 * 74));

/// The result of `lgt_pearson_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PearsonReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those with a number that is not finite; all but the weight is then NaN.
    pub nan_rows: u64,
    /// The sum of weights, n below.
    pub weight: f64,
    /// The correlation; NaN if x or y is constant.
    pub r: f64,
    /// Two-sided p-value of no correlation, by Student's t.
    pub p_value: f64,
    /// Fisher's interval for the correlation.
    pub low: f64,
    /// As above.
    pub high: f64,
    /// Mean of x.
    pub mean_x: f64,
    /// Mean of y.
    pub mean_y: f64,
    /// Variance of x, with n - 1; NaN unless n is above 1.
    pub variance_x: f64,
    /// Variance of y.
    pub variance_y: f64,
    /// Covariance.
    pub covariance: f64,
    /// Slope of the line of least squares for y; NaN if x is constant.
    pub slope: f64,
    /// Where it starts, at x = 0.
    pub intercept: f64,
    /// Standard error of the slope; NaN unless n is above 2.
    pub slope_std_error: f64,
    /// Lin's concordance correlation coefficient, with n; NaN if both are constant and
    /// equal.
    pub concordance: f64,
}

impl Pearson {
    /// Adds rows that passed [`TwoColumns::check`].
    pub fn update(&mut self, data: TwoColumns) {
        let mut waiting = Waiting::new(true);
        blocks(&data, &mut |block| {
            // SAFETY: the rows of a block are there.
            unsafe { waiting.block(block, &mut self.moments) };
        });
        waiting.empty(&mut self.moments);
    }

    /// The result so far, with an interval of that confidence.
    pub fn finish(&self, level: f64) -> PearsonReport {
        let found = self.moments.finish();
        let n = found.weight;
        let [variance_x, covariance, variance_y] = found.unbiased;
        let (low, high) = fisher::interval(found.r, n, level);
        let apart = found.mean_x - found.mean_y;
        let unexplained = (1.0 - found.r) * (1.0 + found.r);
        PearsonReport {
            rows: self.moments.rows,
            nan_rows: self.moments.nan_rows,
            weight: n,
            r: found.r,
            p_value: fisher::p_value(found.r, n),
            low,
            high,
            mean_x: found.mean_x,
            mean_y: found.mean_y,
            variance_x,
            variance_y,
            covariance,
            slope: found.slope,
            intercept: found.mean_y - found.slope * found.mean_x,
            slope_std_error: if n > 2.0 {
                libm::sqrt(unexplained * (found.yy / found.xx) / (n - 2.0))
            } else {
                f64::NAN
            },
            concordance: 2.0 * found.xy / (found.xx + found.yy + apart * apart),
        }
    }
}
