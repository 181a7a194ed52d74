//! What functions of rows with temperatures share.

use super::guard;
use crate::calibration::temperatures::Temperatures;
use crate::rows::view::RowsMut;
use crate::simd::Elem;
use crate::status::Status::{self, *};

/// Temperatures as C gives them: null for 1, one for all rows, or one a row.
///
/// # Safety
/// Null, or readable for `count` values.
pub unsafe fn temperatures<'a>(
    data: *const f64,
    count: usize,
    rows: usize,
) -> Result<Temperatures<'a>, Status> {
    if data.is_null() {
        return Ok(Temperatures { given: &[] });
    }
    if count != 1 && count != rows {
        return Err(LGT_E_SHAPE);
    }
    // SAFETY: the caller vouches for the values.
    let temperatures = Temperatures { given: unsafe { guard::slice(data, count)? } };
    if temperatures.are_good() { Ok(temperatures) } else { Err(LGT_E_VALUE) }
}

/// A place for rows of the shape of `x`, if there is one: `x` itself, or apart from it.
///
/// # Safety
/// Pointers that are not null must be good for the whole array.
pub unsafe fn gradient<E: Elem>(
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    (rows, cols): (usize, usize),
) -> Result<Option<RowsMut<E>>, Status> {
    if y.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller vouches for both arrays.
    unsafe { guard::rows_pair(x, x_stride, y, y_stride, rows, cols) }.map(|(_, to)| Some(to))
}

/// Where the rows at `y` lie, if there are any.
pub fn span<E: Elem>(y: *mut E, stride: usize, (rows, cols): (usize, usize)) -> (*const u8, usize) {
    if y.is_null() {
        (core::ptr::null(), 0)
    } else {
        guard::span(y.cast_const(), stride, rows, cols)
    }
}
