//! `lgt_csr`: rows of column numbers, as scipy and others keep them.

use super::guard::{self, not_null};
use crate::ranking::inverse_propensity;
use crate::rows::csr::Csr;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Rows that have a few columns each, one row behind the other: compressed sparse rows.
/// Numbers that belong to the entries, such as scores, are an array apart.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_csr {
    /// Where each row starts among the entries, and where the last one ends: rows + 1
    /// numbers that do not descend. The first need not be 0.
    pub indptr: *const c_void,
    /// The column of each entry: from 0 on, in ascending order within a row and none
    /// twice in it.
    pub indices: *const c_void,
    /// How many entries there are.
    pub nnz: usize,
    /// The integer type of `indptr`, `LGT_I8` to `LGT_U64`.
    pub indptr_type: u32,
    /// That of `indices`.
    pub indices_type: u32,
}

/// The rows at `csr`, which pass all checks.
///
/// # Safety
/// Null, or a struct whose pointers are null or readable for what they stand for.
#[inline(never)]
pub(super) unsafe fn read(csr: *const lgt_csr, rows: usize, cols: usize) -> Result<Csr, Status> {
    not_null(csr, 1)?;
    // SAFETY: the caller vouches for the struct and its arrays; without rows there
    // need be no starts.
    unsafe {
        let csr = *csr;
        let starts = if rows == 0 { Some(0) } else { rows.checked_add(1) }.ok_or(LGT_E_SIZE)?;
        guard::extent_of(8, 1, starts, 1)?;
        guard::extent_of(8, 1, csr.nnz, 1)?;
        let indptr = guard::labels(csr.indptr, csr.indptr_type, starts)?;
        let indices = guard::labels(csr.indices, csr.indices_type, csr.nnz)?;
        Csr::new(indptr, indices, csr.nnz, rows, cols)
    }
}

/// A table of numbers that passes all checks; where it starts and how long it is.
#[inline(never)]
pub(super) fn table(
    numbers: &Numbers,
    stride: usize,
    rows: usize,
    cols: usize,
) -> Result<(*const u8, usize), Status> {
    not_null(numbers.address(), rows.min(cols))?;
    Ok((numbers.address(), guard::extent_of(numbers.size(), stride, rows, cols)?))
}

/// Adds to each column's count the rows that have it.
///
/// The counts are what `lgt_inverse_propensity` is made of. Nothing is set to 0
/// first, so that rows may come in parts.
///
/// # Shape
/// `csr`: `rows` rows of columns below `cols`. `counts`: `cols` numbers.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SHAPE` (rows overlap, or end past the last
/// entry), `LGT_E_LABEL` (a column out of range, out of order or twice in a row; an
/// unknown type). The counts are then as they were.
///
/// # Accuracy
/// Exact.
///
/// Thread safety: any thread, as long as no other writes the arrays or uses `counts`.
///
/// # Source
/// By definition.
///
/// # Example
/// ```c
/// int32_t starts[3] = {0, 2, 3}, columns[3] = {0, 3, 3};
/// lgt_csr rows = {starts, columns, 3, LGT_I32, LGT_I32};
/// uint64_t counts[4] = {0};
/// assert(lgt_csr_count(&rows, counts, 2, 4) == LGT_OK);
/// assert(counts[0] == 1 && counts[3] == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_csr_count(
    csr: *const lgt_csr,
    counts: *mut u64,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        read(csr, rows, cols).and_then(|csr| {
            not_null(counts, cols)?;
            guard::extent_of(8, 1, cols, 1)?;
            if cols > 0 {
                let counts = core::slice::from_raw_parts_mut(counts, cols);
                inverse_propensity::count(&csr, counts);
            }
            Ok(LGT_OK)
        })
    })
}
