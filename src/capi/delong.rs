//! `lgt_delong`: AUROC with its standard error, and two scores compared.

use super::guard;
use super::scores::{RawScores, span, status};
use super::types::*;
use crate::curves::delong::{self, DelongReport, DelongTestReport};
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_delong` needs: 8 a score.
///
/// # Shape
/// `n`: number of scores, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(delong::words(n), bytes) }
}

unsafe fn apply(
    scores: RawScores,
    confidence: f64,
    report: *mut DelongReport,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        scores.check().and_then(|checked| {
            guard::not_null(report, 1)?;
            guard::confidence(confidence)?;
            let words = delong::words(scores.n);
            let scratch = guard::scratch(scratch, scratch_size, words, scores.spans())?;
            let result = delong::delong(&checked, confidence, scratch);
            *report = result;
            Ok(status(result.variance))
        })
    })
}

/// The area under the ROC curve with its variance and confidence intervals, by DeLong's
/// method.
///
/// The AUROC is the share of pairs of a row of label 1 and one of label 0 in which the
/// first has the higher score; equal scores count half. Its variance is that of the
/// shares that each row has of it. `low` and `high` are the normal interval, cut at 0 and
/// 1, as pROC's `ci.auc` has it; `logit_low` and `logit_high` are normal for the AUROC's
/// logit, which covers better near 1. To compare two AUROCs of different rows, divide
/// their difference by the root of the sum of both variances; of the same rows, use
/// `lgt_delong_test`.
///
/// Where all rows of label 1 are above all others, the estimate of the variance is 0, and
/// so is the width of both intervals: that is what the method says, not what is known.
/// One label alone has no AUROC; a single row of a label has no variance. -0 is equal to
/// 0, infinities are scores like any others. A NaN is counted in `nan_rows` and makes
/// the result NaN. A batch function over arrays and scratch of the caller.
///
/// # Shape
/// `x`: `n` scores. `labels`: `n` times 0 or 1, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`). `confidence`: of the intervals, above 0 and below 1.
/// `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_delong_scratch` says, apart from the other arrays; what is there before does not
/// matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (confidence),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`
/// (a NaN was there, or fewer than two rows of a label).
///
/// # Accuracy
/// The AUROC and its variance: relative 2e-15. Bounds: absolute 1e-14. Sums are exact, and
/// the order of rows changes nothing.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the Areas Under Two or More
/// Correlated Receiver Operating Characteristic Curves" (1988), equations 4 to 6; X. Sun
/// and W. Xu, "Fast Implementation of DeLong's Algorithm" (2014), for the time of a sort.
///
/// # Example
/// ```c
/// float x[4] = {3, 2, 2, 1};
/// uint8_t y[4] = {1, 1, 0, 0};
/// uint64_t scratch[4];
/// lgt_delong_report report;
/// assert(lgt_delong_f32(x, y, LGT_U8, 0.95, &report, 4, scratch, sizeof scratch) == LGT_OK);
/// assert(report.auroc == 0.875 && report.variance == 0.03125);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F32(x), labels, label_type, n };
    // SAFETY: the contract of this function.
    unsafe { apply(scores, confidence, report, scratch, scratch_size) }
}

/// `double` form of `lgt_delong_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F64(x), labels, label_type, n };
    // SAFETY: the contract of this function.
    unsafe { apply(scores, confidence, report, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_delong_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F16(x.cast()), labels, label_type, n };
    // SAFETY: the contract of this function.
    unsafe { apply(scores, confidence, report, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_delong_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::Bf16(x.cast()), labels, label_type, n };
    // SAFETY: the contract of this function.
    unsafe { apply(scores, confidence, report, scratch, scratch_size) }
}

/// Writes how many bytes of scratch `lgt_delong_test` needs: 12 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_test_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(delong::test_words(n), bytes) }
}

unsafe fn test(
    scores: RawScores,
    second: Numbers,
    confidence: f64,
    report: *mut DelongTestReport,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        scores.check().and_then(|first| {
            let other = span(second, scores.n)?;
            guard::not_null(report, 1)?;
            guard::confidence(confidence)?;
            let words = delong::test_words(scores.n);
            let [numbers, labels] = scores.spans();
            let spans = [numbers, labels, other];
            let scratch = guard::scratch(scratch, scratch_size, words, spans)?;
            let result = delong::test(&first, &first.with(second), confidence, scratch);
            *report = result;
            Ok(status(result.p))
        })
    })
}

/// Compares the AUROCs of two scores of the same rows, by DeLong's test.
///
/// Rows that both scores find hard make both AUROCs low at once: the variance of the
/// difference is that of both less twice their covariance, which is of the same shares of
/// single rows that `lgt_delong` takes the variance of. `z` is the difference over its
/// standard error, `p` its two-sided p-value, as pROC's `roc.test` with paired curves.
///
/// Where the variance of the difference is 0, as for scores that order the rows alike,
/// there is no test: `z` and `p` are NaN. As for the rest, see `lgt_delong`.
///
/// # Shape
/// `first`, `second`: `n` scores each. `labels`: `n` times 0 or 1, of the integer type
/// `label_type`. `confidence`: of the interval for the difference, above 0 and below 1.
/// `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_delong_test_scratch` says, apart from the other arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (confidence),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`
/// (`p` is NaN).
///
/// # Accuracy
/// Relative errors: 2e-15 of AUROCs, their difference and variances, and of the covariance
/// over the root of both variances; 1e-12 of the p-value. The order of rows changes
/// nothing.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the Areas Under Two or More
/// Correlated Receiver Operating Characteristic Curves" (1988), section 3.
///
/// # Example
/// ```c
/// float a[6] = {6, 5, 3, 4, 2, 1}, b[6] = {6, 2, 4, 5, 3, 1};
/// uint8_t y[6] = {1, 1, 1, 0, 0, 0};
/// uint64_t scratch[9];
/// lgt_delong_test_report report;
/// assert(lgt_delong_test_f32(a, b, y, LGT_U8, 0.95, &report, 6, scratch, sizeof scratch) == LGT_OK);
/// assert(report.first_auroc > report.second_auroc && report.p > 0.3 && report.p < 0.4);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_test_f32(
    first: *const f32,
    second: *const f32,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongTestReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F32(first), labels, label_type, n };
    let second = Numbers::F32(second);
    // SAFETY: the contract of this function.
    unsafe { test(scores, second, confidence, report, scratch, scratch_size) }
}

/// `double` form of `lgt_delong_test_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_test_f64(
    first: *const f64,
    second: *const f64,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongTestReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F64(first), labels, label_type, n };
    let second = Numbers::F64(second);
    // SAFETY: the contract of this function.
    unsafe { test(scores, second, confidence, report, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_delong_test_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_test_f16(
    first: *const lgt_f16,
    second: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongTestReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F16(first.cast()), labels, label_type, n };
    let second = Numbers::F16(second.cast());
    // SAFETY: the contract of this function.
    unsafe { test(scores, second, confidence, report, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_delong_test_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_delong_test_bf16(
    first: *const lgt_bf16,
    second: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    confidence: f64,
    report: *mut DelongTestReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::Bf16(first.cast()), labels, label_type, n };
    let second = Numbers::Bf16(second.cast());
    // SAFETY: the contract of this function.
    unsafe { test(scores, second, confidence, report, scratch, scratch_size) }
}
