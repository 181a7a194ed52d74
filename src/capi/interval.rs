//! `lgt_interval`: bounds for a share, and for any statistic by its bootstrap
//! replicates.

use super::guard;
use crate::metrics::interval::{self, Counts};
use crate::metrics::resample;
use crate::status::Status::{self, *};

unsafe fn write(
    (successes, trials, confidence): (f64, f64, f64),
    (low, high): (*mut f64, *mut f64),
    method: fn(Counts) -> (f64, f64),
) -> Status {
    if low.is_null() || high.is_null() {
        return LGT_E_NULL;
    }
    guard::code(Counts::new(successes, trials, confidence).ok_or(LGT_E_VALUE).map(|counts| {
        // SAFETY: the contract of the C functions below.
        unsafe { (*low, *high) = method(counts) };
        LGT_OK
    }))
}

/// Writes Wilson's score interval for the probability of success: a good choice
/// for accuracy, error rates and other shares of rows. A batch function of counts,
/// no state.
///
/// What it contains is every probability that a normal test at the true standard
/// error would not reject. It never leaves 0 .. 1, and its mean coverage is close
/// to `confidence` even for few trials; the coverage for one given probability may
/// be somewhat less. As scipy's `binomtest(k, n).proportion_ci(confidence,
/// "wilson")` and statsmodels' `proportion_confint(k, n, 1 - confidence,
/// "wilson")`; no correction for continuity.
///
/// Without successes `low` is 0, without failures `high` is 1. Without trials the
/// interval is 0 to 1, with `LGT_OK`: no data exclude nothing, and that statement
/// is right at any confidence, where the share itself would be undefined.
///
/// Counts need not be whole. Of weighted rows, the sums of weights are the counts
/// if the weights are repetitions (frequencies). Weights of any other kind say
/// nothing by their scale: take `n = (sum w)^2 / sum w^2`, Kish's effective number
/// of rows, as `trials`, and `n` times the weighted share (`accuracy` of
/// `lgt_accuracy_report`) as `successes`.
///
/// # Shape
/// `successes`: from 0 to `trials`. `trials`: at most 2^63. `confidence`: above 0
/// and below 1, usually 0.95. `low`, `high`: one number each.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
///
/// # Accuracy
/// Relative 1e-14.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// E. Wilson, "Probable Inference, the Law of Succession, and Statistical
/// Inference" (1927).
///
/// # Example
/// ```c
/// double low, high;
/// assert(lgt_interval_wilson(81, 263, 0.95, &low, &high) == LGT_OK);
/// assert(low > 0.2552 && low < 0.2554 && high > 0.3662 && high < 0.3664);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_wilson(
    successes: f64,
    trials: f64,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { write((successes, trials, confidence), (low, high), interval::wilson) }
}

/// Writes the interval of Clopper and Pearson ("exact") for the probability of
/// success: its coverage is never less than `confidence`, and for few trials a
/// good deal more. A batch function of counts, no state.
///
/// As scipy's `binomtest(k, n).proportion_ci(confidence, "exact")` and statsmodels'
/// method "beta"; for counts that are not whole, by the quantiles of the beta
/// distribution. Ends of the range, no trials and weights: see
/// `lgt_interval_wilson`.
///
/// # Shape
/// As for `lgt_interval_wilson`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
///
/// # Accuracy
/// `low` and `high` are those of a `confidence` whose complement is off by a
/// relative 1e-13 at most, then rounded.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// C. Clopper and E. Pearson, "The Use of Confidence or Fiducial Limits
/// Illustrated in the Case of the Binomial" (1934).
///
/// # Example
/// ```c
/// double low, high;
/// assert(lgt_interval_clopper_pearson(0, 10, 0.95, &low, &high) == LGT_OK);
/// assert(low == 0 && high > 0.3084 && high < 0.3085);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_clopper_pearson(
    successes: f64,
    trials: f64,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { write((successes, trials, confidence), (low, high), interval::clopper_pearson) }
}

/// Writes Jeffreys' interval for the probability of success: the middle of the
/// posterior from a beta prior of parameters 1/2. Shorter than Clopper's and
/// Pearson's, its mean coverage close to `confidence`. A batch function of counts,
/// no state.
///
/// Without successes `low` is 0 and without failures `high` is 1, as its source
/// has it, for else small probabilities were never covered; statsmodels' method
/// "jeffreys" leaves the quantile there. No trials and weights: see
/// `lgt_interval_wilson`.
///
/// # Shape
/// As for `lgt_interval_wilson`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
///
/// # Accuracy
/// `low` and `high` are those of a `confidence` whose complement is off by a
/// relative 1e-13 at most, then rounded.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// L. Brown, T. Cai and A. DasGupta, "Interval Estimation for a Binomial
/// Proportion" (2001), section 4.1.2.
///
/// # Example
/// ```c
/// double low, high;
/// assert(lgt_interval_jeffreys(10, 10, 0.95, &low, &high) == LGT_OK);
/// assert(low > 0.7828 && low < 0.7829 && high == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_jeffreys(
    successes: f64,
    trials: f64,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { write((successes, trials, confidence), (low, high), interval::jeffreys) }
}

