//! `lgt_entmax`, `lgt_entmax_grad`.

use super::guard;
use super::sparse_map::{RawGrad, RawMap, entmax, grad};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::sparse_grad::Map;
use crate::status::Status::{self, *};
use core::ptr::null_mut;

fn checked(alpha: f64) -> Result<(), Status> {
    if (1.0..=64.0).contains(&alpha) { Ok(()) } else { Err(LGT_E_VALUE) }
}

/// Row-wise alpha-entmax: sparse shares, from softmax to sparsemax and beyond.
///
/// `y[r][c] = max((alpha - 1) x[r][c] - tau, 0)^(1 / (alpha - 1))`, with the `tau` of each row at
/// which they add up to 1. With `alpha` = 1 it is softmax, with 1.5 `lgt_entmax15_f32`, with 2
/// `lgt_sparsemax_f32`, and the larger it is the fewer entries have a share: those at least
/// `1 / (alpha - 1)` below the largest have none.
///
/// -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
/// so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `alpha`: from 1 to 64. With rows = 0
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
/// At most 1e-13 and the rounding to their type, of a share. With `alpha` = 1, 1.5 and
/// 2 what softmax and the functions of those alphas have.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019); the
/// bracket of `tau` and the solvers are this library's.
///
/// # Example
/// ```c
/// float x[1][3] = {{1, 1, -9}}, y[1][3];
/// assert(lgt_entmax_f32(&x[0][0], 3, 1.25, &y[0][0], 3, 1, 3) == LGT_OK);
/// assert(y[0][0] > 0.4999f && y[0][0] == y[0][1] && y[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_f32(
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
        checked(alpha).and_then(|()| entmax(raw, (null_mut(), null_mut()), alpha))
    })
}

/// `double` form of `lgt_entmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_f64(
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
        checked(alpha).and_then(|()| entmax(raw, (null_mut(), null_mut()), alpha))
    })
}

/// `lgt_f16` form of `lgt_entmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_f16(
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
        checked(alpha).and_then(|()| entmax(raw, (null_mut(), null_mut()), alpha))
    })
}

/// `lgt_bf16` form of `lgt_entmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_bf16(
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
        checked(alpha).and_then(|()| entmax(raw, (null_mut(), null_mut()), alpha))
    })
}

/// Gradient of `lgt_entmax_f32` through its result: `dx = J dy`.
///
/// With `s = y^(2 - alpha)` where there is a share, `dx = s (dy - sum s dy / sum s)`; elsewhere it
/// is 0, and `dy` is not looked at. Beyond alpha 2 the least shares change fastest; they are
/// best given as they were, in a type that holds them.
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
/// At most 1e-13 times the largest `s` and the largest `|dy|` of the support, and the rounding
/// to their type, from the shares as they are given.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Derived from the definition of `lgt_entmax_f32`.
///
/// # Example
/// ```c
/// float y[1][3] = {{0.5f, 0.5f, 0}}, dy[1][3] = {{1, -1, 9}}, dx[1][3];
/// assert(lgt_entmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, 3, &dx[0][0], 3, 1, 3) == LGT_OK);
/// assert(dx[0][0] == 2 && dx[0][1] == -2 && dx[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_grad_f32(
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
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Entmax(alpha - 1.0)))
    })
}

/// `double` form of `lgt_entmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_grad_f64(
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
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Entmax(alpha - 1.0)))
    })
}

/// `lgt_f16` form of `lgt_entmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_grad_f16(
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
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Entmax(alpha - 1.0)))
    })
}

/// `lgt_bf16` form of `lgt_entmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax_grad_bf16(
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
        checked(alpha).and_then(|()| grad(RawGrad { y, dy, dx }, Map::Entmax(alpha - 1.0)))
    })
}
