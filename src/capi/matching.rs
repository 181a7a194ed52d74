//! `lgt_matching`: a mergeable state.

use super::candidates::{Raw, count, update};
use super::guard;
use super::state;
use super::types::*;
use crate::math::select::quantile;
use crate::ranking::matching::{self, CUTOFFS, Matching, MatchingReport};
use crate::rows::numbers::Numbers;
use crate::state::{init, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Ties: the true candidate has the mean of the ranks that those of its score take up.
pub const LGT_MATCHING_TIES_AVERAGE: u32 = 0;
/// Ties: it has the first of them.
pub const LGT_MATCHING_TIES_FIRST: u32 = 1;
/// Ties: it has the last of them.
pub const LGT_MATCHING_TIES_LAST: u32 = 2;

/// Writes how many bytes a state of `lgt_matching` needs.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Matching>(0, bytes) }
}

/// Starts a state of matching: at what rank queries find the candidate that is their
/// own, as recall at some cutoffs, mean rank and mean reciprocal rank.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_matching_size` says. `cutoffs`: `count` numbers of at least 1, for recall;
/// `count` is 0 to 8. `ties`: an `LGT_MATCHING_TIES_`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (cutoffs,
/// count, ties).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_init(
    state: *mut c_void,
    size: usize,
    cutoffs: *const u32,
    count: usize,
    ties: u32,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    if count > CUTOFFS {
        return LGT_E_VALUE;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(cutoffs, count)
            .and_then(|cutoffs| {
                init::<Matching>(state.cast(), size, &matching::params(cutoffs, ties))
            })
            .map(|()| LGT_OK)
    })
}

/// Adds queries to a state of matching, from their scores of all candidates.
///
/// A query's rank is 1 and the number of candidates that score above the true one;
/// `ties` of `lgt_matching_init` says where among those of its score it is. A hit at a
/// cutoff is a rank of at most that. The other direction, from candidates to queries,
/// is the same call on the transposed scores.
///
/// A NaN among the scores of a query makes the results NaN (`nan_rows`), and so its
/// rank. Medians are made of ranks by `lgt_matching_median_rank`. If the candidates are in
/// shards, use `lgt_matching_count_f32`.
///
/// # Shape
/// `x`: scores, rows x cols: a query a row, a candidate a column; row-major, stride in
/// elements, at least cols. `labels`: the true candidate of each query, of the integer
/// type `label_type` (`LGT_I8` to `LGT_U64`); or NULL if that of query r, from 0 on, is
/// candidate `offset` + r. `ranks`: one number a query, apart from `x`
/// and `labels`, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (also where `offset` ends
/// past the candidates), `LGT_E_ALIAS`, `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Ranks are exact; a reciprocal is rounded. Sums over rows are exact and rounded once.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// M. Hodosh, P. Young, J. Hockenmaier, "Framing Image Description as a Ranking Task"
/// (2013), section 5.
///
/// # Example
/// ```c
/// uint64_t state[164];
/// uint32_t cutoffs[2] = {1, 2};
/// float x[3][3] = {{9, 1, 2}, {7, 5, 3}, {4, 6, 5}};
/// double ranks[3], recall[2], median;
/// lgt_matching_report report;
/// assert(lgt_matching_init(state, sizeof state, cutoffs, 2, LGT_MATCHING_TIES_AVERAGE) == LGT_OK);
/// assert(lgt_matching_update_f32(state, &x[0][0], 3, NULL, 0, 0, ranks, 3, 3) == LGT_OK);
/// assert(lgt_matching_finish(state, &report) == LGT_OK && report.rows == 3);
/// assert(lgt_matching_get_recall(state, recall, 2) == LGT_OK && recall[1] == 1);
/// assert(lgt_matching_median_rank(ranks, &median, 3) == LGT_OK && median == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    offset: usize,
    ranks: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::F32(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw, (labels, label_type, offset), ranks) }
}

/// `double` form of `lgt_matching_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    offset: usize,
    ranks: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::F64(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw, (labels, label_type, offset), ranks) }
}

/// `lgt_f16` form of `lgt_matching_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    offset: usize,
    ranks: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw, (labels, label_type, offset), ranks) }
}

/// `lgt_bf16` form of `lgt_matching_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    offset: usize,
    ranks: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw, (labels, label_type, offset), ranks) }
}

