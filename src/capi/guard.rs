//! The checks that every function makes, once for all families. What passes here
//! is what the floors below rely on.

use super::types::*;
use crate::rows::labels::{LabelType, Labels};
use crate::rows::numbers::Numbers;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::Elem;
use crate::status::Status::{self, *};

/// The code that C sees.
pub fn code(result: Result<Status, Status>) -> Status {
    match result {
        Ok(status) | Err(status) => status,
    }
}

/// Bytes from the first to past the last value of a `rows x cols` array;
/// `E_STRIDE` if rows overlap, `E_SIZE` if no address space could hold it.
fn extent<E>(stride: usize, rows: usize, cols: usize) -> Result<usize, Status> {
    extent_of(size_of::<E>(), stride, rows, cols)
}

/// The same of values of that many bytes.
pub fn extent_of(size: usize, stride: usize, rows: usize, cols: usize) -> Result<usize, Status> {
    if stride < cols {
        return Err(LGT_E_STRIDE);
    }
    if rows == 0 || cols == 0 {
        return Ok(0);
    }
    (rows - 1)
        .checked_mul(stride)
        .and_then(|n| n.checked_add(cols))
        .and_then(|n| n.checked_mul(size))
        .filter(|bytes| *bytes <= isize::MAX as usize)
        .ok_or(LGT_E_SIZE)
}

/// `E_NULL` where there is data to be found behind a null pointer.
pub fn not_null<T>(data: *const T, values: usize) -> Result<(), Status> {
    if data.is_null() && values > 0 { Err(LGT_E_NULL) } else { Ok(()) }
}

/// An array to read.
///
/// # Safety
/// A pointer that is not null must be readable for the whole array.
pub unsafe fn rows<E: Elem>(
    x: *const E,
    stride: usize,
    rows: usize,
    cols: usize,
) -> Result<Rows<E>, Status> {
    not_null(x, rows.min(cols))?;
    extent::<E>(stride, rows, cols)?;
    // SAFETY: the caller vouches for the array.
    Ok(unsafe { Rows::new(x, stride, rows, cols) })
}

/// An array to read and one to write: the same one, or apart.
///
/// # Safety
/// As [`rows`]; `y` must be writable.
pub unsafe fn rows_pair<E: Elem>(
    x: *const E,
    x_stride: usize,
    y: *mut E,
    y_stride: usize,
    n: usize,
    cols: usize,
) -> Result<(Rows<E>, RowsMut<E>), Status> {
    not_null(y, n.min(cols))?;
    // SAFETY: the caller vouches for both arrays.
    let from = unsafe { rows(x, x_stride, n, cols)? };
    let (x_bytes, y_bytes) = (extent::<E>(x_stride, n, cols)?, extent::<E>(y_stride, n, cols)?);
    let same = core::ptr::eq(x, y) && x_stride == y_stride;
    if !same && overlap(x.cast(), x_bytes, y.cast(), y_bytes) {
        let gap = (x as usize).abs_diff(y as usize);
        if x_stride != y_stride || !interleave::<E>(gap, x_stride, cols) {
            return Err(LGT_E_ALIAS);
        }
    }
    // SAFETY: as above.
    Ok((from, unsafe { RowsMut::new(y, y_stride) }))
}

/// Whether two arrays of one stride, their starts `gap` bytes apart, are columns
/// side by side in one array: then their rows interleave but never meet.
fn interleave<E>(gap: usize, stride: usize, cols: usize) -> bool {
    let (Some(stride), row) = (stride.checked_mul(size_of::<E>()), cols * size_of::<E>()) else {
        return false;
    };
    let apart = gap.checked_rem(stride).unwrap_or(0);
    apart >= row && stride - apart >= row
}

