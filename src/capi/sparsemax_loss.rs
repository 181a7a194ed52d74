//! `lgt_sparsemax_loss`.

use super::entmax_loss::apply;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Sparsemax loss of each row, with its gradient in the logits.
///
/// With `p` the row's sparsemax it is `p x - p p / 2 + 1 / 2 - x[label]`: 0 where the label exceeds
/// all others by 1, and at least 0. The gradient is `p`, less 1 for the label.
///
/// -inf is a share of 0; a label at -inf has a loss of +inf. Entries at +inf share the mass: a
/// label that is not among them has a loss of +inf. A NaN makes its row NaN, and so does a row
/// with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// As `lgt_focal_f32` without `gamma`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the
/// mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 4e-15 times the larger of 1 and itself; its gradient as much, and
/// the rounding to its type. `total` is the exact sum, rounded once: the order of rows does not
/// matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. F. T. Martins and R. F. Astudillo, "From Softmax to Sparsemax: A Sparse Model of Attention
/// and Multi-Label Classification" (2016), section 3.
///
/// # Example
/// ```c
/// float x[1][3] = {{0.5f, 0, -9}}, grad[1][3];
/// int32_t y[1] = {1};
/// double loss;
/// assert(lgt_sparsemax_loss_f32(&x[0][0], 3, y, LGT_I32, NULL, &loss, &grad[0][0], 3, NULL, 1, 3,
///                               NULL) == LGT_OK);
/// assert(loss == 0.5625 && grad[0][0] == 0.75f && grad[0][1] == -0.75f && grad[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sparsemax_loss_f32(
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
    unsafe { apply(raw, (labels, label_type), 2.0, opts) }
}

/// `double` form of `lgt_sparsemax_loss_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sparsemax_loss_f64(
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
    unsafe { apply(raw, (labels, label_type), 2.0, opts) }
}

/// `lgt_f16` form of `lgt_sparsemax_loss_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sparsemax_loss_f16(
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
    unsafe { apply(raw, (labels, label_type), 2.0, opts) }
}

/// `lgt_bf16` form of `lgt_sparsemax_loss_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sparsemax_loss_bf16(
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
    unsafe { apply(raw, (labels, label_type), 2.0, opts) }
}
