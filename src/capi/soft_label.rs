//! `lgt_soft_label`: soft labels kept as their largest shares, and made whole again.

use super::guard;
use super::temperatures::Raw;
use super::types::*;
use crate::loss::soft_labels::{self, Kept, Rest};
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// What is left of 1 is shared by the classes that were not kept.
pub const LGT_SOFT_LABEL_SMOOTH: u32 = 0;
/// What was kept is made to add up to 1; the other classes are 0.
pub const LGT_SOFT_LABEL_RENORM: u32 = 1;

/// Whether all of a table are finite and none is below 0.
unsafe fn are_shares(table: &Table) -> Result<(), Status> {
    let share = |x: f64| x >= 0.0 && x.is_finite();
    let row = |r: usize| {
        let row = table.row_numbers(r);
        // SAFETY: the table has these columns.
        (0..table.cols).all(|c| share(unsafe { row.get(c) }))
    };
    if (0..table.rows).all(row) { Ok(()) } else { Err(LGT_E_VALUE) }
}

unsafe fn topk(
    x: Raw,
    k: usize,
    (indices, stride): (*mut u32, usize),
    (values, value_stride): (*mut u8, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        x.check().and_then(|table| {
            if x.cols > u32::MAX as usize || k > x.cols || (k == 0 && x.cols > 0) {
                return Err(LGT_E_SIZE);
            }
            guard::not_null(indices, x.rows.min(k))?;
            guard::not_null(values, x.rows.min(k))?;
            let size = x.x.size();
            let places = (indices.cast_const().cast(), guard::extent_of(4, stride, x.rows, k)?);
            let numbers = (values.cast_const(), guard::extent_of(size, value_stride, x.rows, k)?);
            guard::apart(places, x.span())?;
            guard::apart(numbers, x.span())?;
            guard::apart(places, numbers)?;
            are_shares(&table)?;
            let values = TableMut { data: values, stride: value_stride.wrapping_mul(size) };
            if k > 0 {
                Kept { indices, stride, values, k }.keep(table);
            }
            Ok(LGT_OK)
        })
    })
}

unsafe fn expand(
    values: Raw,
    (indices, stride): (*const u32, usize),
    mode: u32,
    (y, y_stride): (*mut u8, usize),
    cols: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        values.check().and_then(|table| {
            let rest = match mode {
                LGT_SOFT_LABEL_SMOOTH => Rest::Equal,
                LGT_SOFT_LABEL_RENORM => Rest::Nothing,
                _ => return Err(LGT_E_OPTION),
            };
            let (rows, k, size) = (table.rows, table.cols, values.x.size());
            guard::not_null(indices, rows.min(k))?;
            guard::not_null(y, rows.min(cols))?;
            let places = (indices.cast(), guard::extent_of(4, stride, rows, k)?);
            let to = (y.cast_const(), guard::extent_of(size, y_stride, rows, cols)?);
            guard::apart(to, values.span())?;
            guard::apart(to, places)?;
            let place = |r: usize, i: usize| {
                *indices.wrapping_add(r.wrapping_mul(stride)).wrapping_add(i) as usize
            };
            if !(0..rows).all(|r| (0..k).all(|i| place(r, i) < cols)) {
                return Err(LGT_E_LABEL);
            }
            are_shares(&table)?;
            let to = TableMut { data: y, stride: y_stride.wrapping_mul(size) };
            soft_labels::expand(table, &place, rest, (to, cols));
            Ok(LGT_OK)
        })
    })
}

/// Keeps the `k` largest shares of each row and where they stand, so that soft labels of many
/// classes take little room: `lgt_soft_label_expand_f32` makes rows of them again.
///
/// The largest comes first; of equal ones the first.
///
/// # Shape
/// `x`: shares, rows x cols, row-major, stride in elements, at least cols; finite, at least 0.
/// `k`: from 1 to cols. `indices`, `values`: rows x k, strides in elements, at least k.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also a `k` that is 0 or above cols, and 2^32
/// columns or more), `LGT_E_VALUE` (shares), `LGT_E_ALIAS`.
///
/// # Accuracy
/// Values are those of `x`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Z. Shen and E. Xing, "A Fast Knowledge Distillation Framework for Visual Recognition"
/// (2022).
///
/// # Example
/// ```c
/// float p[1][4] = {{0.125f, 0.5f, 0.125f, 0.25f}}, values[1][3];
/// uint32_t indices[1][3];
/// assert(lgt_soft_label_topk_f32(&p[0][0], 4, 3, &indices[0][0], 3, &values[0][0], 3, 1, 4) ==
///        LGT_OK);
/// assert(indices[0][0] == 1 && indices[0][1] == 3 && indices[0][2] == 0);
/// assert(values[0][0] == 0.5f && values[0][1] == 0.25f && values[0][2] == 0.125f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_topk_f32(
    x: *const f32,
    x_stride: usize,
    k: usize,
    indices: *mut u32,
    index_stride: usize,
    values: *mut f32,
    value_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { topk(x, k, (indices, index_stride), (values.cast(), value_stride)) }
}