/// Writes the interval of Agresti and Coull for the probability of success: the
/// normal interval after adding `z^2 / 2` successes and as many failures, `z` the
/// normal quantile; around the same middle as Wilson's and never shorter. Cut off
/// at 0 and 1, which are not always met where there are no successes or no
/// failures. A batch function of counts, no state.
///
/// As statsmodels' method "agresti_coull". No trials and weights: see
/// `lgt_interval_wilson`.
///
/// # Shape
/// As for `lgt_interval_wilson`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
///
/// # Accuracy
/// Absolute 1e-15.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// A. Agresti and B. Coull, "Approximate is Better than 'Exact' for Interval
/// Estimation of Binomial Proportions" (1998).
///
/// # Example
/// ```c
/// double low, high;
/// assert(lgt_interval_agresti_coull(5, 10, 0.95, &low, &high) == LGT_OK);
/// assert(low > 0.2365 && low < 0.2367 && high == 1 - low);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_agresti_coull(
    successes: f64,
    trials: f64,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { write((successes, trials, confidence), (low, high), interval::agresti_coull) }
}

/// Writes the normal interval (Wald's) for the probability of success: the share
/// and so many of its standard errors, cut off at 0 and 1. For comparison with
/// others who have it: its coverage is poor for few trials and for shares near 0
/// and 1, where it may be a single point. A batch function of counts, no state.
///
/// As statsmodels' method "normal". No trials and weights: see
/// `lgt_interval_wilson`.
///
/// # Shape
/// As for `lgt_interval_wilson`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
///
/// # Accuracy
/// Absolute 1e-15.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// As for `lgt_interval_jeffreys`, section 2.
///
/// # Example
/// ```c
/// double low, high;
/// assert(lgt_interval_normal(50, 100, 0.95, &low, &high) == LGT_OK);
/// assert(low > 0.4020 && low < 0.4021 && high == 1 - low);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_normal(
    successes: f64,
    trials: f64,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { write((successes, trials, confidence), (low, high), interval::wald) }
}

/// Writes both ends of an interval; `LGT_UNDEFINED` where they are NaN.
unsafe fn ends((low, high): (*mut f64, *mut f64), interval: (f64, f64)) -> Status {
    // SAFETY: the caller has looked for null.
    unsafe { (*low, *high) = interval };
    if interval.0.is_nan() || interval.1.is_nan() { LGT_UNDEFINED } else { LGT_OK }
}

/// Writes the percentile interval of a statistic from what it was in each replicate:
/// `(1 - confidence) / 2` of the values are cut off on either side. A batch function,
/// no state.
///
/// An end between two values is found in proportion, as numpy's `quantile` and
/// scipy's `bootstrap(method="percentile")` have it. The reversed ("basic") interval
/// is `2 x statistic - high` to `2 x statistic - low`.
///
/// # Shape
/// `values`: `count` numbers in any order; NaN (a replicate without a value) is left
/// out. `confidence`: above 0 and below 1. `low`, `high`: one number each; NaN with
/// `LGT_UNDEFINED` if no values are left.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE`. Nothing is then written. Advisory:
/// `LGT_UNDEFINED`.
///
/// # Accuracy
/// Between two values, relative 1e-15 of the larger.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), section
/// 13.3.
///
/// # Example
/// ```c
/// double values[5] = {3, 1, 2, 5, 4}, low, high;
/// assert(lgt_interval_percentile(values, 5, 0.5, &low, &high) == LGT_OK);
/// assert(low == 2 && high == 4);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_percentile(
    values: *const f64,
    count: usize,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    if low.is_null() || high.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(values, count).and_then(|values| {
            guard::confidence(confidence)?;
            Ok(ends((low, high), resample::percentile(values, confidence)))
        })
    })
}

/// Writes the bias-corrected and accelerated interval (BCa) of a statistic, from what
/// it was in each replicate and what it is without each row in turn. A batch function,
/// no state.
///
/// The percentile interval with its ends moved: for the share of replicates below the
/// statistic (equal ones count by half), and for how much its variance changes with
/// it, which the jackknife tells. As scipy's `bootstrap(method="BCa")` from the same
/// values.
///
/// # Shape
/// `values`: `count` numbers in any order; NaN is left out. `statistic`: that of the
/// rows as they are. `jackknife`: `rows` numbers, the statistic without one row each.
/// `confidence`: above 0 and below 1. `low`, `high`: one number each. NaN with
/// `LGT_UNDEFINED` if no values are left or all are on one side of the statistic, if
/// that is NaN, and if the jackknife's values hold a NaN or are all the same.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE`. Nothing is then written. Advisory:
/// `LGT_UNDEFINED`.
///
/// # Accuracy
/// The shares that are cut off: relative 1e-12.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// B. Efron, "Better Bootstrap Confidence Intervals" (1987); B. Efron and
/// R. Tibshirani, "An Introduction to the Bootstrap" (1993), equations 14.10, 14.14
/// and 14.15.
///
/// # Example
/// ```c
/// double values[5] = {3, 1, 2, 5, 4}, jackknife[3] = {2, 3, 4}, low, high;
/// assert(lgt_interval_bca(values, 5, 3, jackknife, 3, 0.5, &low, &high) == LGT_OK);
/// assert(low > 1.9999 && low < 2.0001 && high > 3.9999 && high < 4.0001);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_interval_bca(
    values: *const f64,
    count: usize,
    statistic: f64,
    jackknife: *const f64,
    rows: usize,
    confidence: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    if low.is_null() || high.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(values, count).and_then(|values| {
            let jackknife = guard::slice(jackknife, rows)?;
            guard::confidence(confidence)?;
            let interval = resample::bca(values, statistic, jackknife, confidence);
            Ok(ends((low, high), interval))
        })
    })
}
