//! `lgt_operating_point`: a threshold chosen by a rule.

use super::guard;
use super::inputs::RawPoints;
use super::ranked;
use super::types::*;
use crate::curves::operating_point::{self, OperatingPointReport, Rule};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The highest threshold whose true positive rate is at least the target.
pub const LGT_POINT_TPR_AT_LEAST: u32 = 0;
/// The threshold whose true positive rate is nearest to the target.
pub const LGT_POINT_TPR_NEAREST: u32 = 1;
/// The highest true positive rate with a false positive rate of at most the target.
pub const LGT_POINT_FPR_AT_MOST: u32 = 2;
/// The highest recall with a precision of at least the target.
pub const LGT_POINT_PRECISION_AT_LEAST: u32 = 3;
/// The highest precision with a recall of at least the target.
pub const LGT_POINT_RECALL_AT_LEAST: u32 = 4;
/// The threshold whose rates of false positives and false negatives are nearest.
pub const LGT_POINT_EQUAL_ERRORS: u32 = 5;
/// The highest F1.
pub const LGT_POINT_MAX_F1: u32 = 6;
/// The highest sum of true rates: Youden's J, balanced accuracy, detection accuracy.
pub const LGT_POINT_MAX_YOUDEN: u32 = 7;

/// Writes how many bytes of scratch `lgt_operating_point` needs: without weights 4 a score, of
/// f64 8; with weights 8.
///
/// # Shape
/// `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
/// bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
/// number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_operating_point_scratch(
    n: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { ranked::scratch_bytes(n, score_size, weighted, bytes) }
}

unsafe fn apply(
    points: RawPoints,
    report: *mut OperatingPointReport,
    (rule, target): (u32, f64),
    scratch: (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        ranked::checked(&points, scratch).and_then(|(scored, scratch)| {
            guard::not_null(report, 1)?;
            let rule = self::rule(rule)?;
            if !(0.0..=1.0).contains(&target) {
                return Err(LGT_E_VALUE);
            }
            let result = operating_point::apply(&scored, rule, target, scratch)?;
            *report = result;
            Ok(if result.threshold.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

fn rule(rule: u32) -> Result<Rule, Status> {
    Ok(match rule {
        LGT_POINT_TPR_AT_LEAST => Rule::TprAtLeast,
        LGT_POINT_TPR_NEAREST => Rule::TprNearest,
        LGT_POINT_FPR_AT_MOST => Rule::FprAtMost,
        LGT_POINT_PRECISION_AT_LEAST => Rule::PrecisionAtLeast,
        LGT_POINT_RECALL_AT_LEAST => Rule::RecallAtLeast,
        LGT_POINT_EQUAL_ERRORS => Rule::EqualErrors,
        LGT_POINT_MAX_F1 => Rule::MaxF1,
        LGT_POINT_MAX_YOUDEN => Rule::MaxYouden,
        _ => return Err(LGT_E_VALUE),
    })
}

/// A threshold chosen by a rule, and all that comes of it. Scores at or above a threshold
/// are taken for label 1; thresholds are the scores that there are, and infinity, above
/// which nothing lies. Of thresholds that a rule finds equally good it takes the highest.
///
/// `LGT_POINT_TPR_AT_LEAST` gives the false positive rate at, say, a true one of 0.95:
/// `fpr`. `LGT_POINT_TPR_NEAREST` may lie below the target as well; of two as near, to
/// 1e-9, it takes the higher true positive rate. `LGT_POINT_FPR_AT_MOST` gives the true
/// positive rate at a false one; `LGT_POINT_PRECISION_AT_LEAST` recall at a precision, and
/// `LGT_POINT_RECALL_AT_LEAST` precision at a recall (of equal precision, the highest
/// recall), both of thresholds that something lies above. The others have no target.
///
/// `eer` is given with every rule: where the straight line between two points of the ROC
/// curve has equal rates of error. torchmetrics' `eer` is the mean of both rates at the
/// threshold of `LGT_POINT_EQUAL_ERRORS`.
///
/// If no threshold does what is asked, the numbers from `threshold` to `balanced_accuracy`
/// are NaN; with one class, with nothing, or with a NaN among the scores, which `nan_rows`
/// counts, `eer` is too. A batch function over arrays and scratch of the caller. The order
/// of rows does not change a bit.
///
/// # Shape
/// `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
/// the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
/// `report`: one struct. `rule`: `LGT_POINT_TPR_AT_LEAST` to `LGT_POINT_MAX_YOUDEN`.
/// `target`: 0 to 1, also for rules without one.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_operating_point_scratch` says,
/// apart from the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, rule, target),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (no
/// such threshold, one class, nothing, or a NaN).
///
/// # Accuracy
/// Rates without weights are quotients of whole numbers, rounded once, and compared with
/// the target as they are; with weights they lose at most 2e-15.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// T. Fawcett, "An introduction to ROC analysis" (2006); W. Youden, "Index for rating
/// diagnostic tests" (1950); K. Lee et al., "A Simple Unified Framework for Detecting
/// Out-of-Distribution Samples and Adversarial Attacks" (2018), for the nearest rate.
///
/// # Example
/// ```c
/// float x[4] = {0.1f, 0.4f, 0.35f, 0.8f};
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t scratch[2];
/// lgt_operating_point_report report;
/// assert(lgt_operating_point_f32(x, y, LGT_U8, NULL, &report, 4, LGT_POINT_TPR_AT_LEAST, 0.95,
///                                scratch, sizeof scratch) == LGT_OK);
/// assert(report.threshold == (double)0.35f && report.fpr == 0.5 && report.eer == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_operating_point_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut OperatingPointReport,
    n: usize,
    rule: u32,
    target: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F32(x),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, (rule, target), (scratch, scratch_size)) }
}

/// `double` form of `lgt_operating_point_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_operating_point_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut OperatingPointReport,
    n: usize,
    rule: u32,
    target: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F64(x),
        labels,
        label_type,
        weights: Numbers::F64(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, (rule, target), (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_operating_point_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_operating_point_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut OperatingPointReport,
    n: usize,
    rule: u32,
    target: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, (rule, target), (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_operating_point_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_operating_point_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut OperatingPointReport,
    n: usize,
    rule: u32,
    target: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::Bf16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, (rule, target), (scratch, scratch_size)) }
}
