//! `lgt_ca_loss`: a mergeable state, and the gradient of the loss.

use super::guard;
use super::inputs::RawPoints;
use super::state;
use super::temperatures::{RawLabelled, temperatures};
use super::types::*;
use crate::calibration::ca_loss::{self, CaLoss, CaLossReport, Gradients};
use crate::rows::numbers::Numbers;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Rows weigh as given, rather than those that are right as much as those that are wrong.
pub const LGT_CA_LOSS_UNIFORM: u32 = 1;

/// Whether the loss is the balanced one, or `E_OPTION`.
pub(super) fn balanced(flags: u32) -> Result<bool, Status> {
    if flags & !LGT_CA_LOSS_UNIFORM != 0 {
        return Err(LGT_E_OPTION);
    }
    Ok(flags & LGT_CA_LOSS_UNIFORM == 0)
}

/// Writes how many bytes a state of `lgt_ca_loss` needs.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<CaLoss>(0, bytes) }
}

/// Starts a state of the correctness-aware loss.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_ca_loss_size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_init(state: *mut c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<CaLoss>(state, size, 0) }
}

unsafe fn update(state: *mut c_void, data: RawLabelled, given: (*const f64, usize)) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<CaLoss>(state.cast()).and_then(|state| {
            let data = data.check()?;
            state.update(&data, &temperatures(given, data.table.rows)?);
            Ok(LGT_OK)
        })
    })
}

/// Adds rows to a state of the correctness-aware loss: the mean of `(c - r)^2`, where `c`
/// is the largest share of `softmax(x / T)`, and `r` is 1 where the first largest logit
/// is the label's, else 0.
///
/// Cross-entropy lowers the temperature where a wrong class is only just ahead; this loss
/// raises it, since it asks only that the model be unsure when it is wrong. Sums are kept
/// apart for rows that are right and that are wrong, so that one pass gives the loss
/// in which each side counts for half (`balanced`), and that in which rows weigh as given
/// (`uniform`). The temperatures are those of this call: for losses at several, have a
/// state for each.
///
/// A row with a NaN, or with nothing above -inf, makes the loss NaN (`nan_rows`).
/// Entries at +inf share the mass.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`:
/// one class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one
/// number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160,
/// leaves its row out. `temperatures`: `temperature_count` numbers from 1e-6 to 1e6, one
/// for all rows or one a row; or NULL for 1.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_SHAPE`
/// (`temperature_count`), `LGT_E_VALUE` (weights, temperatures), `LGT_E_STATE`. The state
/// is then as it was.
///
/// # Accuracy
/// A row's confidence: at most 1e-6 (f64: 4e-15). Sums over rows are exact and rounded
/// once. The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// Y. Liu et al., "Optimizing Calibration by Gaining Aware of Prediction Correctness"
/// (2024), the correctness-aware loss.
///
/// # Example
/// ```c
/// uint64_t state[20];
/// float x[2][2] = {{0, 0}, {0, 0}};
/// int32_t y[2] = {0, 1};
/// lgt_ca_loss_report report;
/// assert(lgt_ca_loss_init(state, sizeof state) == LGT_OK);
/// assert(lgt_ca_loss_update_f32(state, &x[0][0], 2, y, LGT_I32, NULL, NULL, 0, 2, 2) == LGT_OK);
/// assert(lgt_ca_loss_finish(state, &report) == LGT_OK);
/// assert(report.balanced == 0.25 && report.accuracy == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperatures: *const f64,
    temperature_count: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, (temperatures, temperature_count)) }
}

/// `double` form of `lgt_ca_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    temperatures: *const f64,
    temperature_count: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, (temperatures, temperature_count)) }
}

/// `lgt_f16` form of `lgt_ca_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperatures: *const f64,
    temperature_count: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, (temperatures, temperature_count)) }
}

/// `lgt_bf16` form of `lgt_ca_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperatures: *const f64,
    temperature_count: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data, (temperatures, temperature_count)) }
}

/// Adds what another state has seen. The order of merging does not change a bit. For
/// bytes from elsewhere use `lgt_state_merge`, which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS` (the same state twice). The state is then
/// as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<CaLoss>(state, other) }
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
pub unsafe extern "C" fn lgt_ca_loss_finish(
    state: *const c_void,
    report: *mut CaLossReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, CaLoss::finish, |report| report.uniform.is_nan()) }
}

/// Where the results of `lgt_ca_loss_grad` go.
struct To {
    loss: *mut f64,
    dt: *mut f64,
    du: *mut u8,
    du_stride: usize,
}