/// `double` form of `lgt_soft_label_topk_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_topk_f64(
    x: *const f64,
    x_stride: usize,
    k: usize,
    indices: *mut u32,
    index_stride: usize,
    values: *mut f64,
    value_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { topk(x, k, (indices, index_stride), (values.cast(), value_stride)) }
}

/// `lgt_f16` form of `lgt_soft_label_topk_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_topk_f16(
    x: *const lgt_f16,
    x_stride: usize,
    k: usize,
    indices: *mut u32,
    index_stride: usize,
    values: *mut lgt_f16,
    value_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { topk(x, k, (indices, index_stride), (values.cast(), value_stride)) }
}

/// `lgt_bf16` form of `lgt_soft_label_topk_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_topk_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    k: usize,
    indices: *mut u32,
    index_stride: usize,
    values: *mut lgt_bf16,
    value_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { topk(x, k, (indices, index_stride), (values.cast(), value_stride)) }
}

/// Makes rows of soft labels of their largest shares and where those stand.
///
/// With `LGT_SOFT_LABEL_SMOOTH` the classes that were not kept share what the others leave of
/// 1, if that is above 0, in equal parts; with one kept share that is label smoothing. With
/// `LGT_SOFT_LABEL_RENORM` they are 0, and the others are divided by their sum, or by 1e-12
/// where that is less. Where an index stands twice in a row, its last value counts.
///
/// # Shape
/// `indices`, `values`: rows x k, row-major, strides in elements, at least k; values finite,
/// at least 0. `mode`: an `LGT_SOFT_LABEL_`. `y`: rows x cols, stride in elements, at least
/// cols.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (an index of cols or above),
/// `LGT_E_VALUE` (values), `LGT_E_OPTION`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-13 besides the rounding to its type, for up to 100 values a row.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_soft_label_topk_f32`, and its code.
///
/// # Example
/// ```c
/// float values[1][1] = {{0.5f}}, p[1][3];
/// uint32_t indices[1][1] = {{2}};
/// assert(lgt_soft_label_expand_f32(&indices[0][0], 1, &values[0][0], 1, 1, LGT_SOFT_LABEL_SMOOTH,
///                                  &p[0][0], 3, 1, 3) == LGT_OK);
/// assert(p[0][0] == 0.25f && p[0][1] == 0.25f && p[0][2] == 0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_expand_f32(
    indices: *const u32,
    index_stride: usize,
    values: *const f32,
    value_stride: usize,
    k: usize,
    mode: u32,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let values = Raw { x: Numbers::F32(values), stride: value_stride, rows, cols: k };
    // SAFETY: the contract of this function.
    unsafe { expand(values, (indices, index_stride), mode, (y.cast(), y_stride), cols) }
}

/// `double` form of `lgt_soft_label_expand_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_expand_f64(
    indices: *const u32,
    index_stride: usize,
    values: *const f64,
    value_stride: usize,
    k: usize,
    mode: u32,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let values = Raw { x: Numbers::F64(values), stride: value_stride, rows, cols: k };
    // SAFETY: the contract of this function.
    unsafe { expand(values, (indices, index_stride), mode, (y.cast(), y_stride), cols) }
}

/// `lgt_f16` form of `lgt_soft_label_expand_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_expand_f16(
    indices: *const u32,
    index_stride: usize,
    values: *const lgt_f16,
    value_stride: usize,
    k: usize,
    mode: u32,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let values = Raw { x: Numbers::F16(values.cast()), stride: value_stride, rows, cols: k };
    // SAFETY: the contract of this function.
    unsafe { expand(values, (indices, index_stride), mode, (y.cast(), y_stride), cols) }
}

/// `lgt_bf16` form of `lgt_soft_label_expand_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_expand_bf16(
    indices: *const u32,
    index_stride: usize,
    values: *const lgt_bf16,
    value_stride: usize,
    k: usize,
    mode: u32,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let values = Raw { x: Numbers::Bf16(values.cast()), stride: value_stride, rows, cols: k };
    // SAFETY: the contract of this function.
    unsafe { expand(values, (indices, index_stride), mode, (y.cast(), y_stride), cols) }
}
