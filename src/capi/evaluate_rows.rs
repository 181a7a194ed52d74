//! `lgt_evaluate_rows`: rows whose columns are seen in parts, a mergeable state.

use super::guard;
use super::state;
use super::types::*;
use crate::metrics::evaluate::Evaluate;
use crate::metrics::evaluate_rows::{EvaluateRows, RowLabels};
use crate::rows::labels::Weights;
use crate::simd::{Bf16, Elem, F16};
use crate::state::{view, view_mut};
use crate::status::Status;
use core::ffi::c_void;

/// Classes are below this, so that an evaluation can count them.
const CLASSES: usize = u32::MAX as usize;

/// The number of rows as a state's parameter; 2^32 - 1, which no state is large enough
/// for, where there are more.
fn param(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Writes how many bytes a state of `lgt_evaluate_rows` needs: 16, and 64 a row.
///
/// # Shape
/// `rows`: how many rows, at most 67108863. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (rows).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_size(rows: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<EvaluateRows>(param(rows), bytes) }
}

/// Starts a state of rows of logits that are to be evaluated but whose columns are seen in
/// parts: shards of a vocabulary, each by one worker.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_evaluate_rows_size` says. `rows`: how many rows, at most 67108863.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (rows).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_init(
    state: *mut c_void,
    size: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<EvaluateRows>(state, size, param(rows)) }
}

/// The labels of `rows` rows, as C gives them.
unsafe fn labels(
    scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
) -> Result<RowLabels, Status> {
    guard::not_null(scores, rows)?;
    // SAFETY: the contract of the C functions below.
    let classes = unsafe { guard::labels(labels, label_type, rows)? };
    match classes.first_bad(rows, CLASSES) {
        None => Ok(RowLabels { scores, classes }),
        Some(_) => Err(Status::LGT_E_LABEL),
    }
}

/// Columns of rows, as C gives them.
struct Columns<E> {
    x: *const E,
    stride: usize,
    first: u64,
    scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
    cols: usize,
}

unsafe fn update<E: Elem>(state: *mut c_void, columns: Columns<E>) -> Status {
    if state.is_null() {
        return Status::LGT_E_NULL;
    }
    let Columns { x, stride, first, scores, labels: classes, label_type, rows, cols } = columns;
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<EvaluateRows>(state.cast()).and_then(|state| {
            if state.rows() != rows {
                return Err(Status::LGT_E_SHAPE);
            }
            let x = guard::rows(x, stride, rows, cols)?;
            let labels = labels(scores, classes, label_type, rows)?;
            if !(first <= CLASSES as u64 && cols as u64 <= CLASSES as u64 - first) {
                return Err(Status::LGT_E_VALUE);
            }
            state.update(x, first, labels);
            Ok(Status::LGT_OK)
        })
    })
}

/// Adds columns to rows that are to be evaluated, a mergeable state: each column is read
/// once, and of a row is kept what its columns so far come to, relative to the largest of
/// them, and how many of them stand before the label, whose logit every part is told.
/// Each column must be added once, in one call, by whichever worker has it; then the
/// states are merged, and `lgt_evaluate_rows_add_to` takes them.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols: the columns
/// `first_column` to `first_column` + cols - 1 of the whole, below 2^32. `label_scores`:
/// each row's logit at its label, exactly as it stands there, from whichever worker has
/// it. `labels`: one class a row, of the whole, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`). `rows`: those of the state.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (rows), `LGT_E_STRIDE`, `LGT_E_SIZE`,
/// `LGT_E_LABEL` (below 0, or 2^32 - 1 and above), `LGT_E_VALUE` (`first_column`). The
/// state is then as it was.
///
/// # Accuracy
/// As `lgt_evaluate_update_f32`, a row at a time, wherever the label and the columns of
/// other parts are; additions of parts are rounded, so split and order matter to the last
/// bits. Ranks and classes are exact.
///
/// Thread safety: any thread, one at a time for one state; give each worker its own and
/// merge them.
///
/// # Source
/// M. Milakov and N. Gimelshein, "Online normalizer calculation for softmax" (2018),
/// section 3.1: how sums relative to the largest are merged.
///
/// # Example
/// ```c
/// float left[1][2] = {{1, 2}}, right[1][1] = {{4}};
/// double at_label[1] = {2};
/// int32_t y[1] = {1};
/// uint64_t part[10], other[10], whole[512];
/// lgt_evaluate_report report;
/// lgt_evaluate_rows_init(part, sizeof part, 1);
/// lgt_evaluate_rows_init(other, sizeof other, 1);
/// lgt_evaluate_rows_update_f32(part, &left[0][0], 2, 0, at_label, y, LGT_I32, 1, 2);
/// lgt_evaluate_rows_update_f32(other, &right[0][0], 1, 2, at_label, y, LGT_I32, 1, 1);
/// assert(lgt_evaluate_rows_merge(part, other) == LGT_OK);
/// lgt_evaluate_init(whole, sizeof whole, NULL);
/// assert(lgt_evaluate_rows_add_to(part, whole, at_label, y, LGT_I32, NULL) == LGT_OK);
/// assert(lgt_evaluate_finish(whole, &report) == LGT_OK && report.accuracy == 0);
/// assert(report.nll > 2.1698 && report.nll < 2.1699);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    first_column: u64,
    label_scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let (stride, first, scores) = (x_stride, first_column, label_scores);
    let columns = Columns { x, stride, first, scores, labels, label_type, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, columns) }
}

/// `double` form of `lgt_evaluate_rows_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    first_column: u64,
    label_scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let (stride, first, scores) = (x_stride, first_column, label_scores);
    let columns = Columns { x, stride, first, scores, labels, label_type, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, columns) }
}

/// `lgt_f16` form of `lgt_evaluate_rows_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    first_column: u64,
    label_scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, stride, first, scores) = (x.cast::<F16>(), x_stride, first_column, label_scores);
    let columns = Columns { x, stride, first, scores, labels, label_type, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, columns) }
}

/// `lgt_bf16` form of `lgt_evaluate_rows_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    first_column: u64,
    label_scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, stride, first, scores) = (x.cast::<Bf16>(), x_stride, first_column, label_scores);
    let columns = Columns { x, stride, first, scores, labels, label_type, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, columns) }
}

/// Adds other columns of the same rows. The order of merging may matter to the last bits.
/// For bytes from elsewhere use `lgt_state_merge`, which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same state twice).
/// The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<EvaluateRows>(state, other) }
}

/// Adds rows, all of whose columns have been seen, to a state of `lgt_evaluate` that was
/// started for logits.
///
/// # Shape
/// `state`: the rows. `evaluation`: a state of `lgt_evaluate`. `label_scores`, `labels`:
/// one a row, as they were for the columns. `weights`: one number a row from 0 to 2^63, or NULL for
/// 1 each.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_MISMATCH` (an evaluation of probabilities). The evaluation is then as it was.
///
/// Thread safety: any thread, one at a time for one evaluation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_rows_add_to(
    state: *const c_void,
    evaluation: *mut c_void,
    label_scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
) -> Status {
    if state.is_null() || evaluation.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<EvaluateRows>(state.cast()).and_then(|part| {
            let whole = view_mut::<Evaluate>(evaluation.cast())?;
            let rows = part.rows();
            let labels = self::labels(label_scores, labels, label_type, rows)?;
            let weights = Weights::new(weights);
            weights.check(rows)?;
            whole.takes_rows(&labels, rows)?;
            whole.add_rows(part, labels, weights);
            Ok(Status::LGT_OK)
        })
    })
}
