//! `lgt_log_softmax`.

use super::guard;
use super::softmax::{lgt_softmax_opts, pair};
use super::softmax_mask;
use super::types::*;
use crate::simd::{Bf16, Elem, F16};
use crate::softmax::log_softmax;
use crate::softmax::narrow::Want;
use crate::status::Status;

unsafe fn apply<E: Elem>(
    x: (*const E, usize),
    y: (*mut E, usize),
    lse: *mut E::Acc,
    shape: (usize, usize),
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_softmax_opts::with_mask(opts).and_then(|(opts, mask)| {
            if mask.is_null() {
                log_softmax::apply(pair(x, y, lse, shape)?, opts)
            } else {
                softmax_mask::apply(Want::Logs, x, y, lse, shape, (opts, mask))
            }
        })
    })
}

/// Row-wise log-softmax:
/// `y[r][c] = scale * x[r][c] - ln sum_c exp(scale * x[r][c])`.
///
/// A NaN makes its row NaN. -inf stays -inf. With k entries at +inf, those
/// become -ln k and the others -inf. A row with nothing above -inf becomes NaN,
/// or -inf with `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
///
/// # Shape
/// As `lgt_softmax_f32`, `lse` included.
///
/// # In place
/// As `lgt_softmax_f32`.
///
/// # Errors
/// As `lgt_softmax_f32`.
///
/// # Accuracy
/// At most 12 ulp for any row of any length, near 0 as well (f16 and bf16: the
/// nearest value to that). `lse`: as `lgt_softmax_f32`.
///
/// Stack: at most 64 KiB.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; written as two terms of one sign, so that nothing cancels.
///
/// # Example
/// ```c
/// float x[3] = {0, 0, 0}, y[3];
/// lgt_status status = lgt_log_softmax_f32(x, 3, y, 3, NULL, 1, 3, NULL);
/// assert(status == LGT_OK && y[0] < -1.098f && y[0] > -1.099f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}

/// `double` form of `lgt_log_softmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    lse: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}

/// `lgt_f16` form of `lgt_log_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}

/// `lgt_bf16` form of `lgt_log_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}
