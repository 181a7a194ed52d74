//! `lgt_ks_calibration`: Kolmogorov-Smirnov calibration error.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::metrics::ks_calibration::{self, KsCalibrationReport};
use crate::metrics::sorted;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_ks_calibration` needs: 24 a probability.
///
/// # Shape
/// `n`: number of probabilities, below 2^32. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_calibration_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(sorted::words(n), bytes) }
}

unsafe fn apply(
    points: RawPoints,
    report: *mut KsCalibrationReport,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        points.check().and_then(|checked| {
            guard::not_null(report, 1)?;
            let scratch =
                guard::scratch(scratch, scratch_size, sorted::words(points.n), points.spans(1, 1))?;
            let result = ks_calibration::apply(&checked, scratch);
            *report = result;
            Ok(if result.ks.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// The Kolmogorov-Smirnov calibration error, which needs no bins: the largest
/// difference, over all thresholds, between the sum of probabilities up to it and
/// the number of what came true there, as a share of all weight.
///
/// Sums are looked at where a run of equal probabilities ends, so that the order
/// of rows does not matter. `ks` is the largest magnitude (ECCE-MAD), `kuiper` the
/// range of the sums, with the 0 before the first (ECCE-R); probmetrics has
/// both, but looks inside ties too.
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
/// what `lgt_ks_calibration_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (nothing, or a NaN, was there).
///
/// # Accuracy
/// At most 1e-15; the order of equal probabilities may change the last bits.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// K. Gupta et al., "Calibration of Neural Networks using Splines" (2021), equation
/// 6; I. Arrieta-Ibarra et al., "Metrics of Calibration for Probabilistic
/// Predictions" (2022), for Kuiper's.
///
/// # Example
/// ```c
/// float p[4] = {0.25f, 0.25f, 0.75f, 0.75f};
/// uint8_t y[4] = {0, 0, 1, 0};
/// uint64_t scratch[3 * 4];
/// lgt_ks_calibration_report report;
/// assert(lgt_ks_calibration_f32(p, y, LGT_U8, NULL, &report, 4, scratch, sizeof scratch) == LGT_OK);
/// assert(report.ks == 0.25 && report.at == 0.75 && report.kuiper == 0.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_calibration_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut KsCalibrationReport,
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

/// `double` form of `lgt_ks_calibration_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_calibration_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut KsCalibrationReport,
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

/// `lgt_f16` form of `lgt_ks_calibration_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_calibration_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut KsCalibrationReport,
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

/// `lgt_bf16` form of `lgt_ks_calibration_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_calibration_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut KsCalibrationReport,
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
