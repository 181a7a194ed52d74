//! `lgt_softplus` and its gradient.

use super::mapped::{RawMap, scale};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::elementwise::Function;
use crate::status::Status;

/// Softplus by this `beta`.
fn softplus(beta: f64) -> Result<Function, Status> {
    scale(beta).map(|beta| Function::Softplus { inner: beta, outer: 1.0 / beta })
}

/// Softplus of each entry: `y = ln(1 + exp(beta x)) / beta`.
///
/// Nothing is cut: far above 0 it is `x`, far below `exp(beta x) / beta`. -inf gives 0,
/// +inf +inf, NaN NaN.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `beta`: from
/// 1e-30 to 1e30; 1 is usual.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (beta), `LGT_E_ALIAS`.
///
/// # Accuracy
/// With `beta` = 1: at most 8 ulp of the type computed in, besides the rounding to the
/// type stored, and 1e-37 (f64: 1e-305) absolute: what is smaller may become 0. With
/// another, what rounding changes of `beta x` comes on top.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; `beta` as in `torch.nn.functional.softplus`, which is x itself from a
/// threshold on.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 200}}, y[1][2];
/// assert(lgt_softplus_f32(&x[0][0], 2, &y[0][0], 2, 1, 1, 2) == LGT_OK);
/// assert(y[0][0] > 0.69314f && y[0][0] < 0.69315f && y[0][1] == 200);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `double` form of `lgt_softplus_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_f16` form of `lgt_softplus_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_bf16` form of `lgt_softplus_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// Gradient of `lgt_softplus_f32`: `dx = dy sigmoid(beta x)`.
///
/// It takes what softplus was applied to, not what came out. It is 0 at -inf, `dy` at
/// +inf.
///
/// # Shape
/// `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
/// in `x`. Each rows x cols, row-major, strides in elements, at least cols. `beta`: as
/// there.
///
/// # In place
/// `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (beta), `LGT_E_ALIAS`.
///
/// # Accuracy
/// With `beta` = 1: at most 8 ulp of the type computed in, besides the rounding to the
/// type stored, and 1e-37 (f64: 1e-305) times the size of `dy`: what is smaller may
/// become 0.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 200}}, dy[1][2] = {{1, 3}};
/// assert(lgt_softplus_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 1, 1, 2) == LGT_OK);
/// assert(x[0][0] == 0.5f && x[0][1] == 3);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_grad_f32(
    x: *const f32,
    x_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `double` form of `lgt_softplus_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_grad_f64(
    x: *const f64,
    x_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_f16` form of `lgt_softplus_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_bf16` form of `lgt_softplus_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softplus_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    beta: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { softplus(beta).map_or_else(|status| status, |f| map.elementwise(f)) }
}
