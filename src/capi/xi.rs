//! `lgt_xi`: Chatterjee's correlation.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::{
    columns,
    xi::{self, XiReport},
};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Rows of equal x are taken in the order they come in.
pub const LGT_XI_GIVEN: u32 = 1;
/// y is known to have no ties.
pub const LGT_XI_CONTINUOUS: u32 = 2;

/// Writes how many bytes of scratch `lgt_xi` needs: 12 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xi_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(columns::words(n), bytes) }
}

unsafe fn apply(pair: RawPair, report: *mut XiReport, flags: u32) -> Status {
    let make = |columns: &_, scratch: &mut [u64]| {
        if flags > LGT_XI_GIVEN | LGT_XI_CONTINUOUS {
            return Err(LGT_E_OPTION);
        }
        let (given, continuous) = (flags & LGT_XI_GIVEN != 0, flags & LGT_XI_CONTINUOUS != 0);
        Ok(xi::apply(columns, given, continuous, scratch))
    };
    // SAFETY: the contract of the C functions below.
    unsafe { pair.report(report, columns::words(pair.n), make, |made| made.xi.is_nan()) }
}

/// Chatterjee's correlation xi: how well y is told by x, 0 if not at all and towards 1 if
/// it is a function of x, of any shape. It is not symmetric.
///
/// scipy's `chatterjeexi(x, y)`, with its p-value, which is one-sided, by the normal
/// distribution; `LGT_XI_CONTINUOUS` is `y_continuous=True`. Where x are equal, Chatterjee
/// takes their rows in an order of chance: here the result is the mean over all such
/// orders, so that it does not depend on the order of rows; with `LGT_XI_GIVEN` their order
/// is the one they come in, as in scipy with a stable sort. NaN if y is constant. Infinities
/// are numbers like others. A NaN is counted in `nan_rows` and makes the result NaN. A
/// batch function over arrays and scratch of the caller.
///
/// # Shape
/// `x`, `y`: `n` numbers each. `flags`: 0, or a sum of `LGT_XI_GIVEN` and
/// `LGT_XI_CONTINUOUS`. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
/// aligned, at least what `lgt_xi_scratch` says, apart from the other arrays; what is
/// there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
/// `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (y constant,
/// nothing, or a NaN).
///
/// # Accuracy
/// xi: at most 1e-14. Standard error: a relative 1e-11 up to 1e8 rows.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// S. Chatterjee, "A new coefficient of correlation" (2021), equations 1.1, 1.2 and 2.2.
///
/// # Example
/// ```c
/// float x[5] = {1, 2, 3, 4, 5}, y[5] = {1, 3, 2, 5, 4};
/// uint64_t scratch[3 * 3];
/// lgt_xi_report report;
/// assert(lgt_xi_f32(x, y, &report, 5, 0, scratch, sizeof scratch) == LGT_OK);
/// assert(report.xi == 1 - 5.0 * 7 / (2 * 20));
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xi_f32(
    x: *const f32,
    y: *const f32,
    report: *mut XiReport,
    n: usize,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, flags) }
}

/// `double` form of `lgt_xi_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xi_f64(
    x: *const f64,
    y: *const f64,
    report: *mut XiReport,
    n: usize,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, flags) }
}

/// `lgt_f16` form of `lgt_xi_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xi_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut XiReport,
    n: usize,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, flags) }
}

/// `lgt_bf16` form of `lgt_xi_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_xi_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut XiReport,
    n: usize,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair {
        x: Numbers::Bf16(x.cast()),
        y: Numbers::Bf16(y.cast()),
        n,
        scratch,
        scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, flags) }
}
