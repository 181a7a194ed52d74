//! `lgt_xmc`: a mergeable state.

use super::csr::{self, lgt_csr};
use super::guard;
use super::state;
use super::types::*;
use crate::ranking::xmc::{PROPENSITIES, Predicted, Xmc, XmcReport};
use crate::rows::numbers::Numbers;
use crate::state::{Params, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Labels have inverse propensities: the state holds 352 bytes a rank instead of 96.
pub const LGT_XMC_PROPENSITIES: u32 = 1;

/// Rows without labels count, as zeros, in precision, recall and nDCG.
pub const LGT_XMC_COUNT_EMPTY: u32 = 1;

// Written as a number because the header generator evaluates nothing.
const _: () = assert!(LGT_XMC_PROPENSITIES as u64 == PROPENSITIES);

fn params(k: u32, flags: u32) -> Params {
    Params { param: k, words: [flags.into(), 0, 0, 0] }
}

/// Writes how many bytes a state of `lgt_xmc` needs: 48, and 96 a rank (352 with
/// propensities).
///
/// # Shape
/// `k`: the largest cutoff, 1 to 1024. `flags`: 0 or `LGT_XMC_PROPENSITIES`. `bytes`:
/// one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (k, flags).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_size(k: u32, flags: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Xmc>(params(k, flags), bytes) }
}

/// Starts a state of extreme classification: precision, recall, nDCG and their
/// propensity-scored forms at every cutoff from 1 to k.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what `lgt_xmc_size`
/// says. `k`: the largest cutoff, 1 to 1024. `flags`: 0 or `LGT_XMC_PROPENSITIES`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (k, flags).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_init(
    state: *mut c_void,
    size: usize,
    k: u32,
    flags: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Xmc>(state, size, params(k, flags)) }
}

/// Labels and what they weigh, as C gives them.
type Truth = (*const lgt_csr, *const f64);

#[inline(never)]
unsafe fn update(
    state: *mut c_void,
    predicted: Result<Predicted, Status>,
    (labels, inverse): Truth,
    (rows, cols): (usize, usize),
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<Xmc>(state.cast()).and_then(|state| {
            let predicted = predicted?;
            predicted.check(rows, cols)?;
            let labels = csr::read(labels, rows, cols)?;
            if !inverse.is_null() && !state.propensities() {
                return Err(LGT_E_OPTION);
            }
            let wanted = if state.propensities() { cols } else { 0 };
            let inverse = guard::slice(inverse, wanted)?;
            if state.propensities() {
                Xmc::check(&labels, inverse)?;
            }
            state.update(&predicted, &labels, inverse);
            Ok(LGT_OK)
        })
    })
}

