//! `lgt_logsumexp_grad`.

use super::gradients::{RawOutputs, RawSumGrads};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// Gradient of the row-wise logarithm of the sum of exponentials, as a vector-Jacobian product:
/// `dx[r][c] = scale * exp(scale * x[r][c] - lse[r]) * dlse[r]`, which is softmax times `dlse`.
///
/// -inf has a gradient of 0. Of a row with entries at +inf, whose `lse` is +inf, these share
/// `dlse`. A row with nothing above -inf, whose `lse` is -inf, becomes NaN, or zeros with
/// `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`. A NaN in `x` makes its row
/// NaN where `lse` is, as forward has it.
///
/// With a mask in `opts`, the one of the forward call: entries that it leaves out have a
/// gradient of 0, a scale of the row multiplies, softmin negates, and columns that are picked
/// add to the gradient of the column that they came from, while those that are not have 0.
/// The gradient of a bias is `dx` divided by the scale of its row where there is no soft cap.
///
/// # Shape
/// `x`, `dx`: rows x cols, row-major, strides in elements, at least cols. `lse`: what forward
/// gave for each row; `dlse`: one number a row, the gradient in it. `dsink`: the gradient in each row's sink, its
/// share times `dlse`, 0 where it has none, or NULL. `opts`: as in the forward call, NULL for
/// the defaults; algorithm and store change nothing.
///
/// # In place
/// `dx == x` with equal strides is allowed where no columns are picked; any other overlap is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// As `lgt_softmax_grad_f32`. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15) times itself and the largest of 1, |lse| and scale times |x|,
/// besides what `lse` was rounded by and the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// The derivative of the logarithm of a sum of exponentials is softmax.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, lse[1] = {0.6931472f}, dlse[1] = {3}, dx[1][2];
/// assert(lgt_logsumexp_grad_f32(&x[0][0], 2, lse, dlse, &dx[0][0], 2, NULL, 1, 2, NULL) ==
///        LGT_OK);
/// assert(dx[0][0] > 1.4999f && dx[0][0] < 1.5001f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_grad_f32(
    x: *const f32,
    x_stride: usize,
    lse: *const f32,
    dlse: *const f32,
    dx: *mut f32,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawSumGrads { x: raw, lse: Numbers::F32(lse), dlse: Numbers::F32(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `double` form of `lgt_logsumexp_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_grad_f64(
    x: *const f64,
    x_stride: usize,
    lse: *const f64,
    dlse: *const f64,
    dx: *mut f64,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawSumGrads { x: raw, lse: Numbers::F64(lse), dlse: Numbers::F64(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `lgt_f16` form of `lgt_logsumexp_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    lse: *const f32,
    dlse: *const f32,
    dx: *mut lgt_f16,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawSumGrads { x: raw, lse: Numbers::F32(lse), dlse: Numbers::F32(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `lgt_bf16` form of `lgt_logsumexp_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    lse: *const f32,
    dlse: *const f32,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawSumGrads { x: raw, lse: Numbers::F32(lse), dlse: Numbers::F32(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}
