//! `lgt_multiclass_auroc`: AUROC and average precision of each class, and averages.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::curves::multiclass_auroc::{self, MulticlassAurocReport, Table, Truth, words};
use crate::rows::flags::Flags;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

pub(super) unsafe fn scratch_bytes(
    rows: usize,
    cols: usize,
    micro: u32,
    bytes: *mut usize,
) -> Status {
    if micro > 1 {
        return LGT_E_VALUE;
    }
    // SAFETY: the contract of the C functions.
    unsafe { guard::scratch_bytes(words(rows, cols, micro == 1), bytes) }
}

/// The arguments, as C gives them.
pub(super) struct RawTable {
    /// Scores, labels and weights.
    pub(super) points: RawPoints,
    /// From row to row of scores ..
    pub(super) stride: usize,
    /// .. and of labels, if there is one a column.
    pub(super) labels_stride: Option<usize>,
    /// Classes, or labels.
    pub(super) cols: usize,
    /// 1 for averages over entries too.
    pub(super) micro: u32,
}

impl RawTable {
    /// Checks, and writes.
    pub(super) unsafe fn report(
        &self,
        report: *mut MulticlassAurocReport,
        each: [*mut f64; 2],
        scratch: (*mut c_void, usize),
    ) -> Status {
        // SAFETY: the contract of the C functions.
        guard::code(unsafe { self.write(report, each, scratch) })
    }

