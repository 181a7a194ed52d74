//! `lgt_label_ranking`: a mergeable state.

use super::csr::{self, lgt_csr};
use super::guard;
use super::state;
use super::types::*;
use crate::ranking::label_ranking::{LabelRanking, LabelRankingReport, Ranked, SKIP, Truth};
use crate::rows::flags::Flags;
use crate::rows::numbers::Numbers;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// A row that a measure means nothing for is left out of it.
pub const LGT_LABEL_RANKING_SKIP: u32 = 1;

// Written as a number because the header generator evaluates nothing.
const _: () = assert!(LGT_LABEL_RANKING_SKIP == SKIP);

/// Writes how many bytes a state of `lgt_label_ranking` needs.
///
/// # Shape
/// `flags`: 0 or `LGT_LABEL_RANKING_SKIP`. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (flags).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_size(flags: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<LabelRanking>(flags, bytes) }
}

/// Starts a state of label ranking: average precision, coverage error, ranking loss and
/// one-error of rows that have any number of labels.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_label_ranking_size` says. `flags`: 0 or `LGT_LABEL_RANKING_SKIP`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (flags).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_init(
    state: *mut c_void,
    size: usize,
    flags: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<LabelRanking>(state, size, flags) }
}

/// The arguments of an update, as C gives them, but for the labels.
struct Raw {
    scores: Numbers,
    stride: usize,
    weights: Numbers,
    values: *mut f64,
    rows: usize,
    cols: usize,
}

#[inline(never)]
unsafe fn update(state: *mut c_void, raw: Raw, truth: Result<Truth, Status>) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<LabelRanking>(state.cast()).and_then(|state| {
            let Raw { scores, stride, weights, values, rows, cols } = raw;
            let span = csr::table(&scores, stride, rows, cols)?;
            if u32::try_from(cols).is_err() {
                return Err(LGT_E_SIZE);
            }
            guard::extent_of(32, 1, rows, 1)?;
            let truth = truth?;
            let weights = Some(weights).filter(|weights| !weights.address().is_null());
            let data = Ranked { scores, stride, rows, cols, truth, weights };
            data.check()?;
            state.update(&data, guard::column(values.cast(), rows, &[span])?);
            Ok(LGT_OK)
        })
    })
}

/// Rows of 0 and 1: where they are, from row to row, their type.
type Multihot = (*const c_void, usize, u32);

unsafe fn update_flags(state: *mut c_void, raw: Raw, (data, stride, kind): Multihot) -> Status {
    let (rows, cols) = (raw.rows, raw.cols);
    // SAFETY: the contract of the C functions below.
    let labels = unsafe { guard::label_rows(data, kind, stride, rows, cols) };
    let truth = labels.and_then(|labels| {
        // SAFETY: as above.
        let good = unsafe { Flags::new(labels, stride) }.good(rows, cols);
        if good { Ok(Truth::Flags { labels, stride, cols }) } else { Err(LGT_E_LABEL) }
    });
    // SAFETY: as above.
    unsafe { update(state, raw, truth) }
}

unsafe fn update_csr(state: *mut c_void, raw: Raw, labels: *const lgt_csr) -> Status {
    let (rows, cols) = (raw.rows, raw.cols);
    // SAFETY: the contract of the C functions below.
    unsafe { update(state, raw, csr::read(labels, rows, cols).map(Truth::Sparse)) }
}

