//! `lgt_bootstrap`: a mergeable state of many replicates of a metric.

use super::guard;
use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::bootstrap::{Bootstrap, BootstrapReport, Inner};
use crate::metrics::resample;
use crate::simd::{Bf16, Elem, F16};
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_bootstrap` needs: 32, and for each
/// replicate and once more as many as a state of the metric.
///
/// # Shape
/// `kind`: the metric, one of `LGT_STATE_ACCURACY`, `LGT_STATE_NLL`,
/// `LGT_STATE_BRIER` and `LGT_STATE_ECE_TOP_LABEL`. `param`: what its own `init`
/// takes (k, bins), 0 if that takes nothing. `replicates`: at least 1, and not so
/// many that the state would have 4 GiB. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (kind, param, replicates).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_size(
    kind: u32,
    param: u32,
    replicates: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Bootstrap>(Inner { kind, param }.params(replicates, 0), bytes) }
}

/// Starts a state of `replicates` replicates of a metric, and of the metric itself.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_bootstrap_size` says. `kind`, `param`, `replicates`: as there; some hundred
/// replicates are enough for a standard error, some thousand for an interval.
/// `seed`: any number; states are merged only if theirs is the same.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (kind,
/// param, replicates).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_init(
    state: *mut c_void,
    size: usize,
    kind: u32,
    param: u32,
    replicates: u32,
    seed: u64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Bootstrap>(state, size, Inner { kind, param }.params(replicates, seed)) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>, first_row: u64) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<Bootstrap>(state.cast()).and_then(|state| {
            state.update(data.check()?, first_row);
            Ok(LGT_OK)
        })
    })
}

/// Adds rows to every replicate of a metric, each time with a random weight: how
/// much the metric would vary from one sample of rows to another, in one pass. A
/// mergeable state.
///
/// In replicate `b` row `r` counts as often as a draw from the Poisson distribution
/// of mean 1 says (times its weight, if it has one): the Poisson bootstrap, which in
/// the limit of many rows is that of drawing as many rows with replacement. The draw
/// depends on the seed, `r` and `b` alone: it is made of word `b % 4` of Philox4x32-10
/// with the counter (low half of `r`, high half of `r`, `b / 4`, 0) and the key (low
/// half, high half of the seed), by inversion. Row numbers count over the whole data:
/// row `i` here is `first_row + i`. Rows of one state, and of those it is merged
/// with, should have numbers of their own; then any split, order and number of
/// workers give the same bytes. Rows that belong together (sentences of one text) and
/// are to be drawn together have one number: one call for each.
///
/// Inputs as the metric's own update takes them: logits for nll, probabilities for
/// brier and ece_top_label, either for accuracy. What a NaN or an infinity does to
/// the metric it does to the replicates that drew its row.
///
/// # Shape
/// `x`: rows x cols, row-major, stride in elements, at least cols. `labels`: one class
/// a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or
/// below 2^-160, leaves its row out. `first_row`: the number of the first row.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Each replicate is the state that the metric's own update makes of the same rows
/// with the drawn weights, bit for bit. Each probability of a draw is within 2^-32 of
/// its own.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// N. Chamandy et al., "Estimating Uncertainty for Massive Data Streams" (2012);
/// J. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (2011).
///
/// # Example
/// ```c
/// static uint64_t state[4 + 201 * 12];
/// double values[200];
/// float x[4][2] = {{2, 1}, {3, 0}, {0, 1}, {4, 1}};
/// int32_t y[4] = {0, 0, 1, 1};
/// lgt_bootstrap_report report;
/// assert(lgt_bootstrap_init(state, sizeof state, LGT_STATE_ACCURACY, 1, 200, 7) == LGT_OK);
/// assert(lgt_bootstrap_update_f32(state, &x[0][0], 2, y, LGT_I32, NULL, 0, 4, 2) == LGT_OK);
/// assert(lgt_bootstrap_finish(state, 0.95, values, 200, &report) == LGT_OK);
/// assert(report.value == 0.75 && report.low < 0.75 && report.high == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    first_row: u64,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, first_row) }
}

/// `double` form of `lgt_bootstrap_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    first_row: u64,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, first_row) }
}

/// `lgt_f16` form of `lgt_bootstrap_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    first_row: u64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = x.cast::<F16>();
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, first_row) }
}

/// `lgt_bf16` form of `lgt_bootstrap_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    first_row: u64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = x.cast::<Bf16>();
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, first_row) }
}

/// Adds what another state of the same parameters and seed has seen. The order of
/// merging does not change a bit. For bytes from elsewhere use `lgt_state_merge`,
/// which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
/// state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Bootstrap>(state, other) }
}

unsafe fn copy(
    state: *const c_void,
    replicate: Option<u32>,
    out: *mut c_void,
    size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe {
        state::read(state, out, |state: &Bootstrap| {
            if !(out as usize).is_multiple_of(8) {
                return Err(LGT_E_STATE);
            }
            guard::apart(state::span(state), (out.cast_const().cast(), size))?;
            state.copy(replicate, out.cast(), size).map(|()| LGT_OK)
        })
    }
}