unsafe fn update_sparse(
    state: *mut c_void,
    predicted: *const lgt_csr,
    scores: Numbers,
    truth: Truth,
    (rows, cols): (usize, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    let given = unsafe { csr::read(predicted, rows, cols) }.and_then(|labels| {
        // SAFETY: as above; the struct was read.
        csr::table(&scores, 1, unsafe { (*predicted).nnz }, 1)?;
        Ok(Predicted::Sparse { labels, scores })
    });
    // SAFETY: as above.
    unsafe { update(state, given, truth, (rows, cols)) }
}

unsafe fn update_dense(
    state: *mut c_void,
    scores: Numbers,
    stride: usize,
    truth: Truth,
    (rows, cols): (usize, usize),
) -> Status {
    let table = csr::table(&scores, stride, rows, cols);
    let given = table.map(|_| Predicted::Dense { scores, stride, cols });
    // SAFETY: the contract of the C functions below.
    unsafe { update(state, given, truth, (rows, cols)) }
}

/// Adds rows to a state of extreme classification, from the labels that were predicted,
/// best first.
///
/// As `lgt_xmc_update_f32`, where the order is known. Of longer lists the first k are
/// looked at; a shorter one has no more hits. A negative number is no label, and takes
/// up its rank. A label that comes again is no second hit.
///
/// # Shape
/// `predicted`: rows x width labels below `cols`, row-major, stride in elements, at
/// least width, of the integer type `predicted_type`. `labels`, `inverse_propensities`:
/// as in `lgt_xmc_update_f32`.
///
/// # Errors
/// As `lgt_xmc_update_f32`, and `LGT_E_STRIDE`. The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state; give each worker its own and
/// merge them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_top(
    state: *mut c_void,
    predicted: *const c_void,
    predicted_stride: usize,
    predicted_type: u32,
    width: usize,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (stride, truth) = (predicted_stride, (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe {
        let labels = guard::label_rows(predicted, predicted_type, stride, rows, width);
        let given = labels.map(|labels| Predicted::Top { labels, stride, width });
        update(state, given, truth, (rows, cols))
    }
}

/// Adds rows to a state of extreme classification, from the scores of some labels each.
///
/// Of a row's scores the k largest are taken, of equal ones the labels of lower number;
/// what has no score is not predicted, and a score of 0 is one. Rows without labels are
/// left out and counted (`empty_rows`), whatever their scores. A NaN among a row's
/// scores makes the result NaN (`nan_rows`). k may be larger than the number of
/// labels.
///
/// A hit gains 1, or in propensity-scored metrics the label's inverse propensity; at
/// rank r, from 1 on, it is discounted to gain / log2(r + 1). The ideal is the best
/// order of the row's own labels. The inverse propensities of labels that are relevant
/// in these rows must be above 0 and at most 2^53; others are not looked at.
///
/// # Shape
/// `predicted`: rows of labels below `cols`. `scores`: one number an entry of
/// `predicted`. `labels`: rows of the labels that are relevant. `inverse_propensities`:
/// `cols` numbers for a state with `LGT_XMC_PROPENSITIES`, else NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SHAPE` (rows overlap, or end past the last
/// entry), `LGT_E_LABEL` (a label out of range, out of order or twice in a row; an
/// unknown type), `LGT_E_OPTION` (propensities for a state without), `LGT_E_VALUE`
/// (propensities), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// A row's terms: relative 3e-13. Sums over rows are exact and rounded once. The same
/// rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// H. Jain, Y. Prabhu, M. Varma, "Extreme Multi-label Loss Functions for
/// Recommendation, Tagging, Ranking & Other Missing Label Applications" (2016); as the
/// Extreme Classification Repository has them, K. Bhatia et al.
///
/// # Example
/// ```c
/// uint64_t state[6 + 12 * 2];
/// int32_t starts[3] = {0, 2, 3}, relevant[3] = {0, 3, 2};
/// int32_t from[3] = {0, 3, 5}, given[5] = {0, 1, 3, 1, 2};
/// float scores[5] = {0.9f, 0.8f, 0.3f, 0.9f, 0.4f};
/// lgt_csr labels = {starts, relevant, 3, LGT_I32, LGT_I32};
/// lgt_csr predicted = {from, given, 5, LGT_I32, LGT_I32};
/// lgt_xmc_report report;
/// assert(lgt_xmc_init(state, sizeof state, 2, 0) == LGT_OK);
/// assert(lgt_xmc_update_f32(state, &predicted, scores, &labels, NULL, 2, 4) == LGT_OK);
/// assert(lgt_xmc_finish(state, &report, 2, 0) == LGT_OK);
/// assert(report.precision == 0.5 && report.recall == 0.75);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_f32(
    state: *mut c_void,
    predicted: *const lgt_csr,
    scores: *const f32,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, truth) = (Numbers::F32(scores), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_sparse(state, predicted, scores, truth, (rows, cols)) }
}

/// `double` form of `lgt_xmc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_f64(
    state: *mut c_void,
    predicted: *const lgt_csr,
    scores: *const f64,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, truth) = (Numbers::F64(scores), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_sparse(state, predicted, scores, truth, (rows, cols)) }
}

