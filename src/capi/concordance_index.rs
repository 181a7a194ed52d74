//! `lgt_concordance_index`: Harrell's concordance index.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::{
    columns,
    concordance_index::{self, ConcordanceIndexReport},
};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_concordance_index` needs: 12 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_concordance_index_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(columns::words(n), bytes) }
}

/// Whether each row ended, and the integer type of that.
type Events = (*const c_void, u32);

unsafe fn apply(
    pair: RawPair,
    (events, event_type): Events,
    report: *mut ConcordanceIndexReport,
) -> Status {
    let (n, scratch) = (pair.n, (pair.scratch.cast_const().cast(), pair.scratch_size));
    let make = |columns: &_, words: &mut [u64]| {
        let mut found = None;
        if !events.is_null() {
            let kind = guard::label_type(event_type)?;
            guard::apart(scratch, (events.cast(), n.saturating_mul(kind.size())))?;
            // SAFETY: the contract of the C functions below.
            let events = unsafe { guard::labels(events, event_type, n)? };
            if !events.are_binary(n) {
                return Err(LGT_E_LABEL);
            }
            found = Some(events);
        }
        Ok(concordance_index::apply(columns, found, words))
    };
    // SAFETY: as above.
    unsafe { pair.report(report, columns::words(n), make, |made| made.value.is_nan()) }
}

/// Harrell's concordance index: of the pairs of rows of which it is known which lasted
/// longer, the share that was predicted to, equal predictions counting half.
///
/// A pair is comparable if the shorter of the two ended with an event, or both lasted
/// equally long and just one did: the other was still there. Without `events` all did, and
/// the index is (D + 1) / 2 with Somers' D of x over y; for y of two classes it is the area
/// under the ROC curve. As lifelines' `concordance_index`, larger x is for longer y; give
/// scores of risk with their sign turned. NaN if no pair is comparable. A NaN in x or y is
/// counted in `nan_rows` and makes the result NaN; infinities are numbers like others. A
/// batch function over arrays and scratch of the caller, in time n log n.
///
/// # Shape
/// `x`: `n` predictions. `y`: `n` times. `events`: `n` times 1 for an event or 0, of the
/// integer type `event_type` (`LGT_I8` to `LGT_U64`), or NULL. `report`: one struct.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_concordance_index_scratch` says,
/// apart from the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (events), `LGT_E_SCRATCH` (too small, not
/// aligned), `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (no comparable
/// pair, or a NaN).
///
/// # Accuracy
/// Counts are exact, and divided once. The same rows give the same bits in any order.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// F. E. Harrell et al., "Evaluating the yield of medical tests" (1982).
///
/// # Example
/// ```c
/// float x[4] = {1, 2, 2, 3}, y[4] = {1, 2, 3, 4};
/// uint8_t ended[4] = {1, 0, 1, 1};
/// uint64_t scratch[3 * 2];
/// lgt_concordance_index_report report;
/// assert(lgt_concordance_index_f32(x, y, ended, LGT_U8, &report, 4, scratch,
///                                  sizeof scratch) == LGT_OK);
/// assert(report.concordant == 4 && report.ties_x == 0 && report.value == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_concordance_index_f32(
    x: *const f32,
    y: *const f32,
    events: *const c_void,
    event_type: u32,
    report: *mut ConcordanceIndexReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, (events, event_type), report) }
}

/// `double` form of `lgt_concordance_index_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_concordance_index_f64(
    x: *const f64,
    y: *const f64,
    events: *const c_void,
    event_type: u32,
    report: *mut ConcordanceIndexReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, (events, event_type), report) }
}

/// `lgt_f16` form of `lgt_concordance_index_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_concordance_index_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    events: *const c_void,
    event_type: u32,
    report: *mut ConcordanceIndexReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, (events, event_type), report) }
}

/// `lgt_bf16` form of `lgt_concordance_index_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_concordance_index_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    events: *const c_void,
    event_type: u32,
    report: *mut ConcordanceIndexReport,
    n: usize,
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
    unsafe { apply(pair, (events, event_type), report) }
}
