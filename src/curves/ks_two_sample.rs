//! The Kolmogorov-Smirnov test of two samples: the largest difference of their
//! distribution functions.
//!
//! Exactly, ties and all: if every order of the numbers is as likely, the last of i
//! numbers of one sample and j of the other is of the first with probability
//! `i / (i + j)`. So the probability `p(i, j)` that a difference as large was met on the
//! way there is 1 where it is met, and else
//! `i / (i + j) p(i - 1, j) + j / (i + j) p(i, j - 1)`: nothing is subtracted, and small
//! p-values keep their digits. Among equal numbers nothing is met: there only the last
//! counts (G. Schröer and D. Trenkler, 1995).

use super::mann_whitney::{Alternative, Method};
use super::two_samples::{self, Samples};

/// The result of `lgt_ks_two_sample`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct KsTwoSampleReport {
    /// Numbers in the first sample.
    pub n: u64,
    /// Numbers in the second.
    pub m: u64,
    /// NaNs in both; all but the counts is then NaN.
    pub nan_rows: u64,
    /// The largest difference of the distribution functions, in the direction asked for.
    pub statistic: f64,
    /// The least value at which it is met.
    pub location: f64,
    /// 1 if the first distribution function is the larger there, else -1.
    pub sign: f64,
    /// The p-value: `exact_p` if there is one, else `asymptotic_p`.
    pub p: f64,
    /// That of the limit of many numbers.
    pub asymptotic_p: f64,
    /// That of all orders; NaN where it was not found.
    pub exact_p: f64,
}

/// Up to so many pairs `Auto` is exact.
pub const CHEAP: usize = 1 << 20;

/// Words of scratch: the samples, whose place the row of probabilities takes, and a bit
/// a number.
pub fn words(n: usize, m: usize) -> Option<usize> {
    Some(two_samples::words(n, m)? + bits(n, m))
}

fn bits(n: usize, m: usize) -> usize {
    (n + m) / 64 + 1
}

/// The test. Of alternatives, `Less` and `Greater` are about the first distribution
/// function, so that with `Greater` the first sample has the lower values.
pub fn apply(
    samples: &Samples,
    alternative: Alternative,
    method: Method,
    scratch: &mut [u64],
) -> KsTwoSampleReport {
    let (n, m) = (samples.n, samples.m);
    let nan_rows = samples.nans();
    let nan = f64::NAN;
    let mut report = KsTwoSampleReport {
        n: n as u64,
        m: m as u64,
        nan_rows,
        statistic: nan,
        location: nan,
        sign: nan,
        p: nan,
        asymptotic_p: nan,
        exact_p: nan,
    };
    if !samples.comparable(nan_rows) {
        return report;
    }
    let Some((ends, keys)) = scratch.split_at_mut_checked(bits(n, m)) else { return report };
    ends.fill(0);
    // n m times the difference, in the direction asked for.
    let way = |d: i64| match alternative {
        Alternative::TwoSided => d.abs(),
        Alternative::Greater => d,
        Alternative::Less => -d,
    };
    let (mut most, mut location, mut signed) = (i64::MIN, nan, 0);
    samples.runs(keys, |run| {
        let (x, y) = (run.x_below + run.x, run.y_below + run.y);
        if let Some(word) = ends.get_mut(((x + y) / 64) as usize) {
            *word |= 1 << ((x + y) % 64);
        }
        let d = (x * m as u64) as i64 - (y * n as u64) as i64;
        if way(d) > most {
            (most, location, signed) = (way(d), run.value, d);
        }
    });
    // Above all numbers the difference is 0, so that the largest is never below.
    let pairs = n as f64 * m as f64;
    report.statistic = most as f64 / pairs;
    report.location = location;
    report.sign = match alternative {
        Alternative::TwoSided => {
            if signed < 0 {
                -1.0
            } else {
                1.0
            }
        }
        Alternative::Greater => 1.0,
        Alternative::Less => -1.0,
    };
    let two_sided = alternative == Alternative::TwoSided;
    report.asymptotic_p = if two_sided {
        kolmogorov(report.statistic * libm::sqrt(pairs / (n + m) as f64))
    } else {
        one_sided(report.statistic, n as f64, m as f64)
    };
    if method == Method::Exact || method == Method::Auto && n.saturating_mul(m) <= CHEAP {
        report.exact_p = exact(n, m, |d| way(d) >= most, ends, keys);
    }
    let known = !report.exact_p.is_nan();
    report.p = if known { report.exact_p } else { report.asymptotic_p };
    report
}

/// The probability that Brownian motion from 0 to 0 goes further than `x`: the series
/// that converges fast.
fn kolmogorov(x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let mut sum = 0.0;
    if x < 1.0 {
        let unit = core::f64::consts::PI * core::f64::consts::PI / (8.0 * x * x);
        for k in 0..20 {
            let odd = f64::from(2 * k + 1);
            sum += libm::exp(-odd * odd * unit);
        }
        return 1.0 - libm::sqrt(2.0 * core::f64::consts::PI) / x * sum;
    }
    for k in (1..=20).rev() {
        let k = f64::from(k);
        sum = libm::exp(-2.0 * k * k * x * x) - sum;
    }
    // The last step leaves the sum of alternating terms, the first positive.
    2.0 * sum
}

/// J. Hodges' approximation (1958), equation 5.3, the larger sample's size first.
fn one_sided(d: f64, n: f64, m: f64) -> f64 {
    let (n, m) = (f64::max(n, m), f64::min(n, m));
    let z = libm::sqrt(n * m / (n + m)) * d;
    let step = 2.0 * z * (n + 2.0 * m) / libm::sqrt(m * n * (m + n)) / 3.0;
    libm::exp(-2.0 * z * z - step)
}

/// The share of orders in which `met` is true of some difference.
fn exact(n: usize, m: usize, met: impl Fn(i64) -> bool, ends: &[u64], row: &mut [u64]) -> f64 {
    let Some(row) = row.get_mut(..=m) else { return f64::NAN };
    let ends_at = |place: usize| ends.get(place / 64).is_some_and(|w| w >> (place % 64) & 1 != 0);
    for i in 0..=n {
        // Of j - 1 numbers of the second sample.
        let mut before = 0.0;
        for (j, slot) in row.iter_mut().enumerate() {
            let d = (i * m) as i64 - (j * n) as i64;
            // Before the first number no difference is met, unless it is 0.
            let p = if (i + j == 0 || ends_at(i + j)) && met(d) {
                1.0
            } else if i + j == 0 {
                0.0
            } else {
                let above = if i == 0 { 0.0 } else { f64::from_bits(*slot) };
                (i as f64 * above + j as f64 * before) / (i + j) as f64
            };
            before = p;
            *slot = p.to_bits();
        }
    }
    row.last().map_or(f64::NAN, |p| f64::from_bits(*p))
}
