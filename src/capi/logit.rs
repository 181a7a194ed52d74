//! `lgt_logit` and its gradient.

use super::mapped::RawMap;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::elementwise::Function;
use crate::status::Status;

/// Logit with this `eps`.
fn logit(eps: f64) -> Result<Function, Status> {
    if (0.0..=0.5).contains(&eps) { Ok(Function::Logit { eps }) } else { Err(Status::LGT_E_VALUE) }
}

/// Logit of each entry, the inverse of sigmoid: `y = ln(x / (1 - x))`.
///
/// With `eps` above 0 entries are first brought into `eps` to `1 - eps`, both rounded to the
/// type computed in. With 0 they are taken as they are: 0 gives -inf, 1 +inf, what is
/// outside NaN. NaN gives NaN.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `eps`: from 0
/// to 0.5.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 8 ulp of the type computed in, also around 1/2, where it is near 0, besides the
/// rounding to the type stored.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; `eps` as in `torch.logit`.
///
/// # Example
/// ```c
/// float x[1][3] = {{0.5f, 1, 0.75f}}, y[1][3];
/// assert(lgt_logit_f32(&x[0][0], 3, &y[0][0], 3, 0, 1, 3) == LGT_OK);
/// assert(y[0][0] == 0 && y[0][1] > 1e38f && y[0][2] > 1.0986f && y[0][2] < 1.0987f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `double` form of `lgt_logit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_f16` form of `lgt_logit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_bf16` form of `lgt_logit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// Gradient of `lgt_logit_f32`: `dx = dy / (x (1 - x))`.
///
/// It takes what logit was applied to. What was outside of `eps` to `1 - eps` has a gradient
/// of 0; with `eps` = 0 what was outside of 0 to 1 has NaN.
///
/// # Shape
/// `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
/// in `x`. Each rows x cols, row-major, strides in elements, at least cols. `eps`: as
/// there.
///
/// # In place
/// `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 8 ulp of the type computed in, besides the rounding to the type stored.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook.
///
/// # Example
/// ```c
/// float x[1][2] = {{0.5f, 0.001f}}, dy[1][2] = {{1, 1}};
/// assert(lgt_logit_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 0.01, 1, 2) == LGT_OK);
/// assert(x[0][0] == 4 && x[0][1] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_grad_f32(
    x: *const f32,
    x_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `double` form of `lgt_logit_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_grad_f64(
    x: *const f64,
    x_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_f16` form of `lgt_logit_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}

/// `lgt_bf16` form of `lgt_logit_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logit_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    eps: f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { logit(eps).map_or_else(|status| status, |f| map.elementwise(f)) }
}
