//! `lgt_matrix_loss`: the loss of a linear map of logits and its derivatives.

use super::guard;
use super::inputs::RawPoints;
use super::state;
use super::types::*;
use crate::calibration::linear_map::{Form, Shape};
use crate::calibration::matrix_loss::{MatrixLoss, MatrixLossReport, params};
use crate::calibration::matrix_update::{self, words};
use crate::rows::numbers::Numbers;
use crate::state::{Params, view, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Maps `z + b`. Parameters: biases.
pub const LGT_MATRIX_FORM_BIAS: u32 = 0;
/// Maps `a z + b`, each class by itself. Parameters: scales, then biases.
pub const LGT_MATRIX_FORM_VECTOR: u32 = 1;
/// Maps `W z + b`. Parameters: the matrix row by row, then biases.
pub const LGT_MATRIX_FORM_MATRIX: u32 = 2;

/// The form and the number of classes, as C gives them; of no classes, which no state
/// has, where they are none.
pub(super) fn params_of(form: u32, classes: usize, eps: f64) -> Params {
    let known = Form::of(u64::from(form));
    let classes = if known.is_some() { classes } else { 0 };
    params(&Shape { form: known.unwrap_or(Form::Bias), classes }, eps)
}

/// Writes how many bytes a state of `lgt_matrix_loss` needs: 72, 24 a parameter and 8 a
/// class.
///
/// # Shape
/// `form`: an `LGT_MATRIX_FORM_` number. `classes`: how many, at least 1. `eps`: 0 for
/// logits; with a matrix, from 1e-300 to 0.5 for probabilities, of whose logarithms the
/// map is, or of that of `eps` where they are less. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (form, classes, or `eps`).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_size(
    form: u32,
    classes: usize,
    eps: f64,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<MatrixLoss>(params_of(form, classes, eps), bytes) }
}

/// Starts a state of the loss of a linear map. Its point is all zero until
/// `lgt_matrix_loss_set`, and again after `lgt_state_reset`.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_matrix_loss_size` says. The rest as there.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE`.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_init(
    state: *mut c_void,
    size: usize,
    form: u32,
    classes: usize,
    eps: f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<MatrixLoss>(state, size, params_of(form, classes, eps)) }
}

/// Writes how many bytes of scratch `lgt_matrix_loss_update` needs.
///
/// # Shape
/// `form`: an `LGT_MATRIX_FORM_` number. `classes`: how many. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (form), `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_scratch(
    form: u32,
    classes: usize,
    bytes: *mut usize,
) -> Status {
    match Form::of(u64::from(form)) {
        None => LGT_E_VALUE,
        // SAFETY: the contract of this function.
        Some(form) => unsafe { guard::scratch_bytes(words(form, classes), bytes) },
    }
}

/// Sets the point at which the loss is looked at, and forgets all rows.
///
/// # Shape
/// `point`: `count` numbers, one a parameter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (count), `LGT_E_VALUE` (a number that is
/// not finite). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_set(
    state: *mut c_void,
    point: *const f64,
    count: usize,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view_mut::<MatrixLoss>(state.cast()).and_then(|state| {
            let point = guard::slice(point, count)?;
            if count != state.parameters() {
                return Err(LGT_E_SHAPE);
            }
            if !point.iter().all(|x| x.is_finite()) {
                return Err(LGT_E_VALUE);
            }
            state.set(point.iter().copied());
            Ok(LGT_OK)
        })
    })
}

unsafe fn update(
    state: *mut c_void,
    (points, stride, cols): (RawPoints, usize, usize),
    (scratch, size): (*mut c_void, usize),
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<MatrixLoss>(state.cast()).and_then(|state| {
            let shape = state.shape();
            if cols != shape.classes {
                return Err(LGT_E_SHAPE);
            }
            let table = points.check_table(stride, cols)?;
            let needed = words(shape.form, shape.classes);
            let bytes = (core::ptr::from_mut(state).cast::<u8>().cast_const(), size_of_val(state));
            let [x, labels, weights] = points.spans(stride, cols);
            let scratch = guard::scratch(scratch, size, needed, [bytes, x, labels, weights])?;
            matrix_update::update(state, &table, scratch);
            Ok(LGT_OK)
        })
    })
}

