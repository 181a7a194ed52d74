//! `lgt_taylor_softmax` and its gradient.

use super::mapped::RawMap;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::weighed::{TERMS, Weighing, Weight};
use crate::status::Status::{self, *};

/// `1 + x + .. + x^order / order!`
fn polynomial(order: u32) -> Result<Weighing, Status> {
    if !matches!(order, 2 | 4 | 6) {
        return Err(LGT_E_VALUE);
    }
    let (mut terms, mut term) = ([0.0; TERMS], 1.0);
    for (k, to) in terms.iter_mut().enumerate().take(order as usize + 1) {
        term /= f64::max(k as f64, 1.0);
        *to = term;
    }
    let weight = Weight::Polynomial(terms, order as usize);
    Ok(Weighing { weight, scale: 1.0, divided: Some(0.0) })
}

/// Taylor softmax of each row: shares in proportion to the Taylor polynomial of `exp` of an
/// even order, `1 + x + x^2 / 2` for 2.
///
/// Such a polynomial is above 0 everywhere, so every score has a share; but the order of
/// scores below the least of the polynomial (-1 for order 2) turns round, and shares depend
/// on more than differences of scores. -inf is masked: a share of 0. Scores at +inf share
/// their row equally. A NaN makes its row NaN, and so does a row with nothing above -inf,
/// with `LGT_EMPTY_ROW`. Any finite scores are good, however large.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `order`: 2, 4
/// or 6.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (order), `LGT_E_ALIAS`.
/// Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// A share: at most 3e-6 (f64: 1.2e-14) relative, besides the rounding to its type. A row's
/// sum is 1 within as much.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. de Brebisson and P. Vincent, "An Exploration of Softmax Alternatives Belonging to the
/// Spherical Loss Family" (2016).
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 2}}, y[1][2];
/// assert(lgt_taylor_softmax_f32(&x[0][0], 2, &y[0][0], 2, 2, 1, 2) == LGT_OK);
/// assert(y[0][0] > 0.16666f && y[0][0] < 0.16667f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// `double` form of `lgt_taylor_softmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// `lgt_f16` form of `lgt_taylor_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// `lgt_bf16` form of `lgt_taylor_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// Gradient of `lgt_taylor_softmax_f32`: `dx = a' (dy - sum y dy) / sum a`, where `a` is
/// the polynomial and `a'` its derivative.
///
/// It takes what the map was applied to. Masked scores have 0, and so have all of a row
/// with a score at +inf. NaN and empty rows are as there.
///
/// # Shape
/// `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
/// in `x`. Each rows x cols, row-major, strides in elements, at least cols. `order`: as
/// there.
///
/// # In place
/// `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (order), `LGT_E_ALIAS`.
/// Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 6e-6 (f64: 2.4e-14) times `a'(|x|) / sum a` times the largest size of a `dy`
/// of the row, besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As for `lgt_taylor_softmax_f32`.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 2}}, dy[1][2] = {{0, 1}};
/// assert(lgt_taylor_softmax_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 2, 1, 2) == LGT_OK);
/// assert(x[0][0] < -0.138f && x[0][0] > -0.139f && x[0][1] > 0.083f && x[0][1] < 0.084f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_grad_f32(
    x: *const f32,
    x_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// `double` form of `lgt_taylor_softmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_grad_f64(
    x: *const f64,
    x_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// `lgt_f16` form of `lgt_taylor_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}

/// `lgt_bf16` form of `lgt_taylor_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_taylor_softmax_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    order: u32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(polynomial(order)) }
}
