//! `lgt_ranking`: a mergeable state.

use super::guard::{self, Options};
use super::queries::{RawQueries, params, update};
use super::state;
use super::types::*;
use crate::ranking::ranking::{Ranking, RankingReport, words};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Discounted cumulative gain (DCG) of the first k, over that of the best order (nDCG).
pub const LGT_RANKING_NDCG: u32 = 1;
/// Discounted cumulative gain of the first k: each gain over log2(rank + 1).
pub const LGT_RANKING_DCG: u32 = 2;
/// Average precision: the precision at each relevant document among the first k, over
/// all relevant ones (MAP; with k trec_eval's map_cut).
pub const LGT_RANKING_AVERAGE_PRECISION: u32 = 3;
/// Reciprocal rank of the first relevant document, 0 past k (MRR).
pub const LGT_RANKING_RECIPROCAL_RANK: u32 = 4;
/// Precision: the share of the first k that is relevant, of k even if there are fewer.
pub const LGT_RANKING_PRECISION: u32 = 5;
/// Recall: the share of the relevant documents that is among the first k.
pub const LGT_RANKING_RECALL: u32 = 6;
/// F1: the harmonic mean of precision and recall at k.
pub const LGT_RANKING_F1: u32 = 7;
/// Success (hit rate): whether one of the first k is relevant.
pub const LGT_RANKING_SUCCESS: u32 = 8;
/// Fall-out: the share of documents that are not relevant that is among the first k.
pub const LGT_RANKING_FALL_OUT: u32 = 9;
/// R-precision: precision at the number of relevant documents; its k is 0.
pub const LGT_RANKING_R_PRECISION: u32 = 10;
/// bpref: how few documents judged not relevant stand before relevant ones; its k is 0.
pub const LGT_RANKING_BPREF: u32 = 11;
/// Rank-biased precision of the first k (RBP).
pub const LGT_RANKING_RBP: u32 = 12;
/// Expected reciprocal rank of the first k (ERR).
pub const LGT_RANKING_ERR: u32 = 13;

/// Ties: every order of equal scores is as likely; the expected value.
pub const LGT_RANKING_TIES_AVERAGE: u32 = 0;
/// Ties: the lowest index first.
pub const LGT_RANKING_TIES_STABLE: u32 = 1;
/// Ties: the least relevant first.
pub const LGT_RANKING_TIES_PESSIMISTIC: u32 = 2;
/// Ties: the highest index first; trec_eval's order, if documents are in the order of
/// their names.
pub const LGT_RANKING_TIES_TREC: u32 = 3;

/// A query with nothing to be found is left out.
pub const LGT_RANKING_EMPTY_SKIP: u32 = 0;
/// A query with nothing to be found counts as 0.
pub const LGT_RANKING_EMPTY_ZERO: u32 = 1;
/// A query with nothing to be found counts as 1.
pub const LGT_RANKING_EMPTY_ONE: u32 = 2;

/// Flag: the gain of a grade is 2^grade - 1, not the grade itself.
pub const LGT_RANKING_EXPONENTIAL: u32 = 1;
/// Flag: a document with the score -inf was not retrieved. It has no rank; its grade counts
/// among those of all documents.
pub const LGT_RANKING_UNRETRIEVED: u32 = 2;

/// A measure and its cutoff.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_ranking_measure {
    /// An `LGT_RANKING_` measure.
    pub measure: u32,
    /// How many documents are looked at, at most 131071; 0 for all.
    pub k: u32,
}

/// How a state of `lgt_ranking` is set up. Fill with `lgt_ranking_opts_default`, then
/// change what is to be different.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct lgt_ranking_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_RANKING_TIES_`; default `LGT_RANKING_TIES_AVERAGE`.
    pub ties: u32,
    /// An `LGT_RANKING_EMPTY_`; default `LGT_RANKING_EMPTY_SKIP`.
    pub empty: u32,
    /// `LGT_RANKING_EXPONENTIAL`, `LGT_RANKING_UNRETRIEVED`; default 0.
    pub flags: u32,
    /// The highest grade there is, of ERR: 1 to 63. Default 4.
    pub max_grade: u32,
    /// Documents are relevant whose grade is above this, 0 or more. Default 0.
    pub above: f32,
    /// How likely a user of RBP is to go on to the next document, from 0 to below 1.
    /// Default 0.8.
    pub persistence: f64,
}

