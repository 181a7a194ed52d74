//! `lgt_likelihood_ratios`: a function of counts.

use crate::metrics::likelihood_ratios::{LikelihoodRatios, likelihood_ratios};
use crate::status::Status;

/// Writes the likelihood ratios of a binary test: how many times as likely it is
/// positive, or negative, where the condition is than where it is not.
///
/// A function of four counts, or sums of weights, and no state: they are those of
/// `lgt_confusion_get_counts` with class 1 as the condition, row by row. They are
/// scikit-learn's `class_likelihood_ratios`, undefined where that is: LR+ if there
/// are no false positives, even if there are true ones; LR- if there are no true
/// negatives; both if one of the classes is missing.
///
/// # Shape
/// `tn`, `fp`, `fn_`, `tp`: true and false negatives and positives, at least 0 and
/// finite. `report`: one struct.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (counts). Advisory: `LGT_UNDEFINED` if one of the
/// ratios is NaN.
///
/// # Accuracy
/// To within a few roundings.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// J. J. Deeks and D. G. Altman, "Diagnostic tests 4: likelihood ratios" (2004).
///
/// # Example
/// ```c
/// lgt_likelihood_ratios_report ratios;
/// assert(lgt_likelihood_ratios(90, 10, 20, 80, &ratios) == LGT_OK);
/// assert(ratios.positive > 7.99 && ratios.positive < 8.01);
/// assert(ratios.negative > 0.22 && ratios.negative < 0.23);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_likelihood_ratios(
    tn: f64,
    fp: f64,
    fn_: f64,
    tp: f64,
    report: *mut LikelihoodRatios,
) -> Status {
    let counts = [tn, fp, fn_, tp];
    if report.is_null() {
        return Status::LGT_E_NULL;
    }
    if !counts.iter().all(|count| (0.0..=f64::MAX).contains(count)) {
        return Status::LGT_E_VALUE;
    }
    let made = likelihood_ratios(tn, fp, fn_, tp);
    // SAFETY: the contract of this function.
    unsafe { *report = made };
    let undefined = made.positive.is_nan() || made.negative.is_nan();
    if undefined { Status::LGT_UNDEFINED } else { Status::LGT_OK }
}
