//! `lgt_smooth_ece`: smooth calibration error.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::metrics::smooth_ece::{self, SmoothEceReport, WORDS};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_smooth_ece` needs: for any
/// number of probabilities less than 256 KiB.
///
/// # Shape
/// `n`: number of probabilities. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_smooth_ece_scratch(_n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(Some(WORDS), bytes) }
}

/// The same memory as numbers.
fn as_f64(words: &mut [u64]) -> &mut [f64] {
    // SAFETY: all bits are numbers, and both types have one size and alignment.
    unsafe { words.align_to_mut().1 }
}

unsafe fn apply(
    points: RawPoints,
    report: *mut SmoothEceReport,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        points.check().and_then(|checked| {
            guard::not_null(report, 1)?;
            let scratch = guard::scratch(scratch, scratch_size, Some(WORDS), points.spans(1, 1))?;
            let result = smooth_ece::apply(&checked, as_f64(scratch));
            *report = result;
            Ok(if result.ece.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// Smooth calibration error: the residuals p - y smoothed along p by a Gaussian of
/// bandwidth `s`, reflected at 0 and 1, integrated in magnitude; at the one `s`
/// that is equal to the result.
///
/// It needs no bins and changes smoothly with the probabilities. `s` is found by
/// bisection down to 1/1024; where the error is less even there, it is the result
/// with `bandwidth` 1/1024. relplot's `smECE` is the same measure on a coarser
/// grid, with `s` in steps of 1/1024, but reflects what is within a thousandth of 0
/// or 1 only once: on confident data it differs by hundredths.
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
/// what `lgt_smooth_ece_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (nothing, or a NaN, was there).
///
/// # Accuracy
/// At most 1e-6 where the result is at least 0.01, growing to 2e-5 at 1/1024. The
/// order of rows may change the last bits.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// J. Blasiok and P. Nakkiran, "Smooth ECE: Principled Reliability Diagrams via
/// Kernel Smoothing" (2023), definition 6 and section 3.
///
/// # Example
/// ```c
/// float p[2] = {1, 1};
/// uint8_t y[2] = {0, 1};
/// static uint64_t scratch[1 << 15];
/// lgt_smooth_ece_report report;
/// assert(lgt_smooth_ece_f32(p, y, LGT_U8, NULL, &report, 2, scratch, sizeof scratch) == LGT_OK);
/// assert(report.ece > 0.4999 && report.ece < 0.5001 && report.bandwidth == report.ece);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_smooth_ece_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut SmoothEceReport,
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

/// `double` form of `lgt_smooth_ece_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_smooth_ece_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut SmoothEceReport,
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

/// `lgt_f16` form of `lgt_smooth_ece_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_smooth_ece_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut SmoothEceReport,
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

/// `lgt_bf16` form of `lgt_smooth_ece_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_smooth_ece_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut SmoothEceReport,
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