/// Adds rows to a state of label ranking: how well their scores put the labels that a
/// row has before those that it has not.
///
/// With `ge(l)` the number of labels whose score is at least that of label l:
/// *average precision* is the mean, over the labels l that a row has, of the share of
/// those labels among the ge(l); *coverage error* is the largest ge(l); *ranking loss*
/// is the share, of all pairs of a label that is there and one that is not, of those
/// where the latter's score is at least as large; *one-error* is 1 if the label with
/// the largest score, of equal ones that of lowest number, is not there. The first three
/// are defined as scikit-learn does, where ties count against the scores.
///
/// Without flags, a row that has no label counts as average precision 1 and as 0 in the
/// three others; one that has every label, as ranking loss 0: so scikit-learn. With
/// `LGT_LABEL_RANKING_SKIP` the former is left out of all, the latter of ranking loss.
/// Both are counted. A NaN among the scores of a row makes the results NaN
/// (`nan_rows`).
///
/// A row that has up to 64 labels is looked at once for each, with vectors; one that has
/// more, once for each 512 of them, in scalars. No scratch is needed.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols; cols below
/// 2^32. `labels`: 0 or 1 for each score, stride likewise, of the integer type
/// `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or
/// NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `values`: 4
/// numbers a row for what each comes to (average precision, coverage, ranking loss,
/// one-error; NaN for what is left out), apart from `x`, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights), `LGT_E_ALIAS`, `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Of a row: relative 5e-16. Sums over rows are exact and rounded once. The same rows
/// give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining multi-label data" (2010), section 34.5.
///
/// # Example
/// ```c
/// uint64_t state[306];
/// float x[2][3] = {{0.75f, 0.5f, 1}, {1, 0.2f, 0.1f}};
/// uint8_t y[2][3] = {{1, 0, 0}, {0, 0, 1}};
/// lgt_label_ranking_report report;
/// assert(lgt_label_ranking_init(state, sizeof state, 0) == LGT_OK);
/// assert(lgt_label_ranking_update_f32(state, &x[0][0], 3, &y[0][0], 3, LGT_U8, NULL, NULL, 2, 3)
///        == LGT_OK);
/// assert(lgt_label_ranking_finish(state, &report) == LGT_OK);
/// assert(report.coverage_error == 2.5 && report.ranking_loss == 0.75);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_flags(state, raw, (labels, labels_stride, label_type)) }
}

/// `double` form of `lgt_label_ranking_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f64,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_flags(state, raw, (labels, labels_stride, label_type)) }
}

/// `lgt_f16` form of `lgt_label_ranking_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_flags(state, raw, (labels, labels_stride, label_type)) }
}

/// `lgt_bf16` form of `lgt_label_ranking_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_flags(state, raw, (labels, labels_stride, label_type)) }
}

/// Adds rows to a state of label ranking, from the numbers of the labels that each has.
///
/// As `lgt_label_ranking_update_f32`, whose bytes these are, for rows that have few of
/// many labels.
///
/// # Shape
/// `x`, `weights`, `values`: as in `lgt_label_ranking_update_f32`. `labels`: rows of
/// labels below `cols`.
///
/// # Errors
/// As `lgt_label_ranking_update_f32`, and `LGT_E_SHAPE` (rows overlap, or end past the
/// last entry), `LGT_E_LABEL` (a label out of range, out of order or twice in a row; an
/// unknown type). The state is then as it was.
///
/// # Accuracy
/// As `lgt_label_ranking_update_f32`.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// As `lgt_label_ranking_update_f32`.
///
/// # Example
/// ```c
/// uint64_t state[306];
/// float x[2][3] = {{0.75f, 0.5f, 1}, {1, 0.2f, 0.1f}};
/// int32_t starts[3] = {0, 1, 2}, columns[2] = {0, 2};
/// lgt_csr y = {starts, columns, 2, LGT_I32, LGT_I32};
/// lgt_label_ranking_report report;
/// assert(lgt_label_ranking_init(state, sizeof state, 0) == LGT_OK);
/// assert(lgt_label_ranking_update_csr_f32(state, &x[0][0], 3, &y, NULL, NULL, 2, 3) == LGT_OK);
/// assert(lgt_label_ranking_finish(state, &report) == LGT_OK && report.one_error == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_csr_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const lgt_csr,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_csr(state, raw, labels) }
}

/// `double` form of `lgt_label_ranking_update_csr_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_csr_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const lgt_csr,
    weights: *const f64,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_csr(state, raw, labels) }
}

/// `lgt_f16` form of `lgt_label_ranking_update_csr_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_csr_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const lgt_csr,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_csr(state, raw, labels) }
}

/// `lgt_bf16` form of `lgt_label_ranking_update_csr_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_update_csr_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const lgt_csr,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let raw = Raw { scores, stride: x_stride, weights, values, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update_csr(state, raw, labels) }
}

/// Adds what another state of the same parameters has seen. The order of merging
/// does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
/// is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
/// state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<LabelRanking>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen; with
/// `LGT_LABEL_RANKING_SKIP` also if all was left out, of ranking loss alone perhaps.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_label_ranking_finish(
    state: *const c_void,
    report: *mut LabelRankingReport,
) -> Status {
    // Where there is a ranking loss there is all else.
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, LabelRanking::finish, |r| r.ranking_loss.is_nan()) }
}