// SAFETY: repr(C), 6 numbers of 4 bytes and one of 8.
unsafe impl Options for lgt_ranking_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        ties: LGT_RANKING_TIES_AVERAGE,
        empty: LGT_RANKING_EMPTY_SKIP,
        flags: 0,
        max_grade: 4,
        above: 0.0,
        persistence: 0.8,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_opts_default(opts: *mut lgt_ranking_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_ranking_opts::DEFAULT };
    }
}

/// Writes how many bytes a state of `lgt_ranking` needs: 48, and 608 a measure.
///
/// # Shape
/// `measures`: `count` of them, 1 to 8. `opts`: how the state is to be set up, or NULL.
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (count, k, numbers in the options).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_size(
    measures: *const lgt_ranking_measure,
    count: u32,
    opts: *const lgt_ranking_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { params(measures, count, opts) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::size_of_state::<Ranking>(params, bytes) },
        Err(status) => status,
    }
}

/// Starts a state of means over queries: nDCG, average precision and other measures of
/// the order in which documents are ranked.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_ranking_size` says. `measures`: `count` of them, 1 to 8; one may come with several
/// cutoffs. `opts`: how the state is to be set up, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`, `LGT_E_VALUE`
/// (count, k, numbers in the options).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_init(
    state: *mut c_void,
    size: usize,
    measures: *const lgt_ranking_measure,
    count: u32,
    opts: *const lgt_ranking_opts,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { params(measures, count, opts) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::init::<Ranking>(state, size, params) },
        Err(status) => status,
    }
}

/// Writes how many bytes of scratch an update of `lgt_ranking` needs: 24 for each
/// document of the longest query, and 8.
///
/// # Shape
/// `longest`: documents of the longest query, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_scratch(longest: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(words(longest), bytes) }
}

/// Adds queries to a state of means of measures of ranking: of each query the documents
/// are put in the order of their scores, the highest first, and every measure of the state
/// is taken of their grades.
///
/// A grade says how relevant a document is: 0 or less than 0 that it is not, above
/// `above` (default 0) that it is relevant. Below 0 it was not judged, which matters to
/// bpref alone; to all others it is one of grade 0. Gains of DCG are the grades, or
/// 2^grade - 1, of 0 and below 0.
///
/// Scores are tied if they are equal (-0 and 0 are). By default every measure is its
/// expected value over all orders of tied documents, in closed form, so that the order of
/// documents in memory is of no matter and a constant scorer gets what chance gets; other
/// choices are `LGT_RANKING_TIES_`. The closed form of ERR takes time n min(n, k) of n
/// tied documents, all others n.
///
/// A query with nothing to be found has no value and is left out, and counted: one
/// without a gain for nDCG, without a document that is not relevant for fall-out, without
/// a relevant one for all else but DCG. With `LGT_RANKING_EMPTY_ZERO` it counts as 0, as in
/// scikit-learn and torchmetrics, whose `ndcg_score(y, y)` is then below 1. A NaN among
/// scores or grades makes all measures of its query NaN, and their means. Infinite scores
/// are ordinary ones. An infinite gain is DCG's infinity and nDCG's NaN.
///
/// Denominators are trec_eval's: of average precision and recall all relevant documents,
/// of precision k. With k = 0, precision and F1 are of the documents that were retrieved.
/// A document with the score -inf is the last one, or with `LGT_RANKING_UNRETRIEVED` not
/// retrieved. ERR takes a document of grade g to satisfy with probability
/// (2^g - 1) / 2^max_grade.
///
/// # Shape
/// `x`: scores, rows x cols, or one row with `offsets`, row-major, `x_stride` in elements, at
/// least cols. `relevance`: rows x cols, or one row with `offsets`, of grades,
/// `relevance_stride` in elements, of the integer type or float type `relevance_type`
/// (`LGT_I8` to `LGT_U64`, below 2^63; `LGT_F32`, `LGT_F64`).
/// `offsets`: `rows` + 1 numbers, none below the one before it or above cols, or NULL. With
/// them queries of any length lie one after the other in one row of cols documents, query
/// r from `offsets[r]` to before `offsets[r + 1]`; strides are then of no matter. `weights`:
/// one number a query from 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160,
/// leaves its query out. `values`: NULL, or rows x measures: each measure of each query, NaN
/// where it is left out. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
/// what `lgt_ranking_scratch` says of the longest query, apart from the other arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (relevance_type),
/// `LGT_E_SHAPE` (offsets), `LGT_E_VALUE` (weights; with ERR, a grade above `max_grade`),
/// `LGT_E_STATE`, `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. State and values
/// are then as they were.
///
/// # Accuracy
/// A measure of a query: at most 1e-13 relatively, of ERR and of RBP 1e-12. nDCG is
/// never above 1, and 1 if the order is a best one. Sums over queries are exact and rounded
/// once. The same queries give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques"
/// (2002), with the discount of C. Burges et al. (2005); F. McSherry and M. Najork, "Computing
/// Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores"
/// (2008); C. Buckley and E. Voorhees, "Retrieval evaluation with incomplete information"
/// (2004), as in trec_eval; A. Moffat and J. Zobel, "Rank-biased precision" (2008);
/// O. Chapelle et al., "Expected reciprocal rank for graded relevance" (2009), equation 4.
///
/// # Example
/// ```c
/// lgt_ranking_measure wanted[2] = {{LGT_RANKING_NDCG, 2}, {LGT_RANKING_RECIPROCAL_RANK, 0}};
/// uint64_t state[(48 + 2 * 608) / 8], scratch[3 * 3 + 1];
/// float x[2][3] = {{.9f, .5f, .1f}, {.5f, .5f, .1f}};
/// int32_t y[2][3] = {{3, 1, 0}, {0, 1, 0}};
/// double each[2][2];
/// lgt_ranking_report report[2];
/// assert(lgt_ranking_init(state, sizeof state, wanted, 2, NULL) == LGT_OK);
/// assert(lgt_ranking_update_f32(state, &x[0][0], 3, y, 3, LGT_I32, NULL, NULL, &each[0][0],
///                               2, 3, scratch, sizeof scratch) == LGT_OK);
/// assert(each[0][0] == 1 && each[0][1] == 1);
/// assert(each[1][1] == (1 + 1. / 2) / 2);
/// assert(lgt_ranking_finish(state, report, 2) == LGT_OK && report[1].queries == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    relevance: *const c_void,
    relevance_stride: usize,
    relevance_type: u32,
    offsets: *const u64,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (scores, weights) = (Numbers::F32(x), Numbers::F32(weights));
    #[rustfmt::skip]
    let raw = RawQueries {
        scores, x_stride, relevance, relevance_stride, relevance_type, offsets, weights, values,
        rows, cols, scratch, scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw) }
}

