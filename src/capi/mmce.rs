//! `lgt_mmce`: maximum mean calibration error.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::metrics::mmce::{self, MmceReport};
use crate::metrics::sorted;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_mmce` needs: 24 a probability.
///
/// # Shape
/// `n`: number of probabilities, below 2^32. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mmce_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(sorted::words(n), bytes) }
}

unsafe fn apply(
    points: RawPoints,
    report: *mut MmceReport,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        points.check().and_then(|checked| {
            guard::not_null(report, 1)?;
            let scratch =
                guard::scratch(scratch, scratch_size, sorted::words(points.n), points.spans(1, 1))?;
            let result = mmce::apply(&checked, scratch);
            *report = result;
            Ok(if result.mmce.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// Maximum mean calibration error: `sqrt(sum_ij u_i u_j exp(-|p_i - p_j| / 0.4))`,
/// with `u_i = w_i (p_i - y_i) / W` (`mmce`), or with what came true and what did
/// not weighing 1 each (`mmce_weighted`: `u_i` is `w_i (1 - p_i) / W_1` for the
/// former, `-w_i p_i / W_0` for the latter).
///
/// A sort and one pass, not a double sum. `mmce` is netcal's `MMCE` of confidences
/// and hits. Where only one sort is there the other adds nothing to
/// `mmce_weighted`.
///
/// A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
/// result NaN. A batch function over arrays and scratch of the caller.
///
/// # Shape
/// `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
/// `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
/// 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
/// out. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
/// what `lgt_mmce_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (nothing, or a NaN, was there).
///
/// # Accuracy
/// The squares are right to 1e-14, and never negative.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. Kumar, S. Sarawagi and U. Jain, "Trainable Calibration Measures for Neural
/// Networks from Kernel Mean Embeddings" (2018), equations 5 and 6.
///
/// # Example
/// ```c
/// float p[2] = {0.75f, 0.75f};
/// uint8_t y[2] = {1, 0};
/// uint64_t scratch[3 * 2];
/// lgt_mmce_report report;
/// assert(lgt_mmce_f32(p, y, LGT_U8, NULL, &report, 2, scratch, sizeof scratch) == LGT_OK);
/// assert(report.mmce > 0.2499 && report.mmce < 0.2501);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mmce_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut MmceReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F32(x),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, scratch, scratch_size) }
}

/// `double` form of `lgt_mmce_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mmce_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut MmceReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F64(x),
        labels,
        label_type,
        weights: Numbers::F64(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_mmce_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mmce_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut MmceReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_mmce_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mmce_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut MmceReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::Bf16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(points, report, scratch, scratch_size) }
}
