//! `lgt_entropy`.

use super::divergence::temperature as check;
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::entropy;
use crate::rows::numbers::Numbers;
use crate::status::Status;

unsafe fn apply(raw: RawLosses, temperature: f64, opts: *const lgt_loss_opts) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            check(temperature)?;
            Ok(entropy::shannon(&raw.check(opts)?, temperature))
        })
    })
}

/// Entropy of each row's softmax, in nats, with its gradient in the logits: with
/// `p = softmax(x / temperature)` it is `H = -sum p ln p`, its gradient
/// `-p (ln p + H) / temperature`.
///
/// From 0 to `ln cols`. -inf is a share of 0, which is nothing. Entries at +inf share the
/// mass: the logarithm of how many, and no gradient. A NaN makes its row NaN, and so does a
/// row with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `temperature`: from
/// 1e-6 to 1e6. `weights`, `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`. To make
/// entropy large rather than small, give a `grad_scale` below 0.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, temperature,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
/// the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's entropy, and its gradient times the temperature: at most 1e-6 (f64: 4e-15) times
/// the larger of 1 and `ln cols`, besides the rounding of a gradient to its type. `total` is
/// the exact sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook.
///
/// # Example
/// ```c
/// float x[1][4] = {{2, 2, -1e38f, -1e38f}}, grad[1][4];
/// double entropy;
/// assert(lgt_entropy_f32(&x[0][0], 4, NULL, 1, &entropy, &grad[0][0], 4, NULL, 1, 4, NULL) ==
///        LGT_OK);
/// assert(entropy > 0.69314 && entropy < 0.69315 && grad[0][3] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entropy_f32(
    x: *const f32,
    x_stride: usize,
    weights: *const f32,
    temperature: f64,
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
    unsafe { apply(raw, temperature, opts) }
}

/// `double` form of `lgt_entropy_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entropy_f64(
    x: *const f64,
    x_stride: usize,
    weights: *const f64,
    temperature: f64,
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
    unsafe { apply(raw, temperature, opts) }
}

/// `lgt_f16` form of `lgt_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entropy_f16(
    x: *const lgt_f16,
    x_stride: usize,
    weights: *const f32,
    temperature: f64,
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
    unsafe { apply(raw, temperature, opts) }
}

/// `lgt_bf16` form of `lgt_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entropy_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    weights: *const f32,
    temperature: f64,
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
    unsafe { apply(raw, temperature, opts) }
}
