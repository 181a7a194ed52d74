//! `lgt_precision_recall_curve`: precision against recall.

use super::inputs::RawPoints;
use super::ranked;
use super::ranked::RawCurve;
use super::types::*;
use crate::curves::curve::Kind;
use crate::curves::roc_curve::RocCurveReport;
use crate::curves::writer::Thresholds;
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_precision_recall_curve` needs: without weights 4 a
/// score, of f64 8; with weights 8.
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
pub unsafe extern "C" fn lgt_precision_recall_curve_scratch(
    n: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { ranked::scratch_bytes(n, score_size, weighted, bytes) }
}

/// The precision-recall curve: for every threshold the share of label 1 among the rows whose
/// scores are at least that, and the share that they are of all of label 1.
///
/// A point is written for every score and one for a threshold of infinity, above which
/// nothing lies; the lowest threshold comes first, and last the infinite one, with
/// precision 1 and recall 0 (scikit-learn's `precision_recall_curve`, whose thresholds lack
/// that one). With `corners` 1, points between two of the same recall are left out
/// (`drop_intermediate`).
///
/// A curve has at most `n + 1` points. With a smaller `capacity` than it has, nothing is
/// written but the report, whose `points` says how many there are, and the status is
/// `LGT_E_SIZE`. Without a row of label 1 recall is NaN, and the status
/// `LGT_UNDEFINED`; so it is, without a point, of nothing and if a score is NaN.
/// A batch function over arrays and scratch of the caller. The order of rows does not change
/// a bit.
///
/// # Shape
/// `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
/// the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
/// `precision`, `recall`, `thresholds`: `capacity` numbers each, apart from each other and
/// from all else; thresholds are of the type of scores. `report`: one struct. `corners`: 0
/// or 1.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_precision_recall_curve_scratch` says, apart from the other arrays; what is there
/// before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (`capacity` as well), `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// `corners`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (a rate is).
///
/// # Accuracy
/// Rates without weights are quotients of whole numbers, rounded once; with weights they
/// lose at most 2e-15.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// J. Davis and M. Goadrich, "The relationship between Precision-Recall and ROC curves"
/// (2006), section 2.
///
/// # Example
/// ```c
/// float x[4] = {0.1f, 0.4f, 0.35f, 0.8f}, thresholds[5];
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t scratch[2];
/// double precision[5], recall[5];
/// lgt_roc_curve_report report;
/// assert(lgt_precision_recall_curve_f32(x, y, LGT_U8, NULL, precision, recall, thresholds,
///                                       &report, 4, 5, 0, scratch, sizeof scratch) == LGT_OK);
/// assert(report.points == 5 && thresholds[0] == 0.1f && precision[0] == 0.5 && recall[0] == 1);
/// assert(thresholds[4] > 1e38f && precision[4] == 1 && recall[4] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_precision_recall_curve_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    precision: *mut f64,
    recall: *mut f64,
    thresholds: *mut f32,
    report: *mut RocCurveReport,
    n: usize,
    capacity: usize,
    corners: u32,
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
    unsafe {
        RawCurve {
            points,
            first: precision,
            second: recall,
            thresholds: Thresholds::F32(thresholds),
            capacity,
            corners,
        }
        .write(Kind::PrecisionRecall, report, (scratch, scratch_size))
    }
}

/// `double` form of `lgt_precision_recall_curve_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_precision_recall_curve_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    precision: *mut f64,
    recall: *mut f64,
    thresholds: *mut f64,
    report: *mut RocCurveReport,
    n: usize,
    capacity: usize,
    corners: u32,
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
    unsafe {
        RawCurve {
            points,
            first: precision,
            second: recall,
            thresholds: Thresholds::F64(thresholds),
            capacity,
            corners,
        }
        .write(Kind::PrecisionRecall, report, (scratch, scratch_size))
    }
}

/// `lgt_f16` form of `lgt_precision_recall_curve_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_precision_recall_curve_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    precision: *mut f64,
    recall: *mut f64,
    thresholds: *mut lgt_f16,
    report: *mut RocCurveReport,
    n: usize,
    capacity: usize,
    corners: u32,
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
    unsafe {
        RawCurve {
            points,
            first: precision,
            second: recall,
            thresholds: Thresholds::F16(thresholds.cast()),
            capacity,
            corners,
        }
        .write(Kind::PrecisionRecall, report, (scratch, scratch_size))
    }
}

/// `lgt_bf16` form of `lgt_precision_recall_curve_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_precision_recall_curve_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    precision: *mut f64,
    recall: *mut f64,
    thresholds: *mut lgt_bf16,
    report: *mut RocCurveReport,
    n: usize,
    capacity: usize,
    corners: u32,
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
    unsafe {
        RawCurve {
            points,
            first: precision,
            second: recall,
            thresholds: Thresholds::Bf16(thresholds.cast()),
            capacity,
            corners,
        }
        .write(Kind::PrecisionRecall, report, (scratch, scratch_size))
    }
}
