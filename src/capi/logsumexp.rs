//! `lgt_logsumexp`.

use super::guard;
use super::softmax::lgt_softmax_opts;
use super::softmax_mask;
use super::types::*;
use crate::simd::{Bf16, Elem, F16};
use crate::softmax::logsumexp;
use crate::softmax::narrow::Want;
use crate::status::Status;

unsafe fn apply<E: Elem>(
    x: *const E,
    x_stride: usize,
    lse: *mut E::Acc,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_softmax_opts::with_mask(opts).and_then(|(opts, mask)| {
            let view = guard::rows(x, x_stride, rows, cols)?;
            guard::not_null(lse, rows)?;
            if !mask.is_null() {
                let (x, y) = ((x, x_stride), (core::ptr::null_mut(), 0));
                let opts = (opts, mask);
                return softmax_mask::apply(Want::Sums, x, y, lse, (rows, cols), opts);
            }
            let column = guard::column(lse, rows, &[guard::span(x, x_stride, rows, cols)])?;
            logsumexp::apply(view, column, opts)
        })
    })
}

/// The natural logarithm of each row's sum of exponentials:
/// `lse[r] = ln sum_c exp(scale * x[r][c])`.
///
/// A NaN makes it NaN, an entry at +inf makes it +inf. A row with nothing above
/// -inf gives -inf, and the call returns `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: rows x cols, row-major, stride in elements, at least cols. `lse`: one
/// number a row (float for f16 and bf16), not overlapping `x`. `opts`: NULL for
/// the defaults; `LGT_SOFTMAX_EMPTY_ZERO` changes nothing here. With rows = 0
/// nothing is written; with cols = 0 every row is empty.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (scale), `LGT_E_CALLBACK` (the executor failed: rows may then
/// be missing). Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 7e-7 (f64: 1.2e-15) times the largest of 1, |lse| and scale times the
/// row's maximum in magnitude, for any number of columns.
///
/// Stack: at most 64 KiB.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; the largest entry is not summed, so that `ln(1 + rest)` is exact
/// near 0.
///
/// # Example
/// ```c
/// float x[3] = {1000, 1001, 1002}, lse;
/// lgt_status status = lgt_logsumexp_f32(x, 3, &lse, 1, 3, NULL);
/// assert(status == LGT_OK && lse > 1002.40f && lse < 1002.41f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_f32(
    x: *const f32,
    x_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(x, x_stride, lse, rows, cols, opts) }
}

/// `double` form of `lgt_logsumexp_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_f64(
    x: *const f64,
    x_stride: usize,
    lse: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(x, x_stride, lse, rows, cols, opts) }
}

/// `lgt_f16` form of `lgt_logsumexp_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_f16(
    x: *const lgt_f16,
    x_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(x.cast::<F16>(), x_stride, lse, rows, cols, opts) }
}

/// `lgt_bf16` form of `lgt_logsumexp_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(x.cast::<Bf16>(), x_stride, lse, rows, cols, opts) }
}
