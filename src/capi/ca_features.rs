//! `lgt_ca_features`: what a temperature may be predicted from.

use super::guard;
use super::types::*;
use crate::calibration::ca_features::{self, MOST, Views};
use crate::rows::view::RowsMut;
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};

/// Bytes of `count` copies, each of so many elements; `E_SIZE` if there are too many.
fn bytes(
    one: (*const u8, usize),
    apart: usize,
    size: usize,
    count: usize,
) -> Result<usize, Status> {
    let Some(last) = count.checked_sub(1).filter(|_| one.1 > 0) else { return Ok(0) };
    last.checked_mul(apart)
        .and_then(|start| start.checked_mul(size))
        .and_then(|start| start.checked_add(one.1))
        .filter(|bytes| *bytes <= isize::MAX as usize)
        .ok_or(LGT_E_SIZE)
}

unsafe fn apply<E: Elem>(
    (x, x_stride): (*const E, usize),
    views: Views<E>,
    (y, y_stride): (*mut E, usize),
    (rows, cols, k): (usize, usize, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::rows(x, x_stride, rows, cols).and_then(|from| {
            if !(1..=MOST.min(cols)).contains(&k) {
                return Err(LGT_E_VALUE);
            }
            guard::not_null(views.data, rows.min(views.count))?;
            guard::rows(views.data, views.stride, rows, cols)?;
            let one = guard::span(views.data, views.stride, rows, cols);
            let all = bytes(one, views.apart, size_of::<E>(), views.count)?;
            let width = views.count.checked_mul(k).ok_or(LGT_E_SIZE)?;
            guard::rows(y.cast_const(), y_stride, rows, width)?;
            let to = guard::span(y.cast_const(), y_stride, rows, width);
            guard::apart(to, guard::span(x, x_stride, rows, cols))?;
            guard::apart(to, (one.0, all))?;
            ca_features::apply(from, &views, RowsMut::new(y, y_stride), k);
            Ok(LGT_OK)
        })
    })
}

/// Features from which a temperature may be predicted for each row: from `view_count`
/// transformed copies of the samples, the probabilities of the `k` classes that the
/// original scores highest.
///
/// Column `v k + i` of `y` is the share of copy `v`, by softmax, in the class with the
/// `i`-th largest logit of the original, of equal logits the first. -inf is a share of
/// 0, and entries at +inf share the mass. A NaN in the original makes the row NaN, one in
/// a copy, or nothing above -inf there, that copy's part of it.
///
/// # Shape
/// `x`: logits of the originals, rows x cols, row-major, stride in elements, at least
/// cols. `views`: logits of the copies, as many arrays of rows x cols, `view_stride`
/// elements from the start of one to that of the next. Copies that lie anywhere take a
/// call each, with `view_count` = 1 and `y + v k`. `y`: rows x (`view_count` k), stride
/// at least that, apart from the others. `k`: from 1 to 64, at most cols.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (k), `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15), besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_ca_loss_update_f32`, whose network takes 3 copies and k = 4.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 1}}, views[2][1][2] = {{{0, 0}}, {{0, 9}}}, y[1][2];
/// assert(lgt_ca_features_f32(&x[0][0], 2, &views[0][0][0], 2, 2, 2, &y[0][0], 2, 1, 2, 1) == LGT_OK);
/// assert(y[0][0] == 0.5f && y[0][1] > 0.999f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_features_f32(
    x: *const f32,
    x_stride: usize,
    views: *const f32,
    views_stride: usize,
    view_stride: usize,
    view_count: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
    k: usize,
) -> Status {
    let (stride, apart, count) = (views_stride, view_stride, view_count);
    let views = Views::<f32> { data: views, stride, apart, count };
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), views, (y, y_stride), (rows, cols, k)) }
}

/// `double` form of `lgt_ca_features_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_features_f64(
    x: *const f64,
    x_stride: usize,
    views: *const f64,
    views_stride: usize,
    view_stride: usize,
    view_count: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
    k: usize,
) -> Status {
    let (stride, apart, count) = (views_stride, view_stride, view_count);
    let views = Views::<f64> { data: views, stride, apart, count };
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), views, (y, y_stride), (rows, cols, k)) }
}

/// `lgt_f16` form of `lgt_ca_features_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_features_f16(
    x: *const lgt_f16,
    x_stride: usize,
    views: *const lgt_f16,
    views_stride: usize,
    view_stride: usize,
    view_count: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    k: usize,
) -> Status {
    let (stride, apart, count) = (views_stride, view_stride, view_count);
    let views = Views::<F16> { data: views.cast(), stride, apart, count };
    // SAFETY: the contract of this function.
    unsafe { apply((x.cast(), x_stride), views, (y.cast(), y_stride), (rows, cols, k)) }
}

/// `lgt_bf16` form of `lgt_ca_features_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_features_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    views: *const lgt_bf16,
    views_stride: usize,
    view_stride: usize,
    view_count: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    k: usize,
) -> Status {
    let (stride, apart, count) = (views_stride, view_stride, view_count);
    let views = Views::<Bf16> { data: views.cast(), stride, apart, count };
    // SAFETY: the contract of this function.
    unsafe { apply((x.cast(), x_stride), views, (y.cast(), y_stride), (rows, cols, k)) }
}