/// Adds, for each query, how many candidates of a shard score above its true one and
/// how many as high: of all shards, this is what `lgt_matching_add` makes ranks of.
///
/// The true candidate counts as one of its score, so it has to be in one of the shards,
/// with the very number that is given as `own`; two matrix products may round it
/// differently. Counts are added to, in any order of the shards: start with zeros. A
/// NaN makes `greater` `UINT64_MAX`, for good.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `own`: the
/// score of each query's true candidate. `greater`, `equal`: one count a query, apart
/// from each other and from what is read.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. The counts are then as
/// they were.
///
/// # Accuracy
/// Exact.
///
/// Thread safety: any thread, as long as no other writes the arrays or uses the counts.
///
/// # Source
/// By definition.
///
/// # Example
/// ```c
/// float left[2][2] = {{9, 1}, {5, 5}}, right[2][1] = {{2}, {7}}, own[2] = {2, 5};
/// uint64_t greater[2] = {0}, equal[2] = {0};
/// assert(lgt_matching_count_f32(&left[0][0], 2, own, greater, equal, 2, 2) == LGT_OK);
/// assert(lgt_matching_count_f32(&right[0][0], 1, own, greater, equal, 2, 1) == LGT_OK);
/// assert(greater[0] == 1 && equal[0] == 1 && greater[1] == 1 && equal[1] == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_count_f32(
    x: *const f32,
    x_stride: usize,
    own: *const f32,
    greater: *mut u64,
    equal: *mut u64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::F32(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { count(raw, Numbers::F32(own), greater, equal) }
}

/// `double` form of `lgt_matching_count_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_count_f64(
    x: *const f64,
    x_stride: usize,
    own: *const f64,
    greater: *mut u64,
    equal: *mut u64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::F64(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { count(raw, Numbers::F64(own), greater, equal) }
}

/// `lgt_f16` form of `lgt_matching_count_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_count_f16(
    x: *const lgt_f16,
    x_stride: usize,
    own: *const lgt_f16,
    greater: *mut u64,
    equal: *mut u64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { count(raw, Numbers::F16(own.cast()), greater, equal) }
}

/// `lgt_bf16` form of `lgt_matching_count_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_count_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    own: *const lgt_bf16,
    greater: *mut u64,
    equal: *mut u64,
    rows: usize,
    cols: usize,
) -> Status {
    let raw = Raw { scores: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { count(raw, Numbers::Bf16(own.cast()), greater, equal) }
}

/// Adds queries to a state of matching, from counts of all their candidates.
///
/// # Shape
/// `greater`, `equal`: as `lgt_matching_count_f32` makes them, one a query; `equal`
/// counts the true candidate too. Where it is 0, the true score was a NaN or never met,
/// and the query is one of `nan_rows`, as it is where `greater` is `UINT64_MAX`.
/// `ranks`: one number a query, apart from the counts, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_STATE`. The state is then as it
/// was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_add(
    state: *mut c_void,
    greater: *const u64,
    equal: *const u64,
    ranks: *mut f64,
    rows: usize,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view_mut::<Matching>(state.cast()).and_then(|state| {
            let (greater, equal) = (guard::slice(greater, rows)?, guard::slice(equal, rows)?);
            let spans =
                [greater, equal].map(|counts| (counts.as_ptr().cast(), size_of_val(counts)));
            let ranks = guard::column(ranks, rows, &spans)?;
            for (r, (greater, equal)) in greater.iter().zip(equal).enumerate() {
                ranks.set(r, state.add(*greater, *equal));
            }
            Ok(LGT_OK)
        })
    })
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
pub unsafe extern "C" fn lgt_matching_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Matching>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_finish(
    state: *const c_void,
    report: *mut MatchingReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Matching::finish, |report| report.mrr.is_nan()) }
}

/// Writes the recall at each cutoff: the share of queries whose rank is at most that.
///
/// # Shape
/// `recall`: room for `count` numbers, of which as many are written as there are
/// cutoffs, in the order of `lgt_matching_init`. NaN with `LGT_UNDEFINED` if nothing,
/// or a NaN, was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (fewer than cutoffs), `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_get_recall(
    state: *const c_void,
    recall: *mut f64,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (recall, count), |state: &Matching| {
            let written = guard::fill(recall, count, state.recalls())?;
            Ok(if state.finish().mrr.is_nan() { LGT_UNDEFINED } else { written })
        })
    }
}

/// Writes the median of ranks, between the two in the middle if their number is even.
///
/// # Shape
/// `ranks`: `n` numbers, as `lgt_matching_update_f32` or `lgt_matching_add` writes them.
/// `median`: one number. NaN with `LGT_UNDEFINED` if there are none, or one is NaN.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other writes the ranks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matching_median_rank(
    ranks: *const f64,
    median: *mut f64,
    n: usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(ranks, n).and_then(|ranks| {
            guard::not_null(median, 1)?;
            let nan = ranks.iter().any(|rank| rank.is_nan());
            let middle = if nan { f64::NAN } else { quantile(ranks, n, 0.5) };
            *median = middle;
            Ok(if middle.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}
