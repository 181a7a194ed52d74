//! `lgt_info_nce`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::info_nce;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// InfoNCE: each row against the column of its label.
pub const LGT_INFO_NCE_ROWS: u32 = 0;
/// InfoNCE: each row of a square against its diagonal, and each column, averaged.
pub const LGT_INFO_NCE_SYMMETRIC: u32 = 1;

unsafe fn apply(
    raw: RawLosses,
    (labels, label_type): (*const c_void, u32),
    (temperature, direction): (f64, u32),
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let (scale, Raw { rows, cols, .. }) = (1.0 / temperature, raw.x);
            if direction > LGT_INFO_NCE_SYMMETRIC {
                return Err(LGT_E_OPTION);
            }
            if !(1e-30..=1e30).contains(&scale) {
                return Err(LGT_E_VALUE);
            }
            let losses = raw.check(opts)?;
            if direction == LGT_INFO_NCE_SYMMETRIC {
                if rows != cols || !labels.is_null() {
                    return Err(LGT_E_SHAPE);
                }
                if rows > 0 && core::ptr::eq(raw.grad.0, raw.x.x.address()) {
                    return Err(LGT_E_ALIAS);
                }
                return Ok(info_nce::symmetric(&losses, scale));
            }
            if labels.is_null() {
                return if rows > cols {
                    Err(LGT_E_SHAPE)
                } else {
                    Ok(info_nce::apply(&losses, None, scale))
                };
            }
            let labels = guard::labels(labels, label_type, rows)?;
            if labels.first_bad(rows, cols).is_some() {
                return Err(LGT_E_LABEL);
            }
            Ok(info_nce::apply(&losses, Some(labels), scale))
        })
    })
}

/// InfoNCE loss of each row of similarities, with its gradient: the cross-entropy of
/// `softmax(x / temperature)` with the one column that belongs to the row.
///
/// With `LGT_INFO_NCE_SYMMETRIC` a row's loss is the mean of that and of the same of its
/// column: of pairs of two kinds of things, as of images and texts. A weight is then that
/// of the pair; pairs of weight 0 are candidates for the others all the same. What is said
/// of -inf, +inf and NaN in `lgt_cross_entropy_f32` holds of rows; a +inf makes its column
/// NaN.
///
/// # Shape
/// `x`: similarities, rows x cols, row-major, stride in elements, at least cols. `labels`:
/// one column a row, of the integer type `label_type`, or NULL for the diagonal. `weights`,
/// `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`. `temperature`: from 1e-30 to 1e30.
/// `direction`: an `LGT_INFO_NCE_`; of the symmetric one rows must be as many as cols, and
/// `labels` NULL.
///
/// # In place
/// `grad == x` with equal strides is allowed, but not of the symmetric one; any other
/// overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (more rows than columns
/// without labels; symmetric of what is no square or has labels), `LGT_E_LABEL`,
/// `LGT_E_VALUE` (weights, temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`.
/// Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 2e-6 (f64: 2e-14) times the largest of 1 and similarities divided
/// by `temperature`; of rows alone as `lgt_cross_entropy_f32` has it. Its gradient: at most
/// 4e-6 (f64: 4e-14) times its weight, divided by `temperature`, besides the rounding to its
/// type: of the symmetric one that is done twice. `total` is the exact sum, rounded once.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. van den Oord et al., "Representation Learning with Contrastive Predictive Coding"
/// (2018); both directions as A. Radford et al., "Learning Transferable Visual Models From
/// Natural Language Supervision" (2021) have them.
///
/// # Example
/// ```c
/// float x[2][2] = {{1, 0}, {0, 1}}, grad[2][2];
/// double total;
/// assert(lgt_info_nce_f32(&x[0][0], 2, NULL, LGT_I32, NULL, 0.5, LGT_INFO_NCE_SYMMETRIC, NULL,
///                         &grad[0][0], 2, &total, 2, 2, NULL) == LGT_OK);
/// assert(total > 0.25385 && total < 0.25386 && grad[0][0] < 0 && grad[0][1] > 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_info_nce_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperature: f64,
    direction: u32,
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
    unsafe { apply(raw, (labels, label_type), (temperature, direction), opts) }
}

/// `double` form of `lgt_info_nce_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_info_nce_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    temperature: f64,
    direction: u32,
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
    unsafe { apply(raw, (labels, label_type), (temperature, direction), opts) }
}

/// `lgt_f16` form of `lgt_info_nce_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_info_nce_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperature: f64,
    direction: u32,
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
    unsafe { apply(raw, (labels, label_type), (temperature, direction), opts) }
}

/// `lgt_bf16` form of `lgt_info_nce_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_info_nce_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    temperature: f64,
    direction: u32,
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
    unsafe { apply(raw, (labels, label_type), (temperature, direction), opts) }
}