unsafe fn grad(data: RawLabelled, given: (*const f64, usize), to: To, flags: u32) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        balanced(flags).and_then(|balanced| {
            let labelled = data.check()?;
            let (rows, count) = (data.rows(), labelled.table.rows);
            let temperatures = temperatures(given, count)?;
            let labels = labelled.labels.span(count);
            let (du, span) = rows.beside(to.du, to.du_stride)?;
            guard::apart(span, labels)?;
            let dt = guard::column(to.dt, count, &[rows.span(), span, labels])?;
            let loss = ca_loss::grad(&labelled, &temperatures, balanced, &Gradients { dt, du });
            if let Some(to) = to.loss.as_mut() {
                *to = loss;
            }
            Ok(if loss.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// The correctness-aware loss of a batch, as `lgt_ca_loss_update_f32` has it, with its
/// gradients: in each row's temperature, and in each row's `u = x / T`.
///
/// The loss is the balanced one, in which rows that are right and rows that are wrong
/// count for half each (if there are both), or with `LGT_CA_LOSS_UNIFORM` that in which
/// rows weigh as given. Which side a row is on is held fixed: the gradient is that of
/// `c` alone. In one temperature for all rows it is the sum of `dt`.
///
/// Rows of weight 0 have gradients of 0, those with a NaN gradients of NaN, and those
/// with entries at +inf gradients of 0. The loss is NaN if a row is, or if none counts.
///
/// # Shape
/// As `lgt_ca_loss_update_f32`. `loss`: one number, or NULL. `dt`: one number a row, or
/// NULL. `du`: rows x cols, or NULL; it may be `x` itself, with the same stride, and is
/// apart from the labels, as `dt` is. `flags`: 0 or `LGT_CA_LOSS_UNIFORM`.
///
/// # In place
/// `du == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_SHAPE`
/// (`temperature_count`), `LGT_E_VALUE` (weights, temperatures), `LGT_E_OPTION` (flags),
/// `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (the loss is NaN).
///
/// # Accuracy
/// The loss: at most 2e-6 (f64: 1e-14). Gradients, times the rows, their weights all
/// being 1 and the loss uniform: that in `u` at most 2e-6 (f64: 1e-14), that in `T` as
/// much, times the larger of 1 and the number of classes' logarithm, over `T`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_ca_loss_update_f32`.
///
/// # Example
/// ```c
/// float x[2][2] = {{1, 0}, {1, 0}}, du[2][2];
/// int32_t y[2] = {0, 1};
/// double loss, dt[2];
/// assert(lgt_ca_loss_grad_f32(&x[0][0], 2, y, LGT_I32, NULL, NULL, 0, &loss, dt, &du[0][0], 2,
///                             2, 2, 0) == LGT_OK);
/// assert(dt[0] > 0 && dt[1] < 0 && du[0][0] < 0 && du[1][0] > 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_grad_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperatures: *const f64,
    temperature_count: usize,
    loss: *mut f64,
    dt: *mut f64,
    du: *mut f32,
    du_stride: usize,
    rows: usize,
    cols: usize,
    flags: u32,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    let to = To { loss, dt, du: du.cast(), du_stride };
    // SAFETY: the contract of this function.
    unsafe { grad(data, (temperatures, temperature_count), to, flags) }
}

/// `double` form of `lgt_ca_loss_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_grad_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    temperatures: *const f64,
    temperature_count: usize,
    loss: *mut f64,
    dt: *mut f64,
    du: *mut f64,
    du_stride: usize,
    rows: usize,
    cols: usize,
    flags: u32,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    let to = To { loss, dt, du: du.cast(), du_stride };
    // SAFETY: the contract of this function.
    unsafe { grad(data, (temperatures, temperature_count), to, flags) }
}

/// `lgt_f16` form of `lgt_ca_loss_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperatures: *const f64,
    temperature_count: usize,
    loss: *mut f64,
    dt: *mut f64,
    du: *mut lgt_f16,
    du_stride: usize,
    rows: usize,
    cols: usize,
    flags: u32,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    let to = To { loss, dt, du: du.cast(), du_stride };
    // SAFETY: the contract of this function.
    unsafe { grad(data, (temperatures, temperature_count), to, flags) }
}

/// `lgt_bf16` form of `lgt_ca_loss_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_loss_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperatures: *const f64,
    temperature_count: usize,
    loss: *mut f64,
    dt: *mut f64,
    du: *mut lgt_bf16,
    du_stride: usize,
    rows: usize,
    cols: usize,
    flags: u32,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    let to = To { loss, dt, du: du.cast(), du_stride };
    // SAFETY: the contract of this function.
    unsafe { grad(data, (temperatures, temperature_count), to, flags) }
}
