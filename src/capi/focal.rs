//! `lgt_focal`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::focal;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

unsafe fn apply(
    raw: RawLosses,
    (labels, label_type): (*const c_void, u32),
    gamma: f64,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            if !(0.0..=100.0).contains(&gamma) {
                return Err(LGT_E_VALUE);
            }
            let losses = raw.check(opts)?;
            let labels = guard::labels(labels, label_type, raw.x.rows)?;
            if labels.first_bad(raw.x.rows, raw.x.cols).is_some() {
                return Err(LGT_E_LABEL);
            }
            Ok(focal::apply(&losses, labels, gamma))
        })
    })
}

/// Focal loss of each row, `-(1 - p)^gamma ln p` of the label's share `p`, with its
/// gradient in the logits: what is already right counts little.
///
/// With `gamma` = 0 it is cross-entropy. -inf is a share of 0; a label at -inf has a loss
/// of +inf. Entries at +inf share the mass. A NaN makes its row NaN, and so does a row
/// with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one
/// class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
/// row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
/// gradient of zeros. `gamma`: from 0 to 100; 2 is usual. `loss`: each row's own loss,
/// without its weight, or NULL. `grad`: rows x cols, or NULL: the gradient of the reduced
/// loss, times `grad_scale`. `total`: the reduced loss, or NULL. `opts`: NULL for the
/// defaults.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// gamma, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
/// `LGT_UNDEFINED` for the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-6 (f64: 4e-15) times the largest of 1, `ln cols` and the
/// row's cross-entropy. Its gradient as much, times `1 + gamma`, besides the rounding to its
/// type. `total` is the exact sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// T.-Y. Lin et al., "Focal Loss for Dense Object Detection" (2017), for more than two
/// classes.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, grad[1][2];
/// int32_t y[1] = {1};
/// double loss;
/// assert(lgt_focal_f32(&x[0][0], 2, y, LGT_I32, NULL, 2, &loss, &grad[0][0], 2, NULL, 1, 2,
///                      NULL) == LGT_OK);
/// assert(loss > 0.17328 && loss < 0.17329 && grad[0][0] == -grad[0][1]);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_focal_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    gamma: f64,
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
    unsafe { apply(raw, (labels, label_type), gamma, opts) }
}

/// `double` form of `lgt_focal_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_focal_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    gamma: f64,
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
    unsafe { apply(raw, (labels, label_type), gamma, opts) }
}

/// `lgt_f16` form of `lgt_focal_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_focal_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    gamma: f64,
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
    unsafe { apply(raw, (labels, label_type), gamma, opts) }
}

/// `lgt_bf16` form of `lgt_focal_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_focal_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    gamma: f64,
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
    unsafe { apply(raw, (labels, label_type), gamma, opts) }
}
