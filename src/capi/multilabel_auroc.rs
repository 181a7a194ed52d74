//! `lgt_multilabel_auroc`: AUROC and average precision of each label, and averages.

use super::inputs::RawPoints;
use super::multiclass_auroc::{RawTable, scratch_bytes};
use super::types::*;
use crate::curves::multiclass_auroc::MulticlassAurocReport;
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_multilabel_auroc` needs: 16 a row, 40 a class and 8; with
/// `micro` 16 an entry instead of a row.
///
/// # Shape
/// `rows`, `cols`: of the scores, both below 2^31, with `micro` their product. `micro`: 0
/// or 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (`micro`), `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_auroc_scratch(
    rows: usize,
    cols: usize,
    micro: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { scratch_bytes(rows, cols, micro, bytes) }
}

/// AUROC and average precision of many labels, of which a row may have any: of each label by
/// its own column, averaged by label or by weight, and over all entries.
///
/// The report is that of `lgt_multiclass_auroc`, with labels for classes: a label that no
/// row has, or all have, has no AUROC, is NaN in `auroc`, left out of means and counted in
/// `left_out`; average precision is left out only of labels that no row has. Labels
/// are not compared with one another: `ovo_macro` and `ovo_weighted` are NaN,
/// `pairs_left_out` is 0. `micro` looks at all rows x cols entries as one problem of two
/// classes. If nothing is left, or with a NaN among the scores of rows that count, means
/// are NaN. A batch function over arrays and scratch of the caller. The order of rows
/// does not change a bit.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols; the higher the
/// more likely is the label. `labels`: what is true, as numbers 0 and 1 of the integer type
/// `label_type` (`LGT_I8` to `LGT_U64`), rows x cols, `labels_stride` in elements, at least
/// cols.
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out. `report`: one struct. `auroc`, `average_precision`: `cols`
/// numbers each, those of every label, or NULL. `micro`: 1 for averages over entries as
/// well, else 0; they are NaN then. `scratch`: `scratch_size` bytes, 8-byte aligned, at
/// least what `lgt_multilabel_auroc_scratch` says, apart from the other arrays; what is there
/// before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// `micro`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (no label with rows of both kinds, or a NaN).
///
/// # Accuracy
/// At most 2e-14.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M.-L. Zhang and Z.-H. Zhou, "A Review on Multi-Label Learning Algorithms" (2014),
/// section 2.
///
/// # Example
/// ```c
/// float x[3][2] = {{0.9f, 0.2f}, {0.8f, 0.7f}, {0.1f, 0.6f}};
/// uint8_t y[3][2] = {{1, 0}, {0, 1}, {1, 0}};
/// uint64_t scratch[2 * 6 + 1 + 5 * 2];
/// lgt_multiclass_auroc_report report;
/// assert(lgt_multilabel_auroc_f32(&x[0][0], 2, y, 2, LGT_U8, NULL, &report, NULL, NULL, 3, 2, 1,
///                                 scratch, sizeof scratch) == LGT_OK);
/// assert(report.auroc_macro == 0.75 && report.auroc_micro == 5.0 / 9);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_auroc_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    report: *mut MulticlassAurocReport,
    auroc: *mut f64,
    average_precision: *mut f64,
    rows: usize,
    cols: usize,
    micro: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let table =
        RawTable { points, stride: x_stride, labels_stride: Some(labels_stride), cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}

/// `double` form of `lgt_multilabel_auroc_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_auroc_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f64,
    report: *mut MulticlassAurocReport,
    auroc: *mut f64,
    average_precision: *mut f64,
    rows: usize,
    cols: usize,
    micro: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let table =
        RawTable { points, stride: x_stride, labels_stride: Some(labels_stride), cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_multilabel_auroc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_auroc_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    report: *mut MulticlassAurocReport,
    auroc: *mut f64,
    average_precision: *mut f64,
    rows: usize,
    cols: usize,
    micro: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let table =
        RawTable { points, stride: x_stride, labels_stride: Some(labels_stride), cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_multilabel_auroc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_auroc_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    report: *mut MulticlassAurocReport,
    auroc: *mut f64,
    average_precision: *mut f64,
    rows: usize,
    cols: usize,
    micro: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let table =
        RawTable { points, stride: x_stride, labels_stride: Some(labels_stride), cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}
