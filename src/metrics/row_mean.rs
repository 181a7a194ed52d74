//! The weighted mean of one number a row, and its standard error: what scores that
//! are a mean over rows have in common.

use crate::math::fixed::{Bounded, Unbounded};

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RowMean {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those whose number is NaN.
    pub nan_rows: u64,
    /// Those whose number is +inf.
    pub infinite_rows: u64,
    weight: Bounded,
    sum: Unbounded,
    squares: Unbounded,
}

const _: () = assert!(size_of::<RowMean>() == 3 * 8 + 32 + 2 * 272);

/// What it comes to.
pub struct Mean {
    /// The sum of weights.
    pub weight: f64,
    /// The weighted mean: NaN if nothing, or a NaN, was seen, else +inf if that was.
    pub mean: f64,
    /// Its standard error, weights taken as repetitions.
    pub std_error: f64,
}

impl RowMean {
    /// Adds one row's number.
    #[inline(never)]
    pub fn add(&mut self, value: f64, weight: f64) {
        let weighted = weight * value;
        self.rows = self.rows.wrapping_add(1);
        self.weight.add(weight);
        if weighted == f64::INFINITY {
            self.infinite_rows = self.infinite_rows.wrapping_add(1);
        } else if !weighted.is_finite() {
            self.nan_rows = self.nan_rows.wrapping_add(1);
        } else {
            self.sum.add(weighted);
            self.squares.add((weighted * value).min(f64::MAX));
        }
    }

    /// Adds what another has seen.
    pub fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.infinite_rows = self.infinite_rows.wrapping_add(other.infinite_rows);
        self.weight.merge(&other.weight);
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
    }

    /// The mean so far.
    #[inline(never)]
    pub fn finish(&self) -> Mean {
        let weight = self.weight.to_f64();
        let (sum, squares) = (self.sum.to_f64(), self.squares.to_f64());
        let mean = sum / weight;
        // Squares past the range of f64 are held at its end.
        let variance = if squares < f64::MAX {
            ((squares - mean * sum) / (weight - 1.0)).max(0.0)
        } else {
            f64::INFINITY
        };
        let (mean, std_error) = if self.nan_rows > 0 || self.rows == 0 {
            (f64::NAN, f64::NAN)
        } else if self.infinite_rows > 0 {
            (f64::INFINITY, f64::NAN)
        } else if weight > 1.0 {
            (mean, libm::sqrt(variance / weight))
        } else {
            (mean, f64::NAN)
        };
        Mean { weight, mean, std_error }
    }
}