/// `lgt_f16` form of `lgt_xmc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_f16(
    state: *mut c_void,
    predicted: *const lgt_csr,
    scores: *const lgt_f16,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, truth) = (Numbers::F16(scores.cast()), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_sparse(state, predicted, scores, truth, (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_xmc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_bf16(
    state: *mut c_void,
    predicted: *const lgt_csr,
    scores: *const lgt_bf16,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (scores, truth) = (Numbers::Bf16(scores.cast()), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_sparse(state, predicted, scores, truth, (rows, cols)) }
}

/// Adds rows to a state of extreme classification, from the scores of all labels.
///
/// As `lgt_xmc_update_f32`, where every label has a score.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`,
/// `inverse_propensities`: as in `lgt_xmc_update_f32`.
///
/// # Errors
/// As `lgt_xmc_update_f32`, and `LGT_E_STRIDE`. The state is then as it was.
///
/// # Accuracy
/// As `lgt_xmc_update_f32`.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// As `lgt_xmc_update_f32`.
///
/// # Example
/// ```c
/// uint64_t state[6 + 12 * 2];
/// float x[2][4] = {{0.9f, 0.8f, 0.1f, 0.3f}, {0.2f, 0.9f, 0.4f, 0.1f}};
/// int64_t starts[3] = {0, 2, 3}, relevant[3] = {0, 3, 2};
/// lgt_csr labels = {starts, relevant, 3, LGT_I64, LGT_I64};
/// lgt_xmc_report report;
/// assert(lgt_xmc_init(state, sizeof state, 2, 0) == LGT_OK);
/// assert(lgt_xmc_update_dense_f32(state, &x[0][0], 4, &labels, NULL, 2, 4) == LGT_OK);
/// assert(lgt_xmc_finish(state, &report, 1, 0) == LGT_OK && report.precision == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_dense_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, truth) = (Numbers::F32(x), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_dense(state, x, x_stride, truth, (rows, cols)) }
}

/// `double` form of `lgt_xmc_update_dense_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_dense_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, truth) = (Numbers::F64(x), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_dense(state, x, x_stride, truth, (rows, cols)) }
}

/// `lgt_f16` form of `lgt_xmc_update_dense_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_dense_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, truth) = (Numbers::F16(x.cast()), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_dense(state, x, x_stride, truth, (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_xmc_update_dense_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_update_dense_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const lgt_csr,
    inverse_propensities: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, truth) = (Numbers::Bf16(x.cast()), (labels, inverse_propensities));
    // SAFETY: the contract of this function.
    unsafe { update_dense(state, x, x_stride, truth, (rows, cols)) }
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
pub unsafe extern "C" fn lgt_xmc_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Xmc>(state, other) }
}

/// Writes the result so far at one cutoff; the state can go on.
///
/// Means are over the rows that have labels; what counts those without as zeros is
/// `LGT_XMC_COUNT_EMPTY`, as pyxclib does. Ratios of sums do not depend on them.
///
/// PSnDCG has three forms. `psndcg` divides the sum of discounted gains by that of the
/// best orders; `psndcg_normalized`, which is pyxclib's, first divides each row's by
/// the DCG of as many labels without propensities; `psndcg_mean` is the mean of each
/// row's own quotient.
///
/// # Shape
/// `report`: one struct. `k`: the cutoff, from 1 to that of `lgt_xmc_init`. `flags`: 0
/// or `LGT_XMC_COUNT_EMPTY`. NaN with `LGT_UNDEFINED` if no row with labels, or a NaN,
/// was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (k), `LGT_E_OPTION` (flags).
/// Advisory:
/// `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xmc_finish(
    state: *const c_void,
    report: *mut XmcReport,
    k: u32,
    flags: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Xmc| {
            if !(1..=state.most()).contains(&(k as usize)) {
                return Err(LGT_E_VALUE);
            }
            if flags > LGT_XMC_COUNT_EMPTY {
                return Err(LGT_E_OPTION);
            }
            let result = state.finish(k as usize, flags != 0);
            *report = result;
            Ok(if result.precision.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}
