//! `lgt_ca_features`: what a temperature may be predicted from.

use super::guard;
use super::temperatures::Raw;
use super::types::*;
use crate::calibration::ca_features::{self, MOST, Views};
use crate::rows::moments::TableMut;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// Copies as C gives them.
struct RawViews {
    first: Raw,
    apart: usize,
    count: usize,
}

impl RawViews {
    /// Where they lie, if there is an address space for that.
    fn span(&self) -> Result<(*const u8, usize), Status> {
        let (start, one) = self.first.span();
        let bytes = self.count.checked_sub(1).filter(|_| one > 0).map_or(Some(0), |last| {
            let start = last.checked_mul(self.apart)?.checked_mul(self.first.x.size())?;
            start.checked_add(one).filter(|bytes| *bytes <= isize::MAX as usize)
        });
        Ok((start, bytes.ok_or(LGT_E_SIZE)?))
    }
}

unsafe fn apply(x: Raw, views: RawViews, (y, y_stride): (*mut u8, usize), k: usize) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        x.check().and_then(|original| {
            if !(1..=MOST.min(x.cols)).contains(&k) {
                return Err(LGT_E_VALUE);
            }
            let (apart, count) = (views.apart, views.count);
            let rows = if count == 0 { 0 } else { x.rows };
            let first = Raw { rows, ..views.first }.check()?;
            let width = count.checked_mul(k).ok_or(LGT_E_SIZE)?;
            guard::not_null(y, rows)?;
            let size = x.x.size();
            let to = (y.cast_const(), guard::extent_of(size, y_stride, rows, width)?);
            guard::apart(to, x.span())?;
            guard::apart(to, views.span()?)?;
            let y = TableMut { data: y, stride: y_stride.wrapping_mul(size) };
            ca_features::apply(original, &Views { first, apart, count }, y, k);
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
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let first = Raw { x: Numbers::F32(views), stride: views_stride, rows, cols };
    let views = RawViews { first, apart: view_stride, count: view_count };
    // SAFETY: the contract of this function.
    unsafe { apply(x, views, (y.cast(), y_stride), k) }
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
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let first = Raw { x: Numbers::F64(views), stride: views_stride, rows, cols };
    let views = RawViews { first, apart: view_stride, count: view_count };
    // SAFETY: the contract of this function.
    unsafe { apply(x, views, (y.cast(), y_stride), k) }
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
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let first = Raw { x: Numbers::F16(views.cast()), stride: views_stride, rows, cols };
    let views = RawViews { first, apart: view_stride, count: view_count };
    // SAFETY: the contract of this function.
    unsafe { apply(x, views, (y.cast(), y_stride), k) }
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
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let first = Raw { x: Numbers::Bf16(views.cast()), stride: views_stride, rows, cols };
    let views = RawViews { first, apart: view_stride, count: view_count };
    // SAFETY: the contract of this function.
    unsafe { apply(x, views, (y.cast(), y_stride), k) }
}
