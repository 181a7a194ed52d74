//! `lgt_brier_decomposition`: what a Brier score is made of.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::metrics::bins::MAX_BINS;
use crate::metrics::brier_decomposition::{self, BrierDecompositionReport};
use crate::metrics::reliability::ReliabilityBin;
use crate::metrics::sorted;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_brier_decomposition` needs: 24 a probability.
///
/// # Shape
/// `n`: number of probabilities, below 2^32. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_decomposition_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(sorted::words(n), bytes) }
}

unsafe fn apply(
    points: RawPoints,
    report: *mut BrierDecompositionReport,
    bins: u32,
    (scratch, scratch_size): (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        points.check().and_then(|checked| {
            guard::not_null(report, 1)?;
            if bins > MAX_BINS {
                return Err(LGT_E_VALUE);
            }
            let scratch =
                guard::scratch(scratch, scratch_size, sorted::words(points.n), points.spans(1, 1))?;
            let result = brier_decomposition::apply(&checked, bins as usize, scratch);
            *report = result;
            Ok(if result.brier.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// The Brier score of forecasts of one thing and what it is made of: `brier =
/// reliability - resolution + uncertainty + within_variance - within_covariance`.
///
/// With `bins` = 0 a group is all forecasts of one value (-0 is 0): then nothing
/// is within, and the first three are all of it, exactly. Otherwise groups are
/// bins of equal width, `(low, high]` with 0 in the first, whose edges are
/// `k / bins` rounded to the type of the data; then `resolution +
/// within_covariance - within_variance` is Stephenson's generalised resolution.
/// The score itself is scikit-learn's `brier_score_loss` of binary labels, half of
/// `lgt_brier` of two classes.
///
/// A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
/// result NaN. A batch function over arrays and scratch of the caller.
///
/// # Shape
/// `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
/// `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
/// 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
/// out. `report`: one struct. `bins`: 0, or 1 to 65536. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
/// what `lgt_brier_decomposition_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, bins),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (nothing, or a NaN, was there).
///
/// # Accuracy
/// Each part is at most 1e-15 off. The order of equal forecasts may change the last
/// bits.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. H. Murphy, "A New Vector Partition of the Probability Score" (1973); D. B.
/// Stephenson, C. A. S. Coelho and I. T. Jolliffe, "Two Extra Components in the
/// Brier Score Decomposition" (2008), equation 5.
///
/// # Example
/// ```c
/// float p[4] = {0.25f, 0.25f, 0.75f, 0.75f};
/// uint8_t y[4] = {0, 0, 1, 0};
/// uint64_t scratch[3 * 4];
/// lgt_brier_decomposition_report report;
/// assert(lgt_brier_decomposition_f32(p, y, LGT_U8, NULL, &report, 4, 0, scratch,
///                                    sizeof scratch) == LGT_OK);
/// assert(report.groups == 2 && report.reliability == 0.0625 && report.resolution == 0.0625);
/// assert(report.brier == 0.1875 && report.uncertainty == 0.1875);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_decomposition_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut BrierDecompositionReport,
    n: usize,
    bins: u32,
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
    unsafe { apply(points, report, bins, (scratch, scratch_size)) }
}

/// `double` form of `lgt_brier_decomposition_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_decomposition_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut BrierDecompositionReport,
    n: usize,
    bins: u32,
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
    unsafe { apply(points, report, bins, (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_brier_decomposition_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_decomposition_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut BrierDecompositionReport,
    n: usize,
    bins: u32,
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
    unsafe { apply(points, report, bins, (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_brier_decomposition_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_decomposition_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut BrierDecompositionReport,
    n: usize,
    bins: u32,
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
    unsafe { apply(points, report, bins, (scratch, scratch_size)) }
}

/// The parts of a Brier score that bins tell, from those of
/// `lgt_ece_binary_get_bins`, say, which merge.
///
/// Reliability, resolution and uncertainty are those of `lgt_brier_decomposition`
/// with the same bins. The parts within bins need the squares of forecasts and
/// their products with outcomes, which bins do not hold: `within_variance`,
/// `within_covariance` and `brier` are NaN. A score known from elsewhere tells
/// their difference, `brier - (reliability - resolution + uncertainty)`. A batch
/// function over an array of the caller.
///
/// # Shape
/// `bins`: `count` structs, of which those of weight 0 are passed over. `report`:
/// one struct. All NaN with `LGT_UNDEFINED` if all are empty.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_VALUE` as of `lgt_reliability_finish`.
/// Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the bins.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_decomposition_finish(
    bins: *const ReliabilityBin,
    count: usize,
    report: *mut BrierDecompositionReport,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(bins, count).and_then(|bins| {
            guard::not_null(report, 1)?;
            bins.iter().try_for_each(ReliabilityBin::check)?;
            let result = brier_decomposition::of_bins(bins);
            *report = result;
            Ok(if result.reliability.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}