    unsafe fn write(
        &self,
        report: *mut MulticlassAurocReport,
        [auroc, precision]: [*mut f64; 2],
        (scratch, size): (*mut c_void, usize),
    ) -> Result<Status, Status> {
        let RawPoints { numbers, labels, label_type, weights, n: rows } = self.points;
        let (cols, micro) = (self.cols, self.micro == 1);
        guard::not_null(report, 1)?;
        if self.micro > 1 {
            return Err(LGT_E_VALUE);
        }
        let (stride, width) = self.labels_stride.map_or((1, 1), |stride| (stride, cols));
        let weights = Some(weights).filter(|weights| !weights.address().is_null());
        // SAFETY: the contract of the C functions; numbers and labels are looked at when
        // it is known that there is room for their addresses.
        unsafe {
            let x = guard::numbers(numbers, self.stride, rows, cols)?;
            let truth = guard::label_rows(labels, label_type, stride, rows, width)?;
            let label_size = guard::label_type(label_type)?.size();
            let of_labels = (labels.cast(), guard::extent_of(label_size, stride, rows, width)?);
            let of_weights = weights.map_or((labels.cast(), 0), |w| (w.address(), w.size() * rows));
            let words = words(rows, cols, micro);
            let scratch = guard::scratch(scratch, size, words, [x, of_labels, of_weights])?;
            let room = (scratch.as_ptr().cast(), size_of_val(scratch));
            let auroc = guard::column(auroc, cols, &[x, of_labels, of_weights, room])?;
            let other =
                (auroc.at(0).cast_const().cast(), if auroc.is_wanted() { 8 * cols } else { 0 });
            let precision =
                guard::column(precision, cols, &[x, of_labels, of_weights, room, other])?;
            let truth = match self.labels_stride {
                None if truth.first_bad(rows, cols).is_some() => return Err(LGT_E_LABEL),
                None => Truth::Class(truth),
                Some(_) if !Flags::new(truth, stride).good(rows, cols) => return Err(LGT_E_LABEL),
                Some(_) => Truth::Flags(truth, stride),
            };
            let table = Table { scores: numbers, stride: self.stride, truth, weights, rows, cols };
            let made = multiclass_auroc::apply(&table, micro, (auroc, precision), scratch)?;
            *report = made;
            Ok(if made.auroc_macro.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        }
    }
}

/// Writes how many bytes of scratch `lgt_multiclass_auroc` needs: 16 a row, 40 a class and 8; with
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
pub unsafe extern "C" fn lgt_multiclass_auroc_scratch(
    rows: usize,
    cols: usize,
    micro: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { scratch_bytes(rows, cols, micro, bytes) }
}

/// AUROC of many classes: of each class against the rest, averaged by class or by weight,
/// and of each class against each other one, averaged over pairs; and average precision.
///
/// Of a pair of classes `i` and `j` the scores of column `i` say how often a row of class
/// `i` is above one of class `j`, as `lgt_auroc` counts it, those of column `j` the
/// reverse; the mean of both is the pair's. `ovo_macro` is the mean of all pairs, the M
/// of Hand and Till, which does not depend on how many rows a class has; `ovo_weighted`
/// counts a pair by the weight of its rows, as scikit-learn's `roc_auc_score` does with
/// `multi_class="ovo", average="weighted"`. `auroc_weighted` and `precision_weighted`
/// count a class by the weight of its rows.
///
/// A class without rows, or with all of them, has no AUROC: it is NaN in `auroc`, left
/// out of means, and counted in `left_out`; pairs likewise in `pairs_left_out`. Average
/// precision is left out only of classes without rows, and is 1 of one with all. If nothing
/// is left, or with a NaN among the scores of rows that count, means are NaN. Scores
/// need not sum to 1. `micro` looks at all rows x cols entries as one problem of two
/// classes: is this the row's class? A batch function over arrays and scratch of the
/// caller: it sorts each column once. The order of rows does not change a bit.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols; the higher the
/// more likely is the class. `labels`: one class a row, 0 to cols - 1, of the integer type
/// `label_type` (`LGT_I8` to `LGT_U64`).
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out. `report`: one struct. `auroc`, `average_precision`: `cols`
/// numbers each, those of every class, or NULL. `micro`: 1 for averages over entries as
/// well, else 0; they are NaN then. `scratch`: `scratch_size` bytes, 8-byte aligned, at
/// least what `lgt_multiclass_auroc_scratch` says, apart from the other arrays; what is there
/// before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// `micro`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (no class with rows of both kinds, or a NaN).
///
/// # Accuracy
/// At most 2e-14.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// D. Hand and R. Till, "A Simple Generalisation of the Area Under the ROC Curve for
/// Multiple Class Classification Problems" (2001), equation 7; F. Provost and
/// P. Domingos, "Well-Trained PETs" (2000), for weights of classes.
///
/// # Example
/// ```c
/// float x[4][3] = {{0.5f, 0.3f, 0.2f}, {0.4f, 0.5f, 0.1f}, {0.3f, 0.3f, 0.4f}, {0.6f, 0.3f, 0.1f}};
/// uint8_t y[4] = {0, 1, 2, 1};
/// uint64_t scratch[2 * 4 + 1 + 5 * 3];
/// double auroc[3];
/// lgt_multiclass_auroc_report report;
/// assert(lgt_multiclass_auroc_f32(&x[0][0], 3, y, LGT_U8, NULL, &report, auroc, NULL, 4, 3, 0,
///                                 scratch, sizeof scratch) == LGT_OK);
/// assert(auroc[1] == 0.75 && auroc[2] == 1 && report.left_out == 0);
/// assert(report.ovo_macro == 5.0 / 6);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multiclass_auroc_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
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
    let table = RawTable { points, stride: x_stride, labels_stride: None, cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}

/// `double` form of `lgt_multiclass_auroc_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multiclass_auroc_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
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
    let table = RawTable { points, stride: x_stride, labels_stride: None, cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_multiclass_auroc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multiclass_auroc_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
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
    let table = RawTable { points, stride: x_stride, labels_stride: None, cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_multiclass_auroc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multiclass_auroc_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
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
    let table = RawTable { points, stride: x_stride, labels_stride: None, cols, micro };
    // SAFETY: the contract of this function.
    unsafe { table.report(report, [auroc, average_precision], (scratch, scratch_size)) }
}