/// A place for one number a row, away from the arrays in `others` (start, bytes).
///
/// # Safety
/// Null, or writable for one value a row.
pub unsafe fn column<T: Copy>(
    data: *mut T,
    rows: usize,
    others: &[(*const u8, usize)],
) -> Result<Column<T>, Status> {
    let bytes = extent::<T>(1, rows, 1)?;
    let met = |(start, length): &(*const u8, usize)| overlap(data.cast(), bytes, *start, *length);
    if !data.is_null() && others.iter().any(met) {
        return Err(LGT_E_ALIAS);
    }
    // SAFETY: the caller vouches for the array.
    Ok(unsafe { Column::new(data) })
}

/// `E_ALIAS` if two pieces of memory (start, bytes) overlap.
pub fn apart(a: (*const u8, usize), b: (*const u8, usize)) -> Result<(), Status> {
    if overlap(a.0, a.1, b.0, b.1) { Err(LGT_E_ALIAS) } else { Ok(()) }
}

/// Start and length of an array that passed [`rows`].
pub fn span<E: Elem>(x: *const E, stride: usize, rows: usize, cols: usize) -> (*const u8, usize) {
    (x.cast(), extent::<E>(stride, rows, cols).unwrap_or(0))
}

/// Start and length of `n` values, or of nothing.
pub fn span_of<T>(data: *const T, n: usize) -> (*const u8, usize) {
    (data.cast(), if data.is_null() { 0 } else { extent::<T>(1, n, 1).unwrap_or(0) })
}

fn overlap(a: *const u8, a_bytes: usize, b: *const u8, b_bytes: usize) -> bool {
    let (a, b) = (a as usize, b as usize);
    a_bytes > 0 && b_bytes > 0 && a < b.wrapping_add(b_bytes) && b < a.wrapping_add(a_bytes)
}

/// The label type of that number.
pub fn label_type(kind: u32) -> Result<LabelType, Status> {
    Ok(match kind {
        LGT_I8 => LabelType::I8,
        LGT_I16 => LabelType::I16,
        LGT_I32 => LabelType::I32,
        LGT_I64 => LabelType::I64,
        LGT_U8 => LabelType::U8,
        LGT_U16 => LabelType::U16,
        LGT_U32 => LabelType::U32,
        LGT_U64 => LabelType::U64,
        _ => return Err(LGT_E_LABEL),
    })
}

/// Labels of a type given by number.
///
/// # Safety
/// A pointer that is not null must be readable for one label a row.
pub unsafe fn labels(
    data: *const core::ffi::c_void,
    kind: u32,
    rows: usize,
) -> Result<Labels, Status> {
    let kind = label_type(kind)?;
    not_null(data, rows)?;
    extent_of(kind.size(), 1, rows, 1)?;
    // SAFETY: the caller vouches for the labels.
    Ok(unsafe { Labels::new(data.cast(), kind) })
}

/// Integers in rows, of a type given by number.
///
/// # Safety
/// A pointer that is not null must be readable for the whole array.
pub unsafe fn label_rows(
    data: *const core::ffi::c_void,
    kind: u32,
    stride: usize,
    rows: usize,
    cols: usize,
) -> Result<Labels, Status> {
    // Of the widest type, so that no narrower one is too long.
    extent::<u64>(stride, rows, cols)?;
    // SAFETY: the caller vouches for the array.
    unsafe { labels(data, kind, rows.min(cols)) }
}

/// Numbers in rows: where they lie, and how many bytes.
///
/// # Safety
/// A pointer that is not null must be readable for the whole array.
pub unsafe fn numbers(
    x: Numbers,
    stride: usize,
    rows: usize,
    cols: usize,
) -> Result<(*const u8, usize), Status> {
    not_null(x.address(), rows.min(cols))?;
    Ok((x.address(), extent_of(x.size(), stride, rows, cols)?))
}

