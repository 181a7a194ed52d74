//! `lgt_streaming_auroc`: a mergeable state that keeps every score.

use super::guard;
use super::scores::{RawScores, status};
use super::state;
use super::types::*;
use crate::curves::streaming_auroc::{StreamingAuroc, StreamingAurocReport};
use crate::rows::numbers::Numbers;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_streaming_auroc` needs: 40, and 8 a row.
///
/// # Shape
/// `capacity`: the most rows there may be, 1 to 536,870,906, so that the size has 32
/// bits. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (capacity).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_size(capacity: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<StreamingAuroc>(capacity, bytes) }
}

/// Starts a state of AUROC and average precision that keeps every score.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_streaming_auroc_size` says. `capacity`: 1 to 536,870,906.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (capacity).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_init(
    state: *mut c_void,
    size: usize,
    capacity: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<StreamingAuroc>(state, size, capacity) }
}

unsafe fn update(data: *mut c_void, scores: RawScores) -> Status {
    if data.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<StreamingAuroc>(data.cast()).and_then(|state| {
            state.update(&scores.check()?)?;
            Ok(LGT_OK)
        })
    })
}

/// Adds scores of two classes to a state that keeps them all, in order: AUROC, average
/// precision and DeLong's variance of any number of parts are exactly those of all rows
/// at once.
///
/// The state is its rows, sorted: 8 bytes for a score of any type and its label. New rows
/// are sorted and merged in, in place; that moves what is there, so prefer few calls. If
/// there is no room for all of them the call is refused and nothing changed: merge into a
/// larger state, or count in `lgt_binned_auroc`. One label alone has no AUROC; a single
/// row of a label has no variance. -0 is equal to 0, infinities are scores like any
/// others. A NaN takes no room, is counted in `nan_rows` and makes the result NaN.
/// Weights are not taken.
///
/// # Shape
/// `x`: `rows` scores. `labels`: `rows` times 0 or 1, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`).
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (no room), `LGT_E_LABEL`, `LGT_E_STATE`. The state is then
/// as it was.
///
/// # Accuracy
/// As `lgt_delong`; of the average precision, relative 2e-15. The same rows give the same
/// bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// As `lgt_delong`; for the average precision, W. Su, Y. Yuan and M. Zhu, "A Relationship
/// between the Average Precision and the Area Under the ROC Curve" (2015).
///
/// # Example
/// ```c
/// uint64_t state[5 + 8];
/// double x[4] = {3, 2, 2, 1};
/// uint8_t y[4] = {1, 1, 0, 0};
/// lgt_streaming_auroc_report report;
/// assert(lgt_streaming_auroc_init(state, sizeof state, 8) == LGT_OK);
/// assert(lgt_streaming_auroc_update_f64(state, x, y, LGT_U8, 4) == LGT_OK);
/// assert(lgt_streaming_auroc_finish(state, 0.95, &report) == LGT_OK);
/// assert(report.auroc == 0.875 && report.variance == 0.03125);
/// assert(lgt_streaming_auroc_update_f64(state, x, y, LGT_U8, 4) == LGT_OK);
/// assert(lgt_streaming_auroc_update_f64(state, x, y, LGT_U8, 1) == LGT_E_SIZE);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_update_f32(
    state: *mut c_void,
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F32(x), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores) }
}

/// `double` form of `lgt_streaming_auroc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_update_f64(
    state: *mut c_void,
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F64(x), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores) }
}

/// `lgt_f16` form of `lgt_streaming_auroc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::F16(x.cast()), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores) }
}

/// `lgt_bf16` form of `lgt_streaming_auroc_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    rows: usize,
) -> Status {
    let scores = RawScores { numbers: Numbers::Bf16(x.cast()), labels, label_type, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, scores) }
}

/// Adds what another state has seen, whatever its capacity: the other's rows take room in
/// this one.
///
/// # Shape
/// Two states of `lgt_streaming_auroc`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE` (no room), `LGT_E_ALIAS`. The state is then
/// as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<StreamingAuroc>(state, other) }
}

/// Writes AUROC and average precision of all rows so far.
///
/// # Shape
/// `state`: a state of `lgt_streaming_auroc`. `confidence`: of the intervals for the
/// AUROC, above 0 and below 1. `report`: one struct.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (confidence). Advisory:
/// `LGT_UNDEFINED` (a
/// NaN was there, or fewer than two rows of a label).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_streaming_auroc_finish(
    state: *const c_void,
    confidence: f64,
    report: *mut StreamingAurocReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &StreamingAuroc| {
            guard::confidence(confidence)?;
            let result = state.finish(confidence);
            *report = result;
            Ok(status(result.variance))
        })
    }
}
