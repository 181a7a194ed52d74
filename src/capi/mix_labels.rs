//! `lgt_mix_labels`.

use super::guard;
use super::temperatures::Raw;
use super::types::*;
use crate::loss::soft_labels;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

unsafe fn apply(
    a: Raw,
    b: Raw,
    (share, count): (*const f64, usize),
    (y, y_stride): (*mut u8, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        a.check().and_then(|first| {
            let second = b.check()?;
            if count != 1 && count != a.rows {
                return Err(LGT_E_SHAPE);
            }
            let shares = guard::slice(share, count)?;
            guard::not_null(y, a.rows.min(a.cols))?;
            let (to, _) = a.beside(y, y_stride)?;
            b.beside(y, y_stride)?;
            if !shares.iter().all(|share| (0.0..=1.0).contains(share)) {
                return Err(LGT_E_VALUE);
            }
            let of = |r| *shares.get(if count == 1 { 0 } else { r }).unwrap_or(&1.0);
            if let Some(to) = to {
                soft_labels::mix([first, second], &of, to);
            }
            Ok(LGT_OK)
        })
    })
}

/// Mixes labels as the images they belong to were mixed: `share a + (1 - share) b`, where
/// `share` is the part of the image that is of the first.
///
/// # Shape
/// `a`, `b`, `y`: rows x cols, row-major, strides in elements, at least cols. `share`: from 0
/// to 1, `count` of them: one for all rows, or one a row.
///
/// # In place
/// `y == a`, or `y == b`, with equal strides is allowed; any other overlap of `y` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (count), `LGT_E_VALUE` (share),
/// `LGT_E_ALIAS`.
///
/// # Accuracy
/// Computed in f64: at most 4e-16 times the larger of both, besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// H. Zhang et al., "mixup: Beyond Empirical Risk Minimization" (2018).
///
/// # Example
/// ```c
/// float a[1][2] = {{1, 0}}, b[1][2] = {{0, 1}}, y[1][2];
/// double share[1] = {0.75};
/// assert(lgt_mix_labels_f32(&a[0][0], 2, &b[0][0], 2, share, 1, &y[0][0], 2, 1, 2) == LGT_OK);
/// assert(y[0][0] == 0.75f && y[0][1] == 0.25f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mix_labels_f32(
    a: *const f32,
    a_stride: usize,
    b: *const f32,
    b_stride: usize,
    share: *const f64,
    count: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let a = Raw { x: Numbers::F32(a), stride: a_stride, rows, cols };
    let b = Raw { x: Numbers::F32(b), stride: b_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(a, b, (share, count), (y.cast(), y_stride)) }
}

/// `double` form of `lgt_mix_labels_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mix_labels_f64(
    a: *const f64,
    a_stride: usize,
    b: *const f64,
    b_stride: usize,
    share: *const f64,
    count: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let a = Raw { x: Numbers::F64(a), stride: a_stride, rows, cols };
    let b = Raw { x: Numbers::F64(b), stride: b_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(a, b, (share, count), (y.cast(), y_stride)) }
}

/// `lgt_f16` form of `lgt_mix_labels_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mix_labels_f16(
    a: *const lgt_f16,
    a_stride: usize,
    b: *const lgt_f16,
    b_stride: usize,
    share: *const f64,
    count: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let a = Raw { x: Numbers::F16(a.cast()), stride: a_stride, rows, cols };
    let b = Raw { x: Numbers::F16(b.cast()), stride: b_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(a, b, (share, count), (y.cast(), y_stride)) }
}

/// `lgt_bf16` form of `lgt_mix_labels_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mix_labels_bf16(
    a: *const lgt_bf16,
    a_stride: usize,
    b: *const lgt_bf16,
    b_stride: usize,
    share: *const f64,
    count: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let a = Raw { x: Numbers::Bf16(a.cast()), stride: a_stride, rows, cols };
    let b = Raw { x: Numbers::Bf16(b.cast()), stride: b_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(a, b, (share, count), (y.cast(), y_stride)) }
}
