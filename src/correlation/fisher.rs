//! What a correlation of a sample says of that of all: Student's t and Fisher's z.

use crate::math::{beta, normal};

/// The two-sided p-value of a correlation of `n` rows, if there is none among all and
/// they are normal: the share of `|r|` and more under a density proportional to
/// `(1 - r^2)^(n / 2 - 2)`, as is that of `r sqrt((n - 2) / (1 - r^2))` under Student's
/// t. 1 for two rows, whose correlation is always 1 or -1; NaN for less.
#[inline(never)]
pub fn p_value(r: f64, n: f64) -> f64 {
    let half = 0.5 * n - 1.0;
    if half == 0.0 {
        return 1.0 + 0.0 * r;
    }
    // Symmetric, so that one of its two shares has twice the half.
    let share = beta::both(half, half, 0.5 * (1.0 - r.abs())).0;
    (2.0 * share).min(1.0) + 0.0 * r
}

/// The interval of that confidence: `tanh(atanh r +- z / sqrt(n - 3))`; all from -1 to 1
/// for three rows or less.
#[inline(never)]
pub fn interval(r: f64, n: f64, level: f64) -> (f64, f64) {
    if n <= 3.0 {
        return (-1.0 + 0.0 * r, 1.0 + 0.0 * r);
    }
    let reach = normal::upper_quantile(0.5 * (1.0 - level)) / libm::sqrt(n - 3.0);
    let center = libm::atanh(r);
    (libm::tanh(center - reach), libm::tanh(center + reach))
}
