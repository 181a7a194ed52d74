//! `lgt_binned_auroc`: a mergeable state of bounded size.

use super::guard;
use super::scores::{RawScores, status};
use super::state;
use super::types::*;
use crate::curves::binned_auroc::{BinnedAuroc, BinnedAurocReport, params};
use crate::rows::numbers::Numbers;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Scores are probabilities: buckets are by their odds.
pub const LGT_BINNED_AUROC_PROBABILITIES: u32 = 0;
/// Scores are any numbers around 0: buckets are by their size.
pub const LGT_BINNED_AUROC_SCORES: u32 = 1;
/// Buckets are between edges of the caller's.
pub const LGT_BINNED_AUROC_EDGES: u32 = 2;

/// Writes how many bytes a state of `lgt_binned_auroc` needs: 48, and 48 a bucket.
///
/// # Shape
/// `k`: there are 2^k buckets, k from 8 to 20; 16 is a good choice. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (k).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_size(k: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<BinnedAuroc>(k, bytes) }
}

/// Starts a state of AUROC and average precision in bounded memory.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_binned_auroc_size` says. `k`: 8 to 20. `map`: `LGT_BINNED_AUROC_PROBABILITIES`,
/// `LGT_BINNED_AUROC_SCORES` or `LGT_BINNED_AUROC_EDGES`. `edges`: for the last,
/// `edge_count` numbers, each above the one before, fewer than 2^k; else NULL and 0. Of
/// edges the state keeps a number that stands for them.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (k, map, edges).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_init(
    state: *mut c_void,
    size: usize,
    k: u32,
    map: u32,
    edges: *const f64,
    edge_count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(edges, edge_count)
            .and_then(|edges| Ok(state::init::<BinnedAuroc>(state, size, params(k, map, edges)?)))
    })
}

unsafe fn update(
    data: *mut c_void,
    scores: RawScores,
    edges: *const f64,
    edge_count: usize,
) -> Status {
    if data.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<BinnedAuroc>(data.cast()).and_then(|state| {
            let edges = guard::slice(edges, edge_count)?;
            state.update(&scores.check()?, edges)?;
            Ok(LGT_OK)
        })
    })
}

/// Adds scores of two classes to a state of AUROC and average precision, which counts
/// them in 2^k buckets: memory is bounded, and so is what that leaves open.
///
/// Buckets are in the order of scores. Which score is larger is known if two are in
/// different buckets; within one it is, as far as the least and the largest of either
/// class there tell. `lgt_binned_auroc_finish` writes bounds that hold for whatever
/// scores they were, and their middle. Few scores in a bucket, or equal ones however
/// many, leave nothing open: small samples and scores of few values are exact.
///
/// `LGT_BINNED_AUROC_PROBABILITIES` are even in the logarithm of the odds from 2^-40 to
/// 2^40, linear between powers of two, what is beyond in the last bucket on either side;
/// a score that is not in 0 .. 1.01 is counted with the NaNs. `LGT_BINNED_AUROC_SCORES`
/// are even in the logarithm of 1 + 4 |x|, likewise, up to |x| = 2^14: logits, margins,
/// and whatever is neither all tiny nor all huge; multiply those by a power of two,
/// which changes no AUROC. `LGT_BINNED_AUROC_EDGES` are as the caller says, an edge
/// belonging to the bucket above it: quantiles of a sample of the scores are best for all
/// scores that are like it. Maps do not fall, to the last bit.
///
/// With 2^16 buckets the AUROC of 10^6 scores of two normal distributions one deviation
/// apart is known within 5e-5, of probabilities made of 8 times such logits 2e-5. Scores
/// that crowd into one bucket leave it open: see the half-width. -0 is equal to 0,
/// infinities are in the end buckets. A NaN is counted in `nan_rows` and makes the result
/// NaN. Weights are not taken.
///
/// # Shape
/// `x`: `rows` scores. `labels`: `rows` times 0 or 1, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`). `edges`: the `edge_count` edges that `init` was given, or
/// NULL and 0. They are looked through at each call: prefer few calls.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (other
/// edges). The state is then as it was.
///
/// # Accuracy
/// Bounds for the AUROC are integers, divided once; those for the average precision are
/// within 1e-13. The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// D. Bamber, "The area above the ordinal dominance graph and the area below the receiver
/// operating characteristic graph" (1975), for the share of pairs.
///
/// # Example
/// ```c
/// static uint64_t state[6 + 6 * 256];
/// float p[4] = {0.25f, 0.5f, 0.5f, 0.75f};
/// uint8_t y[4] = {0, 0, 1, 1};
/// lgt_binned_auroc_report report;
/// assert(lgt_binned_auroc_init(state, sizeof state, 8, LGT_BINNED_AUROC_PROBABILITIES, NULL, 0) == LGT_OK);
/// assert(lgt_binned_auroc_update_f32(state, p, y, LGT_U8, NULL, 4, 0) == LGT_OK);
/// assert(lgt_binned_auroc_finish(state, &report) == LGT_OK);
/// assert(report.auroc == 0.875 && report.auroc_half_width == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_update_f32(
    state: *mut c_void,
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    edges: *const f64,
    rows: usize,
    edge_count: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F32(x), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores, edges, edge_count) }
}

/// `double` form of `lgt_binned_auroc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_update_f64(
    state: *mut c_void,
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    edges: *const f64,
    rows: usize,
    edge_count: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F64(x), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores, edges, edge_count) }
}

/// `lgt_f16` form of `lgt_binned_auroc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    edges: *const f64,
    rows: usize,
    edge_count: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F16(x.cast()), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores, edges, edge_count) }
}

/// `lgt_bf16` form of `lgt_binned_auroc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    edges: *const f64,
    rows: usize,
    edge_count: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::Bf16(x.cast()), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores, edges, edge_count) }
}

/// Adds what another state of the same k, map and edges has seen.
///
/// # Shape
/// Two states of `lgt_binned_auroc`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (parameters), `LGT_E_ALIAS`. The state
/// is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<BinnedAuroc>(state, other) }
}

/// Writes AUROC and average precision of all rows so far, with bounds.
///
/// # Shape
/// `state`: a state of `lgt_binned_auroc`. `report`: one struct. One label alone has no
/// AUROC; without label 1 there is no average precision.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (the AUROC is NaN).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_finish(
    state: *const c_void,
    report: *mut BinnedAurocReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::finish::<BinnedAuroc, _>(state, report, BinnedAuroc::finish, |r| r.auroc.is_nan())
    }
}

/// Writes bounds for the least false positive rate of a threshold whose true positive
/// rate is at least `tpr`.
///
/// # Shape
/// `state`: a state of `lgt_binned_auroc`. `tpr`: 0 to 1. `low`, `high`: one number each.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (tpr). Advisory: `LGT_UNDEFINED`
/// (one label
/// alone, or a NaN, was there).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binned_auroc_fpr_at_tpr(
    state: *const c_void,
    tpr: f64,
    low: *mut f64,
    high: *mut f64,
) -> Status {
    if high.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, low, |state: &BinnedAuroc| {
            guard::apart(state::span(state), guard::span_of(high, 1))?;
            if !(0.0..=1.0).contains(&tpr) {
                return Err(LGT_E_VALUE);
            }
            let [least, most] = state.fpr_at_tpr(tpr);
            (*low, *high) = (least, most);
            Ok(status(least))
        })
    }
}
