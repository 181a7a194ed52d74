//! `lgt_rank`: ranks of numbers.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::columns::Columns;
use crate::correlation::rank::{self, Method, RankReport};
use crate::rows::numbers::Numbers;
use crate::rows::order;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Equal numbers have the mean of their ranks.
pub const LGT_RANK_AVERAGE: u32 = 0;
/// The least of them.
pub const LGT_RANK_MIN: u32 = 1;
/// The largest of them.
pub const LGT_RANK_MAX: u32 = 2;
/// Ranks of different numbers are without gaps.
pub const LGT_RANK_DENSE: u32 = 3;
/// Different ranks, in the order they come in.
pub const LGT_RANK_ORDINAL: u32 = 4;

/// Writes how many bytes of scratch `lgt_rank` needs: 8 a number.
///
/// # Shape
/// `n`: number of numbers, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rank_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(order::words(n), bytes) }
}

unsafe fn apply(
    // x and y are the same.
    pair: RawPair,
    ranks: *mut f64,
    report: *mut RankReport,
    method: u32,
) -> Status {
    let [(x, bytes), _] = pair.spans();
    let make = |columns: &Columns, scratch: &mut [u64]| {
        let method = match method {
            LGT_RANK_AVERAGE => Method::Average,
            LGT_RANK_MIN => Method::Min,
            LGT_RANK_MAX => Method::Max,
            LGT_RANK_DENSE => Method::Dense,
            LGT_RANK_ORDINAL => Method::Ordinal,
            _ => return Err(LGT_E_OPTION),
        };
        guard::not_null(ranks, columns.n)?;
        let of_ranks = (ranks.cast_const().cast(), size_of_val(scratch));
        guard::apart(of_ranks, (x, bytes))?;
        guard::apart(of_ranks, (scratch.as_ptr().cast(), size_of_val(scratch)))?;
        // SAFETY: the contract of the C functions below.
        Ok(unsafe { rank::apply(&columns.x, columns.n, ranks, method, scratch) })
    };
    // SAFETY: as above.
    unsafe { pair.report(report, order::words(pair.n), make, |made| made.nan_rows > 0) }
}

/// The ranks of numbers, from 1 on, the least first.
///
/// scipy's `rankdata`. Equal numbers (-0 and 0 are) have, by `method`, the mean of the
/// ranks they take up (`LGT_RANK_AVERAGE`), the least (`LGT_RANK_MIN`) or the largest of
/// them (`LGT_RANK_MAX`), the one next after that of the next smaller number
/// (`LGT_RANK_DENSE`), or different ones in the order they came in (`LGT_RANK_ORDINAL`).
/// Infinities are numbers like others. A NaN is counted in `nan_rows` and makes all ranks
/// NaN. A batch function over arrays and scratch of the caller.
///
/// # Shape
/// `x`: `n` numbers. `ranks`: `n` numbers to write, apart from x. `report`: one struct.
/// `method`: an `LGT_RANK_` number. `scratch`: `scratch_size` bytes, 8-byte aligned, at
/// least what `lgt_rank_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION` (method), `LGT_E_SCRATCH` (too small, not
/// aligned), `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (a NaN).
///
/// # Accuracy
/// Exact.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. G. Kendall, "The treatment of ties in ranking problems" (1945).
///
/// # Example
/// ```c
/// float x[4] = {0, 2, 3, 2};
/// double ranks[4];
/// uint64_t scratch[4];
/// lgt_rank_report report;
/// assert(lgt_rank_f32(x, ranks, &report, 4, LGT_RANK_AVERAGE, scratch, sizeof scratch)
///        == LGT_OK);
/// assert(ranks[0] == 1 && ranks[1] == 2.5 && ranks[2] == 4 && ranks[3] == 2.5);
/// assert(report.distinct == 3 && report.tie_correction == 0.9);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rank_f32(
    x: *const f32,
    ranks: *mut f64,
    report: *mut RankReport,
    n: usize,
    method: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(x), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, ranks, report, method) }
}

/// `double` form of `lgt_rank_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rank_f64(
    x: *const f64,
    ranks: *mut f64,
    report: *mut RankReport,
    n: usize,
    method: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(x), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, ranks, report, method) }
}

/// `lgt_f16` form of `lgt_rank_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rank_f16(
    x: *const lgt_f16,
    ranks: *mut f64,
    report: *mut RankReport,
    n: usize,
    method: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(x.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, ranks, report, method) }
}

/// `lgt_bf16` form of `lgt_rank_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rank_bf16(
    x: *const lgt_bf16,
    ranks: *mut f64,
    report: *mut RankReport,
    n: usize,
    method: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair {
        x: Numbers::Bf16(x.cast()),
        y: Numbers::Bf16(x.cast()),
        n,
        scratch,
        scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, ranks, report, method) }
}
