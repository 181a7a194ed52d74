//! The Mann-Whitney U test: how often a number of one sample is above one of the other.
//!
//! The exact distribution of U, for numbers of which none are equal: of all orders of
//! n and m numbers, those with U = u are as many as the coefficient of `q^u` in the
//! product over `i = 1 .. n` of `(1 - q^(m + i)) / (1 - q^i)` (H. Mann and D. Whitney,
//! 1947). A factor above is a difference of two places of a table, one below a sum, in
//! place; integers of 128 bits that wrap around are exact where the result fits.

use super::two_samples::{self, Samples};
use crate::math::normal;

/// Which of two samples is said to be the larger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Alternative {
    /// Either.
    TwoSided,
    /// The second.
    Less,
    /// The first.
    Greater,
}

/// How p-values are found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The exact way where it is cheap and right.
    Auto,
    /// By a limit.
    Asymptotic,
    /// By counting orders.
    Exact,
}

/// The result of `lgt_mann_whitney`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MannWhitneyReport {
    /// Numbers in the first sample.
    pub n: u64,
    /// Numbers in the second.
    pub m: u64,
    /// NaNs in both; all but the counts is then NaN.
    pub nan_rows: u64,
    /// Values that occur more than once, in one sample or both.
    pub ties: u64,
    /// U of the first sample: pairs in which its number is the larger, and half of those
    /// that are equal.
    pub u: f64,
    /// U of the second sample.
    pub u_second: f64,
    /// u over n m, the common language effect size: the AUROC of x against y.
    pub effect: f64,
    /// The rank-biserial correlation, 2 effect - 1.
    pub rank_biserial: f64,
    /// (u - n m / 2) over its standard deviation, corrected for ties and, unless
    /// switched off, for continuity; NaN if all numbers are equal.
    pub z: f64,
    /// The p-value: `exact_p` if there is one, else `asymptotic_p`.
    pub p: f64,
    /// That of the normal distribution; 1 if all numbers are equal.
    pub asymptotic_p: f64,
    /// That of all orders; NaN where it was not asked for, or there are ties.
    pub exact_p: f64,
}

/// Up to so many numbers in the smaller sample `Auto` is exact, as in scipy.
const FEW: usize = 8;

/// Words of scratch. The table of the exact distribution takes the place of the
/// samples.
pub fn words(n: usize, m: usize, method: Method) -> Option<usize> {
    let words = two_samples::words(n, m)?;
    Some(if counts(n, m, method) { words.max(2 * table_size(n, m)) } else { words })
}

/// Whether the table is needed, if there are no ties.
fn counts(n: usize, m: usize, method: Method) -> bool {
    match method {
        Method::Asymptotic => false,
        Method::Auto => n.min(m) <= FEW && orders(n, m),
        Method::Exact => orders(n, m),
    }
}

/// Whether there are fewer than 2^127 orders.
fn orders(n: usize, m: usize) -> bool {
    let (few, many) = (n.min(m), n.max(m) as f64);
    let mut count = 1.0;
    for i in 1..=few {
        count *= (many + i as f64) / i as f64;
        if count > 1.7e38 {
            return false;
        }
    }
    true
}

/// From no pair to half of them: the other half is the same.
fn table_size(n: usize, m: usize) -> usize {
    n * m / 2 + 1
}

