//! `lgt_sigmoid` and its gradient.

use super::mapped::RawMap;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::elementwise::Function;
use crate::status::Status;

/// Sigmoid of each entry: `y = 1 / (1 + exp(-x))`.
///
/// What is far below 0 is as accurate as what is near it. -inf gives 0, +inf 1, NaN NaN;
/// entries do not know of each other.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 8 ulp of the type computed in, besides the rounding to the type stored, and
/// 1e-37 (f64: 1e-305) absolute: what is smaller may become 0.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, -50}}, y[1][2];
/// assert(lgt_sigmoid_f32(&x[0][0], 2, &y[0][0], 2, 1, 2) == LGT_OK);
/// assert(y[0][0] == 0.5f && y[0][1] > 1.92e-22f && y[0][1] < 1.93e-22f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// `double` form of `lgt_sigmoid_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// `lgt_f16` form of `lgt_sigmoid_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// `lgt_bf16` form of `lgt_sigmoid_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// Gradient of `lgt_sigmoid_f32`: `dx = dy sigmoid(x) sigmoid(-x)`.
///
/// It takes what sigmoid was applied to, not what came out: near 1 nothing of `1 - y` would
/// be left. It is 0 at both infinities.
///
/// # Shape
/// `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
/// in `x`. Each rows x cols, row-major, strides in elements, at least cols.
///
/// # In place
/// `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 8 ulp of the type computed in, besides the rounding to the type stored, and
/// 1e-37 (f64: 1e-305) times the size of `dy`: what is smaller may become 0.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 30}}, dy[1][2] = {{1, 1}};
/// assert(lgt_sigmoid_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 1, 2) == LGT_OK);
/// assert(x[0][0] == 0.25f && x[0][1] > 9.35e-14f && x[0][1] < 9.36e-14f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_grad_f32(
    x: *const f32,
    x_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// `double` form of `lgt_sigmoid_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_grad_f64(
    x: *const f64,
    x_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// `lgt_f16` form of `lgt_sigmoid_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}

/// `lgt_bf16` form of `lgt_sigmoid_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_sigmoid_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.elementwise(Function::Sigmoid) }
}
