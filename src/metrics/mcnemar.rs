//! McNemar's test: whether two classifiers are right equally often, from the rows
//! on which just one of them is.
//!
//! If they are, each of the `b + c` such rows is as likely the one's as the
//! other's.

use crate::math::{beta, normal};
use crate::rows::labels::Labels;
use crate::status::Status;

/// The result of `lgt_mcnemar`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct McNemar {
    /// Rows that only the first has right.
    pub b: u64,
    /// Rows that only the second has right.
    pub c: u64,
    /// Two-sided, by the binomial distribution.
    pub exact_p: f64,
    /// (b - c)^2 / (b + c).
    pub chi2: f64,
    /// Its p-value, by the chi-square distribution of one degree.
    pub chi2_p: f64,
    /// (|b - c| - 1)^2 / (b + c), but 0 where b = c.
    pub corrected_chi2: f64,
    /// Its p-value.
    pub corrected_p: f64,
}

/// From the two counts; NaN if both are 0.
pub fn mcnemar(b: u64, c: u64) -> McNemar {
    let (n, apart) = (b as f64 + c as f64, b.abs_diff(c) as f64);
    if n == 0.0 {
        let none = f64::NAN;
        let (exact_p, chi2, chi2_p) = (none, none, none);
        return McNemar { b, c, exact_p, chi2, chi2_p, corrected_chi2: none, corrected_p: none };
    }
    let root = libm::sqrt(n);
    let (z, corrected) = (apart / root, (apart - 1.0).max(0.0) / root);
    // Both tails of the normal distribution are one of chi-square.
    let p = |z: f64| (2.0 * normal::sf(z)).min(1.0);
    let least = b.min(c) as f64;
    McNemar {
        b,
        c,
        exact_p: (2.0 * beta::lower(n - least, least + 1.0, 0.5)).min(1.0),
        chi2: z * z,
        chi2_p: p(z),
        corrected_chi2: corrected * corrected,
        corrected_p: p(corrected),
    }
}

/// Rows that only the first, and rows that only the second has right; `E_LABEL`
/// for negative classes.
pub fn counts(
    first: &Labels,
    second: &Labels,
    labels: &Labels,
    rows: usize,
) -> Result<(u64, u64), Status> {
    let (mut b, mut c) = (0, 0);
    for r in 0..rows {
        let (first, second, label) = (first.get(r), second.get(r), labels.get(r));
        if first == u64::MAX || second == u64::MAX || label == u64::MAX {
            return Err(Status::LGT_E_LABEL);
        }
        b += u64::from(first == label && second != label);
        c += u64::from(first != label && second == label);
    }
    Ok((b, c))
}
