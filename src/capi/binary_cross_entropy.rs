//! `lgt_binary_cross_entropy`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::binary_cross_entropy;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

unsafe fn apply(
    raw: RawLosses,
    (targets, stride): (Numbers, usize),
    positive: Numbers,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let losses = raw.check(opts)?;
            let targets = raw.table(targets, stride)?;
            let positive = (!positive.address().is_null()).then_some(positive);
            let cols = if raw.x.rows > 0 { raw.x.cols } else { 0 };
            let share = |x: f64| (0.0..=1.0).contains(&x);
            let are_shares = |r| (0..cols).all(|c| share(targets.row_numbers(r).get(c)));
            let weight = |x: f64| x >= 0.0 && x.is_finite();
            let are_weights = |of: Numbers| (0..cols).all(|c| weight(of.get(c)));
            if !(0..raw.x.rows).all(are_shares) || !positive.is_none_or(are_weights) {
                return Err(LGT_E_VALUE);
            }
            Ok(binary_cross_entropy::apply(&losses, targets, positive))
        })
    })
}

/// Binary cross-entropy of each row of logits, one for every column, with its gradient:
/// the sum over columns of `-w t ln sigmoid(x) - (1 - t) ln(1 - sigmoid(x))`.
///
/// Every column is a question of its own, which more than one answer may be yes to. What
/// does not count, as `ln(1 - sigmoid(x))` where the target is 1, is nothing even where x
/// is infinite. A NaN makes the loss of its row NaN, and its own gradient.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `targets`: rows
/// x cols from 0 to 1, likewise. `positive`: `w`, one number a column, at least 0, or NULL
/// for 1. `weights`, `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`. A row's loss is
/// a sum over columns: divide by cols for torch's mean.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (targets, positive, weights,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the mean of
/// no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-6 (f64: 4e-15) relative, and 1e-37 (f64: 1e-305) absolute;
/// beyond the range of the type computed in it may be +inf. A gradient as much,
/// besides the rounding to its type. `total` is the exact sum, rounded once: the order of
/// rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; `torch.nn.functional.binary_cross_entropy_with_logits`.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 100}}, t[1][2] = {{1, 1}}, grad[1][2];
/// double loss;
/// assert(lgt_binary_cross_entropy_f32(&x[0][0], 2, &t[0][0], 2, NULL, NULL, &loss, &grad[0][0],
///                                     2, NULL, 1, 2, NULL) == LGT_OK);
/// assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == -0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_cross_entropy_f32(
    x: *const f32,
    x_stride: usize,
    targets: *const f32,
    target_stride: usize,
    positive: *const f32,
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
    let (targets, positive) = ((Numbers::F32(targets), target_stride), Numbers::F32(positive));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, positive, opts) }
}

/// `double` form of `lgt_binary_cross_entropy_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_cross_entropy_f64(
    x: *const f64,
    x_stride: usize,
    targets: *const f64,
    target_stride: usize,
    positive: *const f64,
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
    let (targets, positive) = ((Numbers::F64(targets), target_stride), Numbers::F64(positive));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, positive, opts) }
}

/// `lgt_f16` form of `lgt_binary_cross_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_cross_entropy_f16(
    x: *const lgt_f16,
    x_stride: usize,
    targets: *const lgt_f16,
    target_stride: usize,
    positive: *const f32,
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
    let (targets, positive) =
        ((Numbers::F16(targets.cast()), target_stride), Numbers::F32(positive));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, positive, opts) }
}

/// `lgt_bf16` form of `lgt_binary_cross_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_cross_entropy_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    targets: *const lgt_bf16,
    target_stride: usize,
    positive: *const f32,
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
    let (targets, positive) =
        ((Numbers::Bf16(targets.cast()), target_stride), Numbers::F32(positive));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, positive, opts) }
}
