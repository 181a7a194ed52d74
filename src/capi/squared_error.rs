//! `lgt_squared_error`.

use super::loss::{RawLosses, lgt_loss_opts};
use super::spherical_family::{LGT_SPHERICAL_SQUARED_ERROR, apply, loss_of};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Squared error of each row against its label's unit vector, `sum_k (x_k - y_k)^2` with
/// `y` = 1 at the label and 0 elsewhere, with its gradient in the outputs.
///
/// It is the sum over the row, not its mean over columns: divide by cols for that. For
/// probabilities it is the Brier score. A row with an entry that is not finite, or with
/// squares that overflow (beyond 1e19 in f32), is NaN.
///
/// # Shape
/// `x`: outputs, rows x cols, row-major, stride in elements, at least cols. `labels`: one
/// class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
/// row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
/// gradient of zeros. `loss`: each row's own loss, without its weight, or NULL.
/// `grad`: rows x cols, or NULL: the gradient of the reduced loss, times `grad_scale`.
/// `total`: the reduced loss, or NULL. `opts`: NULL for the defaults.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the
/// mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-6 (f64: 4e-15) times the sum of the row's squares and 1. Its
/// gradient as much, relative to its largest entry, besides the rounding to its type.
/// `total` is the exact sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Plain arithmetic; as a member of the spherical family, A. de Brebisson and P. Vincent, "An
/// Exploration of Softmax Alternatives Belonging to the Spherical Loss Family" (2016).
///
/// # Example
/// ```c
/// float x[1][4] = {{2, 0, -1, 1}}, grad[1][4];
/// int32_t y[1] = {0};
/// double loss;
/// assert(lgt_squared_error_f32(&x[0][0], 4, y, LGT_I32, NULL, &loss, &grad[0][0], 4, NULL, 1,
///                              4, NULL) == LGT_OK);
/// assert(loss == 3 && grad[0][0] == 2 && grad[0][2] == -2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_squared_error_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe {
        apply(raw, (labels, label_type), loss_of(LGT_SPHERICAL_SQUARED_ERROR, 0.0, 0.0), opts)
    }
}

/// `double` form of `lgt_squared_error_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_squared_error_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    loss: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe {
        apply(raw, (labels, label_type), loss_of(LGT_SPHERICAL_SQUARED_ERROR, 0.0, 0.0), opts)
    }
}

/// `lgt_f16` form of `lgt_squared_error_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_squared_error_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe {
        apply(raw, (labels, label_type), loss_of(LGT_SPHERICAL_SQUARED_ERROR, 0.0, 0.0), opts)
    }
}

/// `lgt_bf16` form of `lgt_squared_error_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_squared_error_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe {
        apply(raw, (labels, label_type), loss_of(LGT_SPHERICAL_SQUARED_ERROR, 0.0, 0.0), opts)
    }
}
