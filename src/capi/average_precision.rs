//! `lgt_average_precision`: the area under the precision-recall curve.

use super::guard;
use super::inputs::RawPoints;
use super::ranked;
use super::types::*;
use crate::curves::average_precision::{self, AveragePrecisionReport};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_average_precision` needs: without weights 4 a score, of
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
pub unsafe extern "C" fn lgt_average_precision_scratch(
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
    report: *mut AveragePrecisionReport,
    scratch: (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        ranked::checked(&points, scratch).and_then(|(scored, scratch)| {
            guard::not_null(report, 1)?;
            let result = average_precision::apply(&scored, scratch)?;
            *report = result;
            Ok(if result.average_precision.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// Average precision: the mean, by weight, over rows of label 1 of the precision at their
/// scores, the share of label 1 among all rows of scores as high or higher. It is the area
/// under the precision-recall curve drawn in steps, as scikit-learn's
/// `average_precision_score` has it, without a line between its points.
///
/// Rows of equal scores come in together. `prevalence` is the average precision of scores
/// without skill. Without a row of label 1, or with a NaN among the scores, which `nan_rows`
/// counts, both are NaN; with label 1 alone they are 1. A batch function over arrays and
/// scratch of the caller. The order of rows does not change a bit.
///
/// # Shape
/// `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
/// the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
/// `report`: one struct.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_average_precision_scratch` says,
/// apart from the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights), `LGT_E_SCRATCH` (too
/// small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (no row of label 1, or a
/// NaN).
///
/// # Accuracy
/// At most 2e-14.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Zhu, "Recall, Precision and Average Precision" (2004).
///
/// # Example
/// ```c
/// float x[4] = {0.1f, 0.4f, 0.35f, 0.8f};
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t scratch[2];
/// lgt_average_precision_report report;
/// assert(lgt_average_precision_f32(x, y, LGT_U8, NULL, &report, 4, scratch, sizeof scratch) ==
///        LGT_OK);
/// assert(report.average_precision > 0.833 && report.average_precision < 0.834);
/// assert(report.prevalence == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_average_precision_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AveragePrecisionReport,
    n: usize,
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
    unsafe { apply(points, report, (scratch, scratch_size)) }
}

/// `double` form of `lgt_average_precision_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_average_precision_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut AveragePrecisionReport,
    n: usize,
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
    unsafe { apply(points, report, (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_average_precision_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_average_precision_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AveragePrecisionReport,
    n: usize,
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
    unsafe { apply(points, report, (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_average_precision_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_average_precision_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AveragePrecisionReport,
    n: usize,
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
    unsafe { apply(points, report, (scratch, scratch_size)) }
}
