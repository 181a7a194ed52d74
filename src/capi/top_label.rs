//! `lgt_top_label`: the predicted class of each row and its probability.

use super::guard;
use super::types::*;
use crate::metrics::top_label;
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};

unsafe fn apply<E: Elem>(
    (x, x_stride): (*const E, usize),
    confidence: *mut E::Acc,
    predicted: *mut u32,
    (rows, cols): (usize, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::rows(x, x_stride, rows, cols).and_then(|view| {
            if cols >= top_label::NONE as usize {
                return Err(LGT_E_SIZE);
            }
            let span = guard::span(x, x_stride, rows, cols);
            let column = guard::column(confidence, rows, &[span])?;
            let written = if confidence.is_null() { 0 } else { rows * size_of::<E::Acc>() };
            let others = [span, (confidence.cast_const().cast(), written)];
            top_label::apply(view, column, guard::column(predicted, rows, &others)?);
            Ok(LGT_OK)
        })
    })
}

/// Each row's largest probability and its class: what makes one question of yes
/// and no (was the predicted class right?) out of many classes, for the functions
/// that take confidences and hits.
///
/// Of equal values the one of the lowest index is taken. A row with a NaN, or
/// without columns, has a NaN and `UINT32_MAX`.
///
/// # Shape
/// `x`: probabilities or any other scores, rows x cols, row-major, stride in
/// elements, at least cols. `confidence`: one number a row (float for f16 and
/// bf16), or NULL. `predicted`: one number a row, or NULL. Neither overlaps `x`
/// or the other.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// Exact.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// C. Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2.
///
/// # Example
/// ```c
/// float p[2][3] = {{0.25f, 0.5f, 0.25f}, {0.5f, 0, 0.5f}}, confidence[2];
/// uint32_t predicted[2];
/// assert(lgt_top_label_f32(&p[0][0], 3, confidence, predicted, 2, 3) == LGT_OK);
/// assert(predicted[0] == 1 && predicted[1] == 0 && confidence[1] == 0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_f32(
    x: *const f32,
    x_stride: usize,
    confidence: *mut f32,
    predicted: *mut u32,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), confidence, predicted, (rows, cols)) }
}

/// `double` form of `lgt_top_label_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_f64(
    x: *const f64,
    x_stride: usize,
    confidence: *mut f64,
    predicted: *mut u32,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), confidence, predicted, (rows, cols)) }
}

/// `lgt_f16` form of `lgt_top_label_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_f16(
    x: *const lgt_f16,
    x_stride: usize,
    confidence: *mut f32,
    predicted: *mut u32,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x.cast::<F16>(), x_stride), confidence, predicted, (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_top_label_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    confidence: *mut f32,
    predicted: *mut u32,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x.cast::<Bf16>(), x_stride), confidence, predicted, (rows, cols)) }
}