/// The test.
pub fn apply(
    samples: &Samples,
    alternative: Alternative,
    method: Method,
    continuity: bool,
    scratch: &mut [u64],
) -> MannWhitneyReport {
    let (n, m) = (samples.n, samples.m);
    let nan_rows = samples.nans();
    let nan = f64::NAN;
    let mut report = MannWhitneyReport {
        n: n as u64,
        m: m as u64,
        nan_rows,
        ties: 0,
        u: nan,
        u_second: nan,
        effect: nan,
        rank_biserial: nan,
        z: nan,
        p: nan,
        asymptotic_p: nan,
        exact_p: nan,
    };
    if !samples.comparable(nan_rows) {
        return report;
    }
    // Twice U, and the sum of t^3 - t over runs of t equal numbers.
    let (mut twice, mut cubes) = (0u64, 0u128);
    samples.runs(scratch, |run| {
        twice += run.x * (2 * run.y_below + run.y);
        let t = u128::from(run.x + run.y);
        // Below 2^96.
        cubes += t * (t * t - 1);
        report.ties += u64::from(t > 1);
    });
    let pairs = (n * m) as u64;
    let (u, mean) = (0.5 * twice as f64, 0.5 * pairs as f64);
    report.u = u;
    report.u_second = 0.5 * (2 * pairs - twice) as f64;
    report.effect = u / pairs as f64;
    // Twice (u - mean), an integer.
    let off = twice as i64 - pairs as i64;
    report.rank_biserial = off as f64 / pairs as f64;
    // 12 times the variance is n m / (N (N - 1)) times this, which is 0 if all are equal.
    let both = (n + m) as u128;
    let spread = (both * (both * both - 1) - cubes) as f64;
    let both = both as f64;
    let variance = mean / (6.0 * both * (both - 1.0)) * spread;
    let step = match alternative {
        Alternative::TwoSided => off.signum() as f64,
        Alternative::Greater => 1.0,
        Alternative::Less => -1.0,
    };
    let step = if continuity { 0.5 * step } else { 0.0 };
    let z = (0.5 * off as f64 - step) / libm::sqrt(variance);
    report.z = if variance > 0.0 { z } else { nan };
    report.asymptotic_p = match alternative {
        _ if report.z.is_nan() => 1.0,
        Alternative::TwoSided => (2.0 * normal::sf(z.abs())).min(1.0),
        Alternative::Greater => normal::sf(z),
        Alternative::Less => normal::cdf(z),
    };
    if report.ties == 0 && counts(n, m, method) {
        report.exact_p = exact(n, m, (twice / 2) as usize, alternative, scratch);
    }
    let known = !report.exact_p.is_nan();
    let exact = known || method == Method::Exact;
    report.p = if exact { report.exact_p } else { report.asymptotic_p };
    report
}

/// The p-value of `u` by all orders.
fn exact(n: usize, m: usize, u: usize, alternative: Alternative, scratch: &mut [u64]) -> f64 {
    // SAFETY: two u64 are as good as any.
    let (_, table, _) = unsafe { scratch.align_to_mut::<[u64; 2]>() };
    let table = table.get_mut(..table_size(n, m)).unwrap_or_default();
    let (few, many, pairs) = (n.min(m), n.max(m), n * m);
    table.fill([0; 2]);
    add(table, 0, 1);
    for i in 1..=few {
        for at in (many + i..table.len()).rev() {
            let part = get(table, at - (many + i));
            add(table, at, part.wrapping_neg());
        }
        for at in i..table.len() {
            let part = get(table, at - i);
            add(table, at, part);
        }
    }
    let sum = |to: usize| (0..to).fold(0u128, |sum, at| sum.wrapping_add(get(table, at)));
    // The middle of an odd number of places is there once.
    let half = table.len() - 1;
    let middle = get(table, half);
    let below = sum(half);
    let all = if pairs % 2 == 0 { 2 * below + middle } else { 2 * (below + middle) };
    // Orders with at most `u`.
    let up_to = |u: usize| if u <= half { sum(u + 1) } else { all - sum(pairs - u) };
    let share = |u: usize| up_to(u) as f64 / all as f64;
    match alternative {
        Alternative::TwoSided => (2.0 * share(u.min(pairs - u))).min(1.0),
        Alternative::Less => share(u),
        Alternative::Greater => share(pairs - u),
    }
}

fn get(table: &[[u64; 2]], at: usize) -> u128 {
    table.get(at).map_or(0, |[low, high]| u128::from(*high) << 64 | u128::from(*low))
}

fn add(table: &mut [[u64; 2]], at: usize, count: u128) {
    let sum = get(table, at).wrapping_add(count);
    if let Some(slot) = table.get_mut(at) {
        *slot = [sum as u64, (sum >> 64) as u64];
    }
}
