//! The AUROC with its variance, and two scores of the same rows compared.

use super::midranks::{Both, Midranks};
use super::scores::Scores;
use crate::math::normal;
use crate::rows::order::Order;

/// Words of scratch for the AUROC of `n` rows.
pub fn words(n: usize) -> Option<usize> {
    crate::rows::order::words(n)
}

/// Words of scratch for the test: what each row is worth by the first score stands
/// before the order.
pub fn test_words(n: usize) -> Option<usize> {
    Some(words(n)? + n.div_ceil(2))
}

/// The result of `lgt_delong`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct DelongReport {
    /// All rows.
    pub rows: u64,
    /// Those whose score is NaN; all below but the counts is then NaN.
    pub nan_rows: u64,
    /// Rows of label 1.
    pub positives: u64,
    /// Rows of label 0.
    pub negatives: u64,
    /// The area under the ROC curve.
    pub auroc: f64,
    /// Its variance; NaN unless there are two rows of each label.
    pub variance: f64,
    /// The root of that.
    pub std_error: f64,
    /// The lower bound of the normal interval, at least 0.
    pub low: f64,
    /// Its upper bound, at most 1.
    pub high: f64,
    /// The lower bound of the interval that is normal for the AUROC's logit.
    pub logit_low: f64,
    /// Its upper bound.
    pub logit_high: f64,
}

/// The result of `lgt_delong_test`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct DelongTestReport {
    /// All rows.
    pub rows: u64,
    /// Those of which a score is NaN; all below but the counts is then NaN.
    pub nan_rows: u64,
    /// Rows of label 1.
    pub positives: u64,
    /// Rows of label 0.
    pub negatives: u64,
    /// The AUROC of the first scores.
    pub first_auroc: f64,
    /// That of the second.
    pub second_auroc: f64,
    /// The first less the second.
    pub difference: f64,
    /// The variance of the first.
    pub first_variance: f64,
    /// That of the second.
    pub second_variance: f64,
    /// Their covariance.
    pub covariance: f64,
    /// The standard error of the difference.
    pub std_error: f64,
    /// The difference over that; NaN if it is 0.
    pub z: f64,
    /// The two-sided p-value.
    pub p: f64,
    /// The lower bound of the interval for the difference, at least -1.
    pub low: f64,
    /// Its upper bound, at most 1.
    pub high: f64,
}

/// How many rows of a run are of label 1, and of 0.
#[inline(always)]
fn count(data: &Scores, order: &Order, run: core::ops::Range<usize>) -> (u64, u64) {
    let rows = run.len() as u64;
    let positives = run.map(|rank| data.label(order.place(rank))).sum();
    (positives, rows - positives)
}

/// The report of the rows.
pub fn delong(data: &Scores, confidence: f64, scratch: &mut [u64]) -> DelongReport {
    let nan_rows = data.nan_rows();
    let mut ranks = Midranks::ZERO;
    if nan_rows > 0 {
        let positives = data.positives();
        return report(&ranks, [nan_rows, positives, data.n as u64 - positives], confidence);
    }
    let (order, _) = data.order(scratch);
    for run in order.runs() {
        let (positives, negatives) = count(data, &order, run);
        ranks.add(positives, negatives);
    }
    report(&ranks, [0, ranks.positives.rows, ranks.negatives.rows], confidence)
}

/// The report of midranks: of rows that are NaN, and of each class, how many there are.
#[inline(never)]
pub fn report(ranks: &Midranks, rows: [u64; 3], confidence: f64) -> DelongReport {
    let [nan_rows, positives, negatives] = rows;
    let (auroc, variance) =
        if nan_rows > 0 { (f64::NAN, f64::NAN) } else { (ranks.auroc(), ranks.variance()) };
    let std_error = libm::sqrt(variance);
    let half = normal::upper_quantile(0.5 * (1.0 - confidence)) * std_error;
    let logit = libm::log(auroc) - libm::log1p(-auroc);
    let of_logit = half / (auroc * (1.0 - auroc));
    let bound = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
    // At an AUROC of 0 or 1 there is no logit, and no variance either.
    let (logit_low, logit_high) = if half == 0.0 {
        (auroc, auroc)
    } else {
        (bound(logit - of_logit), bound(logit + of_logit))
    };
    DelongReport {
        rows: positives.wrapping_add(negatives),
        nan_rows,
        positives,
        negatives,
        auroc,
        variance,
        std_error,
        low: within(auroc - half, 0.0),
        high: within(auroc + half, 0.0),
        logit_low,
        logit_high,
    }
}

