//! `lgt_soft_topk_loss`.

use super::flags::{Integers, flags};
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::soft_topk::topk;
use super::temperatures::Raw;
use super::types::*;
use crate::loss::soft_topk_loss;
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

unsafe fn apply(
    raw: RawLosses,
    labels: Integers,
    (k, alpha): (f64, f64),
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let topk = topk(k, alpha, 0, raw.x.cols)?;
            let losses = raw.check(opts)?;
            let flags = flags(labels, raw.x.rows, raw.x.cols)?;
            Ok(soft_topk_loss::apply(&losses, &flags, topk))
        })
    })
}

/// Soft top-k loss of each row with its gradient: the mean over what is relevant of `-ln p`,
/// where `p` are the shares of `lgt_soft_topk_f32`.
///
/// It asks that what is relevant be among the `k` first, not that it be the first. A row
/// with nothing relevant has a loss of 0 and counts. What is relevant at -inf makes a loss of
/// +inf. A NaN makes its row NaN, and so does a row with nothing above -inf, with
/// `LGT_EMPTY_ROW`. Where `k` is more than all scores above -inf, `LGT_AT_BOUND`: shares of 1.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: what is
/// relevant, as numbers 0 and 1 of the integer type `label_type`, rows x cols, likewise.
/// `k`, `alpha`: as `lgt_soft_topk_f32`. `weights`, `loss`, `grad`, `total`, `opts`: as
/// `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, k,
/// alpha, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
/// `LGT_AT_BOUND`; `LGT_NOT_CONVERGED` as there; `LGT_UNDEFINED` for the mean of no rows,
/// which is NaN.
///
/// # Accuracy
/// All types are computed in f64. A row's loss: at most 1e-12 times the larger of 1 and
/// itself; its gradient 1e-12 times the larger of 1 and `alpha`, besides the rounding to its
/// type, where `alpha` times the largest size of a score is at most 100. `total` is the exact
/// sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2024).
///
/// # Example
/// ```c
/// float x[1][4] = {{3, 1, 0.5f, -2}}, grad[1][4];
/// int32_t relevant[1][4] = {{1, 0, 1, 0}};
/// double loss;
/// assert(lgt_soft_topk_loss_f32(&x[0][0], 4, &relevant[0][0], 4, LGT_I32, NULL, 2, 2, &loss,
///                               &grad[0][0], 4, NULL, 1, 4, NULL) == LGT_OK);
/// assert(loss > 0.48805 && loss < 0.48806 && grad[0][1] > 0.30426f && grad[0][1] < 0.30427f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_loss_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    k: f64,
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
    unsafe { apply(raw, (labels, labels_stride, label_type), (k, alpha), opts) }
}

/// `double` form of `lgt_soft_topk_loss_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_loss_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f64,
    k: f64,
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
    unsafe { apply(raw, (labels, labels_stride, label_type), (k, alpha), opts) }
}

/// `lgt_f16` form of `lgt_soft_topk_loss_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_loss_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    k: f64,
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
    unsafe { apply(raw, (labels, labels_stride, label_type), (k, alpha), opts) }
}

/// `lgt_bf16` form of `lgt_soft_topk_loss_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_loss_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    k: f64,
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
    unsafe { apply(raw, (labels, labels_stride, label_type), (k, alpha), opts) }
}
