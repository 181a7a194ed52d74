//! `lgt_entmax_loss`, and what the losses of one alpha share with it.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::entmax_loss;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The loss of an alpha.
///
/// # Safety
/// The contract of the C functions.
pub(super) unsafe fn apply(
    raw: RawLosses,
    (labels, label_type): (*const c_void, u32),
    alpha: f64,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            if !(1.0..=64.0).contains(&alpha) {
                return Err(LGT_E_VALUE);
            }
            let losses = raw.check(opts)?;
            let labels = guard::labels(labels, label_type, raw.x.rows)?;
            if labels.first_bad(raw.x.rows, raw.x.cols).is_some() {
                return Err(LGT_E_LABEL);
            }
            Ok(entmax_loss::apply(&losses, labels, alpha))
        })
    })
}

/// Alpha-entmax loss of each row, with its gradient in the logits.
///
/// With `p` the row's alpha-entmax it is
/// `p x + (1 - sum p^alpha) / (alpha (alpha - 1)) - x[label]`: 0 where the label exceeds all others
/// by `1 / (alpha - 1)`, and at least 0. The gradient is `p`, less 1 for the label. With `alpha` = 1
/// it is cross-entropy, with 1.5 `lgt_entmax15_loss_f32`, with 2 `lgt_sparsemax_loss_f32`.
///
/// -inf is a share of 0; a label at -inf has a loss of +inf. Entries at +inf share the mass: a
/// label that is not among them has a loss of +inf. A NaN makes its row NaN, and so does a row
/// with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// As `lgt_focal_f32`, with `alpha`, from 1 to 64, in the place of `gamma`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (alpha, weights,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the
/// mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-13 times the larger of 1 and itself; its gradient as much, and
/// the rounding to its type. With `alpha` = 1 as `lgt_focal_f32` with `gamma` = 0. `total` is the exact sum, rounded once: the order of rows does not
/// matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Blondel, A. F. T. Martins and V. Niculae, "Learning with Fenchel-Young Losses" (2020); B. Peters, V. Niculae
/// and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, grad[1][2];
/// int32_t y[1] = {1};
/// double loss;
/// assert(lgt_entmax_loss_f32(&x[0][0], 2, y, LGT_I32, NULL, 3, &loss, &grad[0][0], 2, NULL, 1, 2,
///                            NULL) == LGT_OK);
/// assert(loss > 0.1249 && loss < 0.1251 && grad[0][1] == -0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_loss_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    alpha: f64,
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
    unsafe { apply(raw, (labels, label_type), alpha, opts) }
}

/// `double` form of `lgt_entmax_loss_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_loss_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    alpha: f64,
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
    unsafe { apply(raw, (labels, label_type), alpha, opts) }
}

/// `lgt_f16` form of `lgt_entmax_loss_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_loss_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    alpha: f64,
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
    unsafe { apply(raw, (labels, label_type), alpha, opts) }
}

/// `lgt_bf16` form of `lgt_entmax_loss_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_loss_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    alpha: f64,
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
    unsafe { apply(raw, (labels, label_type), alpha, opts) }
}