/// A bound held between `least` and 1; NaN stays NaN.
fn within(x: f64, least: f64) -> f64 {
    if x < least {
        least
    } else if x > 1.0 {
        1.0
    } else {
        x
    }
}

/// The report of two scores of the same rows.
pub fn test(
    first: &Scores,
    second: &Scores,
    confidence: f64,
    scratch: &mut [u64],
) -> DelongTestReport {
    let n = first.n;
    let either = |i: &usize| first.score(*i).is_nan() || second.score(*i).is_nan();
    let nan_rows = (0..n).filter(either).count() as u64;
    let positives = first.positives();
    let mut classes = [Both::ZERO; 2];
    if nan_rows == 0 {
        sums(first, second, &mut classes, scratch);
    }
    let [of_negatives, of_positives] = classes;
    let negatives = n as u64 - positives;
    let nan = if nan_rows > 0 { f64::NAN } else { 0.0 };
    let sum = |of: fn(&Both, u64) -> f64| {
        of(&of_positives, negatives) + of(&of_negatives, positives) + nan
    };
    let first_auroc = of_positives.first.mean(negatives) + nan;
    let second_auroc = of_positives.second.mean(negatives) + nan;
    let difference = of_positives.difference(negatives) + nan;
    let std_error = libm::sqrt(sum(Both::variance_of_difference));
    let half = normal::upper_quantile(0.5 * (1.0 - confidence)) * std_error;
    // Without any variance there is no test, whatever the difference.
    let z = if std_error > 0.0 { difference / std_error } else { f64::NAN };
    DelongTestReport {
        rows: n as u64,
        nan_rows,
        positives,
        negatives,
        first_auroc,
        second_auroc,
        difference,
        first_variance: sum(|class, others| class.first.variance(others)),
        second_variance: sum(|class, others| class.second.variance(others)),
        covariance: sum(Both::covariance),
        std_error,
        z,
        p: if z.is_nan() { z } else { (2.0 * normal::sf(z.abs())).min(1.0) },
        low: within(difference - half, -1.0),
        high: within(difference + half, -1.0),
    }
}

/// Sums over both classes: worths by the first score are kept at the rows' places until
/// those by the second are known.
fn sums(first: &Scores, second: &Scores, classes: &mut [Both; 2], scratch: &mut [u64]) {
    let n = first.n;
    let Some((kept, rest)) = scratch.split_at_mut_checked(n.div_ceil(2)) else { return };
    // SAFETY: a u64 is two u32, whatever its bits.
    let (_, kept, _) = unsafe { kept.align_to_mut::<u32>() };
    each(first, rest, |place, worth, _| {
        // At most twice the rows of one class, of which there are below 2^31.
        if let Some(slot) = kept.get_mut(place) {
            *slot = worth as u32;
        }
    });
    each(second, rest, |place, worth, label| {
        let kept = kept.get(place).copied().unwrap_or(0).into();
        if let Some(class) = classes.get_mut(label as usize) {
            class.add(kept, worth);
        }
    });
}

/// Calls `f` with the place of each row, twice what it is worth, and its label.
fn each(data: &Scores, scratch: &mut [u64], mut f: impl FnMut(usize, u64, u64)) {
    let (order, _) = data.order(scratch);
    let mut ranks = Midranks::ZERO;
    for run in order.runs() {
        let (positives, negatives) = count(data, &order, run.clone());
        let (above, below) = ranks.next(positives, negatives);
        for rank in run {
            let place = order.place(rank);
            let label = data.label(place);
            f(place, if label == 1 { above } else { below }, label);
        }
        ranks.add(positives, negatives);
    }
}
