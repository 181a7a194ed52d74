//! `lgt_pinball`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::pinball;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

unsafe fn apply(
    raw: RawLosses,
    (targets, stride): (Numbers, usize),
    levels: *const f64,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let losses = raw.check(opts)?;
            let targets = raw.table(targets, stride)?;
            let levels = guard::slice(levels, raw.x.cols)?;
            if !levels.iter().all(|level| (0.0..=1.0).contains(level)) {
                return Err(LGT_E_VALUE);
            }
            Ok(pinball::apply(&losses, targets, Numbers::F64(levels.as_ptr())))
        })
    })
}

/// Pinball loss of each row of predicted quantiles, with its gradient: the sum over columns
/// of `q (y - x)` where the target `y` is above the prediction `x`, and of `(1 - q) (x - y)`
/// where it is below, for the column's level `q`.
///
/// Its mean is least where `x` is the quantile of that level. Where a target is met the
/// derivative is 0. What has no slope costs nothing, however far off: above a target at
/// level 1, below one at level 0. A NaN, or a prediction and a target of the same infinity,
/// makes the loss of its row NaN, and its own gradient.
///
/// # Shape
/// `x`: predictions, rows x cols, row-major, stride in elements, at least cols. `targets`:
/// rows x cols, likewise; for several quantiles of one number, that number in each column.
/// `levels`: one level a column, from 0 to 1. `weights`, `loss`, `grad`, `total`, `opts`: as
/// `lgt_focal_f32`. A row's loss is a sum over columns.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (levels, weights, grad_scale),
/// `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the mean of no rows, which
/// is NaN.
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
/// R. Koenker and G. Bassett, "Regression Quantiles" (1978); scikit-learn's
/// `mean_pinball_loss`.
///
/// # Example
/// ```c
/// float x[1][2] = {{1, 3}}, y[1][2] = {{2, 2}}, grad[1][2];
/// double levels[2] = {0.5, 0.75}, loss;
/// assert(lgt_pinball_f32(&x[0][0], 2, &y[0][0], 2, levels, NULL, &loss, &grad[0][0], 2, NULL, 1,
///                        2, NULL) == LGT_OK);
/// assert(loss == 0.75 && grad[0][0] == -0.5f && grad[0][1] == 0.25f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pinball_f32(
    x: *const f32,
    x_stride: usize,
    targets: *const f32,
    target_stride: usize,
    levels: *const f64,
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
    let targets = (Numbers::F32(targets), target_stride);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, levels, opts) }
}

/// `double` form of `lgt_pinball_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pinball_f64(
    x: *const f64,
    x_stride: usize,
    targets: *const f64,
    target_stride: usize,
    levels: *const f64,
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
    let targets = (Numbers::F64(targets), target_stride);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, levels, opts) }
}

/// `lgt_f16` form of `lgt_pinball_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pinball_f16(
    x: *const lgt_f16,
    x_stride: usize,
    targets: *const lgt_f16,
    target_stride: usize,
    levels: *const f64,
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
    let targets = (Numbers::F16(targets.cast()), target_stride);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, levels, opts) }
}

/// `lgt_bf16` form of `lgt_pinball_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pinball_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    targets: *const lgt_bf16,
    target_stride: usize,
    levels: *const f64,
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
    let targets = (Numbers::Bf16(targets.cast()), target_stride);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, levels, opts) }
}