/// Writes one replicate as a state of the metric, for all that can be done with one:
/// its `finish`, its bins.
///
/// # Shape
/// `replicate`: from 0, below the number of replicates. `out`: `size` bytes, 8-byte
/// aligned, apart from `state`, at least what the metric's own `size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` (also the alignment of `out`), `LGT_E_VALUE`
/// (replicate), `LGT_E_SIZE`, `LGT_E_ALIAS`. Nothing is then written.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_get_replicate(
    state: *const c_void,
    replicate: u32,
    out: *mut c_void,
    size: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { copy(state, Some(replicate), out, size) }
}

/// Writes the state that the metric's own update would have made of the rows as they
/// are, without any drawing.
///
/// # Shape
/// `out`: `size` bytes, 8-byte aligned, apart from `state`, at least what the
/// metric's own `size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` (also the alignment of `out`), `LGT_E_SIZE`,
/// `LGT_E_ALIAS`. Nothing is then written.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_get_original(
    state: *const c_void,
    out: *mut c_void,
    size: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { copy(state, None, out, size) }
}

/// Writes the metric of every replicate, in their order: accuracy, nll, brier or ece;
/// NaN where it is undefined.
///
/// # Shape
/// `values`: `count` numbers, at least as many as there are replicates.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`. Nothing is then written.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_get_values(
    state: *const c_void,
    values: *mut f64,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (values, count), |state: &Bootstrap| {
            guard::fill(values, count, state.values())
        })
    }
}

/// Writes what the replicates say of the metric: its standard error, and the
/// percentile interval. The state can go on.
///
/// Replicates whose metric is NaN are left out and counted. What `lgt_interval_bca`
/// makes of the same values is more often right for metrics that are bounded or
/// biased (ece), but needs the metric without each row in turn.
///
/// # Shape
/// `confidence`: above 0 and below 1, usually 0.95. `values`: `count` numbers, at
/// least as many as there are replicates; they become those of
/// `lgt_bootstrap_get_values`. `report`: one struct. NaN with `LGT_UNDEFINED` if no
/// replicate is left.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`, `LGT_E_VALUE`. Nothing is then
/// written.
/// Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_finish(
    state: *const c_void,
    confidence: f64,
    values: *mut f64,
    count: usize,
    report: *mut BootstrapReport,
) -> Status {
    if values.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Bootstrap| {
            guard::confidence(confidence)?;
            guard::apart(state::span(state), guard::span_of(values, count))?;
            let _ = guard::fill(values, count, state.values())?;
            let values = core::slice::from_raw_parts(values, state.replicates() as usize);
            let result = state.finish(values, confidence);
            *report = result;
            Ok(if result.mean.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}

unsafe fn weights<E: Elem>(
    seed: u64,
    replicate: u32,
    first_row: u64,
    weights: *mut E,
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe { guard::slice(weights.cast_const(), rows) }.map(|known| {
        if !known.is_empty() {
            // SAFETY: as above; it is the caller's to write.
            let out = unsafe { core::slice::from_raw_parts_mut(weights, rows) };
            resample::weights(seed, replicate, first_row, out);
        }
        LGT_OK
    }))
}

/// Writes the weights that rows have in a replicate: what `lgt_bootstrap_update_f32`
/// draws, for any other function that takes weights. A batch function, no state.
///
/// Call the function once a replicate with these weights (times the rows' own), and
/// give what comes out to `lgt_interval_percentile`. They are whole numbers from 0 to
/// 12, of mean and variance 1: how often a row is drawn, for functions that take
/// indices. Functions for 16-bit scores take weights of type float.
///
/// # Shape
/// `seed`: any number. `replicate`: which one. `first_row`: the number of the first
/// row in the whole data. `weights`: `rows` numbers.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// # Accuracy
/// Exact; each probability of a draw is within 2^-32 of its own.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// As for `lgt_bootstrap_update_f32`.
///
/// # Example
/// ```c
/// float whole[10], part[4];
/// assert(lgt_bootstrap_weights_f32(7, 3, 0, whole, 10) == LGT_OK);
/// assert(lgt_bootstrap_weights_f32(7, 3, 6, part, 4) == LGT_OK);
/// assert(part[0] == whole[6] && part[3] == whole[9]);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_weights_f32(
    seed: u64,
    replicate: u32,
    first_row: u64,
    weights: *mut f32,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { self::weights(seed, replicate, first_row, weights, rows) }
}

/// `double` form of `lgt_bootstrap_weights_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_weights_f64(
    seed: u64,
    replicate: u32,
    first_row: u64,
    weights: *mut f64,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { self::weights(seed, replicate, first_row, weights, rows) }
}

/// `lgt_f16` form of `lgt_bootstrap_weights_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_weights_f16(
    seed: u64,
    replicate: u32,
    first_row: u64,
    weights: *mut lgt_f16,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { self::weights(seed, replicate, first_row, weights.cast::<F16>(), rows) }
}

/// `lgt_bf16` form of `lgt_bootstrap_weights_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bootstrap_weights_bf16(
    seed: u64,
    replicate: u32,
    first_row: u64,
    weights: *mut lgt_bf16,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { self::weights(seed, replicate, first_row, weights.cast::<Bf16>(), rows) }
}
