//! `lgt_auroc`: the area under the ROC curve.

use super::guard;
use super::inputs::RawPoints;
use super::ranked;
use super::types::*;
use crate::curves::auroc::{self, AurocReport};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_auroc` needs: without weights 4 a score, of
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
pub unsafe extern "C" fn lgt_auroc_scratch(
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
    report: *mut AurocReport,
    max_fpr: f64,
    scratch: (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        ranked::checked(&points, scratch).and_then(|(scored, scratch)| {
            guard::not_null(report, 1)?;
            if !(max_fpr > 0.0 && max_fpr <= 1.0) {
                return Err(LGT_E_VALUE);
            }
            let result = auroc::apply(&scored, max_fpr, scratch)?;
            *report = result;
            Ok(if result.auroc.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// The area under the ROC curve: of all pairs of a row of label 1 and one of label 0, the
/// share whose scores are in order, with half of those whose scores are equal (Mann and
/// Whitney's U). Pairs count with the product of their weights.
///
/// Scores are equal if their values are, -0 and 0 among them, never because they are near:
/// any map that keeps the order of scores keeps the result. Infinite scores are scores.
/// `tied` says which share of pairs is equal. `partial` is the area up to the false
/// positive rate `max_fpr`, where the curve is cut; `standardized` is what scikit-learn's
/// `roc_auc_score` gives for `max_fpr`: 0.5 for chance, 1 for no error. Both are the whole
/// area if `max_fpr` is 1.
///
/// With one class, with nothing, or with a NaN among the scores, which `nan_rows` counts,
/// all four are NaN. A batch function over arrays and scratch of the caller: without
/// weights it sorts integers of the size that scores are computed in. The order of rows
/// does not change a bit.
///
/// # Shape
/// `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
/// the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
/// `report`: one struct. `max_fpr`: above 0, at most 1.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_auroc_scratch` says,
/// apart from the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, `max_fpr`),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (one class, nothing, or a NaN).
///
/// # Accuracy
/// At most 1e-14. `auroc` and `tied` without weights are quotients of whole numbers,
/// rounded twice.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// J. Hanley and B. McNeil, "The meaning and use of the area under a receiver operating
/// characteristic (ROC) curve" (1982); D. McClish, "Analyzing a Portion of the ROC
/// Curve" (1989), for the standardised partial area.
///
/// # Example
/// ```c
/// float x[4] = {0.1f, 0.4f, 0.35f, 0.8f};
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t scratch[2];
/// lgt_auroc_report report;
/// assert(lgt_auroc_f32(x, y, LGT_U8, NULL, &report, 4, 1, scratch, sizeof scratch) == LGT_OK);
/// assert(report.auroc == 0.75 && report.tied == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_auroc_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AurocReport,
    n: usize,
    max_fpr: f64,
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
    unsafe { apply(points, report, max_fpr, (scratch, scratch_size)) }
}

/// `double` form of `lgt_auroc_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_auroc_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut AurocReport,
    n: usize,
    max_fpr: f64,
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
    unsafe { apply(points, report, max_fpr, (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_auroc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_auroc_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AurocReport,
    n: usize,
    max_fpr: f64,
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
    unsafe { apply(points, report, max_fpr, (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_auroc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_auroc_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AurocReport,
    n: usize,
    max_fpr: f64,
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
    unsafe { apply(points, report, max_fpr, (scratch, scratch_size)) }
}
