//! `lgt_spherical_softmax` and its gradient.

use super::mapped::RawMap;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::weighed::{TERMS, Weighing, Weight};
use crate::status::Status::{self, *};

/// `x^2 + eps`
fn square(eps: f64) -> Result<Weighing, Status> {
    if !(0.0..=1e30).contains(&eps) {
        return Err(LGT_E_VALUE);
    }
    let mut terms = [0.0; TERMS];
    terms.iter_mut().zip([eps, 0.0, 1.0]).for_each(|(to, term)| *to = term);
    let weight = Weight::Polynomial(terms, 2);
    Ok(Weighing { weight, scale: 1.0, divided: Some(0.0) })
}

/// Spherical softmax of each row: shares in proportion to `x^2 + eps`.
///
/// The sign of a score does not matter, and with `eps` = 0 nor does its scale. -inf is
/// masked: a share of 0, without `eps`. Scores at +inf share their row equally. A NaN makes
/// its row NaN, and so does a row with nothing above -inf, with `LGT_EMPTY_ROW`; one of
/// zeros with `eps` = 0 is NaN with `LGT_UNDEFINED`. Any finite scores are good, however
/// large or small.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `eps`: from 0
/// to 1e30; 1e-4, say.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
/// Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
///
/// # Accuracy
/// A share: at most 1e-6 (f64: 4e-15) relative, besides the rounding to its type, and 1e-30
/// absolute. A row's sum is 1 within as much.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. de Brebisson and P. Vincent, "An Exploration of Softmax Alternatives Belonging to the
/// Spherical Loss Family" (2016).
///
/// # Example
/// ```c
/// float x[1][2] = {{-1, 2}}, y[1][2];
/// assert(lgt_spherical_softmax_f32(&x[0][0], 2, &y[0][0], 2, 0, 1, 2) == LGT_OK);
/// assert(y[0][0] > 0.19999f && y[0][0] < 0.20001f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_f32(
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
    unsafe { map.weigh(square(eps)) }
}

/// `double` form of `lgt_spherical_softmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_f64(
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
    unsafe { map.weigh(square(eps)) }
}

/// `lgt_f16` form of `lgt_spherical_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_f16(
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
    unsafe { map.weigh(square(eps)) }
}

/// `lgt_bf16` form of `lgt_spherical_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_bf16(
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
    unsafe { map.weigh(square(eps)) }
}

/// Gradient of `lgt_spherical_softmax_f32`: `dx = 2 x (dy - sum y dy) / sum (x^2 + eps)`.
///
/// It takes what the map was applied to. Masked scores have 0, and so have all of a row
/// with a score at +inf. NaN, empty and undefined rows are as there.
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
/// Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
///
/// # Accuracy
/// At most 2e-6 (f64: 8e-15) times `|2 x| / sum (x^2 + eps)` times the largest size of a
/// `dy` of the row, besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As for `lgt_spherical_softmax_f32`.
///
/// # Example
/// ```c
/// float x[1][2] = {{-1, 2}}, dy[1][2] = {{0, 1}};
/// assert(lgt_spherical_softmax_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 0, 1, 2) ==
///        LGT_OK);
/// assert(x[0][0] > 0.319f && x[0][0] < 0.321f && x[0][1] > 0.159f && x[0][1] < 0.161f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_grad_f32(
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
    unsafe { map.weigh(square(eps)) }
}

/// `double` form of `lgt_spherical_softmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_grad_f64(
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
    unsafe { map.weigh(square(eps)) }
}

/// `lgt_f16` form of `lgt_spherical_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_grad_f16(
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
    unsafe { map.weigh(square(eps)) }
}

/// `lgt_bf16` form of `lgt_spherical_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_softmax_grad_bf16(
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
    unsafe { map.weigh(square(eps)) }
}