/// Writes how many bytes of scratch so many words are; `None` is more than can be.
///
/// # Safety
/// Null, or writable for one number.
pub unsafe fn scratch_bytes(words: Option<usize>, bytes: *mut usize) -> Status {
    if bytes.is_null() {
        return LGT_E_NULL;
    }
    match words.and_then(|words| extent::<u64>(1, words, 1).ok()) {
        None => LGT_E_SIZE,
        Some(size) => {
            // SAFETY: the caller vouches for the number.
            unsafe { *bytes = size };
            LGT_OK
        }
    }
}

/// So many words of scratch, away from the arrays in `others` (start, bytes).
///
/// # Safety
/// Null, or writable for `size` bytes.
pub unsafe fn scratch<'a, const N: usize>(
    data: *mut core::ffi::c_void,
    size: usize,
    words: Option<usize>,
    others: [(*const u8, usize); N],
) -> Result<&'a mut [u64], Status> {
    let words = words.ok_or(LGT_E_SIZE)?;
    let bytes = extent::<u64>(1, words, 1)?;
    not_null(data, words)?;
    if size < bytes || !(data as usize).is_multiple_of(8) {
        return Err(LGT_E_SCRATCH);
    }
    others.into_iter().try_for_each(|other| apart((data.cast(), bytes), other))?;
    if words == 0 {
        return Ok(&mut []);
    }
    // SAFETY: the caller vouches for the bytes.
    Ok(unsafe { core::slice::from_raw_parts_mut(data.cast(), words) })
}

/// `n` values to read.
///
/// # Safety
/// A pointer that is not null must be readable for `n` values.
pub unsafe fn slice<'a, T>(data: *const T, n: usize) -> Result<&'a [T], Status> {
    not_null(data, n)?;
    extent::<T>(1, n, 1)?;
    if n == 0 {
        return Ok(&[]);
    }
    // SAFETY: the caller vouches for the array.
    Ok(unsafe { core::slice::from_raw_parts(data, n) })
}

/// `E_SIZE` unless an array of `count` values could be, and has room for `needed`.
pub fn room<T>(count: usize, needed: usize) -> Result<(), Status> {
    extent::<T>(1, count, 1)?;
    if count < needed { Err(LGT_E_SIZE) } else { Ok(()) }
}

/// Writes all of `items` to `out`, which has room for `count` of them.
///
/// # Safety
/// `out` must be writable for `count` values.
pub unsafe fn fill<T>(
    out: *mut T,
    count: usize,
    items: impl ExactSizeIterator<Item = T>,
) -> Result<Status, Status> {
    room::<T>(count, items.len())?;
    for (i, item) in items.enumerate() {
        // SAFETY: the caller vouches for the array.
        unsafe { *out.add(i) = item };
    }
    Ok(LGT_OK)
}

/// An options struct: plain data, `struct_size` first.
///
/// # Safety
/// Implementors are `repr(C)` without padding, valid for any bytes, and start
/// with a `u32` that holds their size.
pub unsafe trait Options: Copy {
    /// What a null pointer stands for.
    const DEFAULT: Self;
}

/// The options at `opts`, or the defaults. A struct from a later version is
/// taken if what this version does not know of is zero.
///
/// # Safety
/// Null, or readable for as many bytes as its first field says.
pub unsafe fn options<T: Options>(opts: *const T) -> Result<T, Status> {
    if opts.is_null() {
        return Ok(T::DEFAULT);
    }
    // SAFETY: the caller vouches for as many bytes as the first field says.
    unsafe {
        let size = *opts.cast::<u32>() as usize;
        if size < size_of::<T>() {
            return Err(LGT_E_OPTION);
        }
        let unknown = |i: usize| *opts.cast::<u8>().add(i) != 0;
        if (size_of::<T>()..size).any(unknown) {
            return Err(LGT_E_OPTION);
        }
        Ok(*opts)
    }
}

/// `E_VALUE` unless a number is a confidence level; NaN is none.
pub fn confidence(level: f64) -> Result<(), Status> {
    if level > 0.0 && level < 1.0 { Ok(()) } else { Err(LGT_E_VALUE) }
}
