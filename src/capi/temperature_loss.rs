//! `lgt_temperature_loss`: a mergeable state.

use super::guard;
use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::calibration::temperature_loss::{MOST, TemperatureLoss, TemperatureLossReport, params};
use crate::simd::{Bf16, Elem, F16};
use crate::state::Params;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The parameters of a state, as C gives them.
unsafe fn read(temperatures: *const f64, count: u32, derivatives: u32) -> Result<Params, Status> {
    guard::not_null(temperatures, count as usize)?;
    if !(1..=MOST).contains(&(count as usize)) || derivatives > count {
        return Err(LGT_E_VALUE);
    }
    // SAFETY: the contract of the C functions.
    Ok(params(unsafe { core::slice::from_raw_parts(temperatures, count as usize) }, derivatives))
}

/// Writes how many bytes a state of `lgt_temperature_loss` needs.
///
/// # Shape
/// As `lgt_temperature_loss_init`; `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`; `LGT_E_VALUE` where `init` refuses.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_size(
    temperatures: *const f64,
    count: u32,
    derivatives: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { read(temperatures, count, derivatives) } {
        Err(status) => status,
        // SAFETY: as above.
        Ok(params) => unsafe { state::size_of_state::<TemperatureLoss>(params, bytes) },
    }
}

/// Starts a state of the negative log-likelihood of `softmax(x / T)` at some
/// temperatures: what a fit asks of the data, so that it can ask it of shards.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_temperature_loss_size` says. `temperatures`: `count` numbers, 1 to 4, from 1e-6
/// to 1e6. `derivatives`: of how many of them, the first ones, the derivatives are kept
/// too; losses alone are cheaper.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_init(
    state: *mut c_void,
    size: usize,
    temperatures: *const f64,
    count: u32,
    derivatives: u32,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { read(temperatures, count, derivatives) } {
        Err(status) => status,
        // SAFETY: as above.
        Ok(params) => unsafe { state::init::<TemperatureLoss>(state, size, params) },
    }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, TemperatureLoss::update) }
}

/// Adds rows to a state of the negative log-likelihood of `softmax(x / T)` at some
/// temperatures.
///
/// All temperatures are looked at in one pass over the rows. A row whose loss is finite
/// at no temperature (a NaN, an entry at +inf, a label at -inf) is counted in
/// `lost_rows`, and every mean is then NaN.
///
/// # Shape
/// As `lgt_temperature_fit_f32`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// A row's loss: at most 1e-6 from f32 (f64: 1e-13) of the larger of itself and its
/// logits' distances over T. Sums over rows are exact.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// As `lgt_temperature_fit_f32`; the derivatives are cumulants of the logits under
/// `softmax(x / T)`.
///
/// # Example
/// ```c
/// uint64_t state[193];
/// float x[1][2] = {{2, 0}};
/// uint8_t y[1] = {0};
/// double temperature = 2;
/// lgt_temperature_loss_report report;
/// assert(lgt_temperature_loss_init(state, sizeof state, &temperature, 1, 1) == LGT_OK);
/// assert(lgt_temperature_loss_update_f32(state, &x[0][0], 2, y, LGT_U8, NULL, 1, 2) == LGT_OK);
/// assert(lgt_temperature_loss_finish(state, &report, 1) == LGT_OK);
/// assert(report.nll > 0.31326 && report.nll < 0.31327 && report.slope < 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `double` form of `lgt_temperature_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_f16` form of `lgt_temperature_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled {
        x: x.cast::<F16>(),
        stride: x_stride,
        labels,
        label_type,
        weights,
        rows,
        cols,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_bf16` form of `lgt_temperature_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled {
        x: x.cast::<Bf16>(),
        stride: x_stride,
        labels,
        label_type,
        weights,
        rows,
        cols,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
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
pub unsafe extern "C" fn lgt_temperature_loss_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<TemperatureLoss>(state, other) }
}

/// Writes the result so far, for each temperature; the state can go on.
///
/// # Shape
/// `reports`: `count` structs, at least one a temperature of the state, in their order.
/// NaN with `LGT_UNDEFINED` if nothing, or a row without a finite loss, was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE` (`count`). Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_loss_finish(
    state: *const c_void,
    reports: *mut TemperatureLossReport,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function; there is room for `count`.
    unsafe {
        state::read_all(state, (reports, count), |state: &TemperatureLoss| {
            guard::room::<TemperatureLossReport>(count, state.temperatures())?;
            let mut status = LGT_OK;
            for at in 0..state.temperatures() {
                let report = state.finish(at);
                if report.nll.is_nan() {
                    status = LGT_UNDEFINED;
                }
                *reports.add(at) = report;
            }
            Ok(status)
        })
    }
}