/// `double` form of `lgt_ranking_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    relevance: *const c_void,
    relevance_stride: usize,
    relevance_type: u32,
    offsets: *const u64,
    weights: *const f64,
    values: *mut f64,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (scores, weights) = (Numbers::F64(x), Numbers::F64(weights));
    #[rustfmt::skip]
    let raw = RawQueries {
        scores, x_stride, relevance, relevance_stride, relevance_type, offsets, weights, values,
        rows, cols, scratch, scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw) }
}

/// `lgt_f16` form of `lgt_ranking_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    relevance: *const c_void,
    relevance_stride: usize,
    relevance_type: u32,
    offsets: *const u64,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (scores, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    #[rustfmt::skip]
    let raw = RawQueries {
        scores, x_stride, relevance, relevance_stride, relevance_type, offsets, weights, values,
        rows, cols, scratch, scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw) }
}

/// `lgt_bf16` form of `lgt_ranking_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    relevance: *const c_void,
    relevance_stride: usize,
    relevance_type: u32,
    offsets: *const u64,
    weights: *const f32,
    values: *mut f64,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (scores, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    #[rustfmt::skip]
    let raw = RawQueries {
        scores, x_stride, relevance, relevance_stride, relevance_type, offsets, weights, values,
        rows, cols, scratch, scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, raw) }
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
pub unsafe extern "C" fn lgt_ranking_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Ranking>(state, other) }
}

/// Writes the means so far; the state can go on.
///
/// # Shape
/// `reports`: room for `count` structs, at least as many as the state has measures; one for
/// each, in the order in which they were asked for. A mean is NaN with
/// `LGT_UNDEFINED` if it is of no query, or a NaN was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ranking_finish(
    state: *const c_void,
    reports: *mut RankingReport,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read::<Ranking, _>(state, reports, |state| {
            let _ = guard::fill(reports, count, state.finish())?;
            let undefined = state.finish().any(|report| report.mean.is_nan());
            Ok(if undefined { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}
