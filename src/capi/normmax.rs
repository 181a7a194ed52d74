//! `lgt_normmax`, `lgt_normmax_grad`.

use super::guard;
use super::sparse_map::{RawGrad, RawMap, grad};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::normmax;
use crate::softmax::sparse_grad::Map;
use crate::status::Status::{self, *};

fn checked(alpha: f64) -> Result<(), Status> {
    if (1.001..=64.0).contains(&alpha) { Ok(()) } else { Err(LGT_E_VALUE) }
}

/// Row-wise alpha-normmax: the shares `p` that maximise `p x` less their alpha-norm.
///
/// They are proportional to `max(x[r][c] - tau, 0)^(1 / (alpha - 1))`, with the `tau` of each row at
/// which the sum of the `alpha / (alpha - 1)`th powers of `max(x[r][c] - tau, 0)` is 1. Entries
/// at least 1 below the largest have no share, and the larger `alpha` is the more equal are
/// those of the others.
///
/// -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
/// so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `alpha`: from 1.001 to 64; 2 is usual. With rows = 0
/// nothing is written.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (alpha), `LGT_E_ALIAS`. Advisory:
/// `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 1e-12 and the rounding to their type, of a share; above alpha 2 as much of what it
/// is with scores that differ from those given by no more than 1e-15.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// S. Santos et al., "Sparse and Structured Hopfield Networks" (2024); the definition as in the
/// documentation of `normmax_bisect` of the package entmax, 1.3.
///
/// # Example
/// ```c
/// float x[1][3] = {{2, 2, -1}}, y[1][3];
/// assert(lgt_normmax_f32(&x[0][0], 3, 2, &y[0][0], 3, 1, 3) == LGT_OK);
/// assert(y[0][0] > 0.4999f && y[0][0] == y[0][1] && y[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_f32(
    x: *const f32,
    x_stride: usize,
    alpha: f64,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| raw.check()).map(|(x, y, _)| normmax::apply(x, y, alpha))
    })
}

/// `double` form of `lgt_normmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_f64(
    x: *const f64,
    x_stride: usize,
    alpha: f64,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| raw.check()).map(|(x, y, _)| normmax::apply(x, y, alpha))
    })
}

/// `lgt_f16` form of `lgt_normmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_f16(
    x: *const lgt_f16,
    x_stride: usize,
    alpha: f64,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| raw.check()).map(|(x, y, _)| normmax::apply(x, y, alpha))
    })
}

/// `lgt_bf16` form of `lgt_normmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    alpha: f64,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| raw.check()).map(|(x, y, _)| normmax::apply(x, y, alpha))
    })
}

/// Gradient of `lgt_normmax_f32` through its result: `dx = J dy`.
///
/// With `b = y^(2 - alpha)` where there is a share, `n` the alpha-norm of the row and
/// `e = dy - sum y dy / sum y`, `dx = n^(alpha - 1) / (alpha - 1) (b e - y sum b e)`; elsewhere it is 0,
/// and `dy` is not looked at.
///
/// # Shape
/// `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. `alpha`: that of the map. With rows =
/// 0 or cols = 0 nothing is written.
///
/// # In place
/// `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (alpha), `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-13 times the largest `b / (alpha - 1)` and the largest `|dy|` of the support, and
/// the rounding to their type, from the shares as they are given.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Derived from the definition of `lgt_normmax_f32`.
///
/// # Example
/// ```c
/// float y[1][3] = {{0.5f, 0.5f, 0}}, dy[1][3] = {{1, -1, 9}}, dx[1][3];
/// assert(lgt_normmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, 2, &dx[0][0], 3, 1, 3) == LGT_OK);
/// assert(dx[0][0] > 0.7071f && dx[0][0] < 0.7072f && dx[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_grad_f32(
    y: *const f32,
    y_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    alpha: f64,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::F32(y), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::F32(dy), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Normmax(alpha)))
    })
}

/// `double` form of `lgt_normmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_grad_f64(
    y: *const f64,
    y_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    alpha: f64,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::F64(y), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::F64(dy), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Normmax(alpha)))
    })
}

/// `lgt_f16` form of `lgt_normmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_grad_f16(
    y: *const lgt_f16,
    y_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    alpha: f64,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::F16(y.cast()), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::F16(dy.cast()), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Normmax(alpha)))
    })
}

/// `lgt_bf16` form of `lgt_normmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_normmax_grad_bf16(
    y: *const lgt_bf16,
    y_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    alpha: f64,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::Bf16(y.cast()), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::Bf16(dy.cast()), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Normmax(alpha)))
    })
}