/// Adds rows at the state's point: of each, the loss of `softmax(A z + b)`, its gradient and the
/// curvature of each parameter by itself. A mergeable state: workers set the same point, see
/// rows of their own, and are merged.
///
/// # Shape
/// `x`: logits (probabilities if the state has `eps`), rows x cols, row-major, stride in
/// elements, at least cols, which are the state's classes. `labels`: one class a row, of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `scratch`:
/// `scratch_size` bytes, 8-byte aligned, at least what `lgt_matrix_loss_scratch` says, apart
/// from the other arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`,
/// `LGT_E_LABEL`, `LGT_E_VALUE` (weights), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The state is then
/// as it was. A row with a number that is not finite (or no probability) is left out and
/// counted.
///
/// # Accuracy
/// A row's probabilities within 1e-6, relative, for f32 (f64: 1e-14); maps by matrix are
/// computed in double. Sums are rounded, so the order of rows may change the last digits.
///
/// Thread safety: any thread, one at a time for one state; give each worker its own and
/// merge them.
///
/// # Source
/// The derivatives of the cross entropy: T. Hastie et al., "The Elements of Statistical
/// Learning" (2009), section 4.4.1.
///
/// # Example
/// ```c
/// float x[2][2] = {{0, 0}, {0, 0}};
/// int32_t y[2] = {0, 1};
/// double identity[4] = {1, 1, 0, 0}, gradient[4];
/// uint64_t state[32], scratch[256];
/// lgt_matrix_loss_report report;
/// assert(lgt_matrix_loss_init(state, sizeof state, LGT_MATRIX_FORM_VECTOR, 2, 0) == LGT_OK);
/// assert(lgt_matrix_loss_set(state, identity, 4) == LGT_OK);
/// assert(lgt_matrix_loss_update_f32(state, &x[0][0], 2, y, LGT_I32, NULL, 2, 2, scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_matrix_loss_finish(state, &report) == LGT_OK);
/// assert(report.loss > 0.693147 && report.loss < 0.693148);
/// assert(lgt_matrix_loss_get(state, gradient, NULL, 4) == LGT_OK && gradient[2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, (points, x_stride, cols), (scratch, scratch_size)) }
}

/// `double` form of `lgt_matrix_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, (points, x_stride, cols), (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_matrix_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, (points, x_stride, cols), (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_matrix_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, (points, x_stride, cols), (scratch, scratch_size)) }
}

/// Adds rows seen elsewhere at the same point. For bytes from elsewhere use
/// `lgt_state_merge`, which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (form, classes, `eps` or point),
/// `LGT_E_ALIAS` (the same state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<MatrixLoss>(state, other) }
}

/// Writes the mean loss, without penalties. The state is left as it is.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (no rows).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_finish(
    state: *const c_void,
    report: *mut MatrixLossReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, MatrixLoss::finish, |report| report.loss.is_nan()) }
}

/// Writes the mean gradient and curvature; NaN if there are no rows.
///
/// # Shape
/// `gradient`, `curvature`: `count` numbers each, one a parameter, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SHAPE` (count).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_loss_get(
    state: *const c_void,
    gradient: *mut f64,
    curvature: *mut f64,
    count: usize,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<MatrixLoss>(state.cast()).and_then(|state| {
            if count != state.parameters() {
                return Err(LGT_E_SHAPE);
            }
            for to in [gradient, curvature] {
                guard::apart(state::span(state), guard::span_of(to, count))?;
            }
            let weight = state.finish().weight;
            let [of_gradient, of_curvature, _] = state.sums();
            for (to, from) in [(gradient, of_gradient), (curvature, of_curvature)] {
                if !to.is_null() {
                    let _ = guard::fill(to, count, from.iter().map(|sum| sum / weight))?;
                }
            }
            Ok(LGT_OK)
        })
    })
}
