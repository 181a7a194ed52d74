//! `lgt_temperature_rows`: a temperature of its own for every row.

use super::guard::{self, not_null};
use super::softmax::pair;
use super::types::*;
use crate::simd::{Bf16, Elem, F16, Real};
use crate::softmax::{row, softmax};
use crate::status::Status::{self, *};

unsafe fn apply<E: Elem>(
    temperatures: *const E::Acc,
    (x, y): ((*const E, usize), (*mut E, usize)),
    shape: (usize, usize),
) -> Status {
    let rows = shape.0;
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        not_null(temperatures, rows).and_then(|()| {
            let io = pair(x, y, core::ptr::null_mut(), shape)?;
            let at = (temperatures.cast(), rows * size_of::<E::Acc>());
            guard::apart(at, guard::span(y.0.cast_const(), y.1, rows, shape.1))?;
            let temperature = |r: usize| (*temperatures.add(r)).to_f64();
            if !(0..rows).all(|r| (1e-30..=1e30).contains(&temperature(r))) {
                return Err(LGT_E_VALUE);
            }
            let mut status = LGT_OK;
            for r in 0..rows {
                let scale = 1.0 / temperature(r);
                let opts = row::Opts { scale, ..row::Opts::DEFAULT };
                let of_row = softmax::apply(io.part(r, 1), opts)?;
                if of_row != LGT_OK {
                    status = of_row;
                }
            }
            Ok(status)
        })
    })
}

/// `softmax(x / T)` with a temperature for each row: what a model that predicts
/// temperatures asks for.
///
/// # Shape
/// `temperatures`: one number a row, from 1e-30 to 1e30, away from `y`. `x`: logits, `y`:
/// probabilities, rows x cols, row-major, strides in elements, at least cols.
///
/// # In place
/// As `lgt_softmax_f32`.
///
/// # Errors
/// `LGT_E_VALUE` if a temperature is NaN or out of range, `LGT_E_ALIAS` if they overlap
/// `y`; otherwise as `lgt_softmax_f32`. Nothing is written then. Advisory:
/// `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// As `lgt_softmax_f32`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_temperature_fit_f32`.
///
/// # Example
/// ```c
/// float x[2][2] = {{2, 0}, {2, 0}}, y[2][2], t[2] = {1, 2};
/// assert(lgt_temperature_rows_apply_f32(t, &x[0][0], 2, &y[0][0], 2, 2, 2) == LGT_OK);
/// assert(y[0][0] > 0.8807f && y[0][0] < 0.8809f && y[1][0] > 0.7310f && y[1][0] < 0.7311f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_rows_apply_f32(
    temperatures: *const f32,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(temperatures, ((x, x_stride), (y, y_stride)), (rows, cols)) }
}

/// `double` form of `lgt_temperature_rows_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_rows_apply_f64(
    temperatures: *const f64,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(temperatures, ((x, x_stride), (y, y_stride)), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_temperature_rows_apply_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_rows_apply_f16(
    temperatures: *const f32,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(temperatures, ((x, x_stride), (y, y_stride)), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_temperature_rows_apply_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_rows_apply_bf16(
    temperatures: *const f32,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(temperatures, ((x, x_stride), (y, y_stride)), (rows, cols)) }
}
