//! `lgt_ece_equal_mass`: calibration error over bins of equal mass.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::metrics::bins::MAX_BINS;
use crate::metrics::ece_equal_mass::{self, Opts};
use crate::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use crate::metrics::sorted;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Equal probabilities may be parted by a bin's end, in the order of their rows.
pub const LGT_TIES_SPLIT: u32 = 0;
/// Equal probabilities are in one bin.
pub const LGT_TIES_TOGETHER: u32 = 1;

/// Writes how many bytes of scratch `lgt_ece_equal_mass` needs: 24 a probability.
///
/// # Shape
/// `n`: number of probabilities, below 2^32. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_equal_mass_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(sorted::words(n), bytes) }
}

unsafe fn apply(
    points: RawPoints,
    report: *mut ReliabilityReport,
    bins: *mut ReliabilityBin,
    (count, ties): (u32, u32),
    (scratch, scratch_size): (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        points.check().and_then(|checked| {
            guard::not_null(report, 1)?;
            if !(1..=MAX_BINS).contains(&count) || ties > LGT_TIES_TOGETHER {
                return Err(LGT_E_VALUE);
            }
            let opts = Opts { count: count as usize, together: ties == LGT_TIES_TOGETHER };
            let spans = points.spans(1, 1);
            let words = sorted::words(points.n);
            let scratch = guard::scratch(scratch, scratch_size, words, spans)?;
            let [x, labels, weights] = spans;
            let others = [x, labels, weights, (scratch.as_ptr().cast(), size_of_val(scratch))];
            let column = guard::column(bins, opts.count, &others)?;
            let result = ece_equal_mass::apply(&checked, column, opts, scratch);
            *report = result;
            Ok(if result.ece.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// Calibration errors over `count` bins of equal mass: rows in order of their
/// probabilities, cut into parts of as equal numbers as can be, of which the first
/// ones hold one more where they must (numpy's `array_split`).
///
/// Rows are counted, not weighed: weights have an effect on the means. Equal
/// probabilities that a cut parts stay, with `LGT_TIES_SPLIT`, on both sides of it
/// in the order of their rows (`array_split` of a stable sort; so
/// torch-uncertainty's `AdaptiveCalibrationError`, which of two classes asks about
/// the likelier one), so that the order of rows can
/// change the result; with `LGT_TIES_TOGETHER` all go below it, and bins may be
/// empty (uncertainty-calibration's `get_equal_bins`).
///
/// A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
/// result NaN. A batch function over arrays and scratch of the caller.
///
/// # Shape
/// `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
/// `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
/// 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
/// out. `report`: one struct. `bins`: `count` structs for the bins, lowest first, whose
/// `low` and `high` are their least and largest probability; or NULL. `count`: 1 to
/// 65536. `ties`: `LGT_TIES_SPLIT` or `LGT_TIES_TOGETHER`. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
/// what `lgt_ece_equal_mass_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, count, ties),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` (nothing, or a NaN, was there).
///
/// # Accuracy
/// At most 1e-15 times the number of bins (`rms_debiased`: its square).
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. Kumar, P. Liang and T. Ma, "Verified Uncertainty Calibration" (2019), section
/// 3; K. Nguyen and B. O'Connor, "Posterior calibration and exploratory analysis
/// for natural language processing models" (2015), section 4.2.
///
/// # Example
/// ```c
/// float p[4] = {0.75f, 0.25f, 0.75f, 0.25f};
/// uint8_t y[4] = {1, 0, 0, 0};
/// uint64_t scratch[3 * 4];
/// lgt_reliability_report report;
/// lgt_reliability_bin bins[2];
/// assert(lgt_ece_equal_mass_f32(p, y, LGT_U8, NULL, &report, bins, 4, 2, LGT_TIES_SPLIT, scratch,
///                               sizeof scratch) == LGT_OK);
/// assert(report.ece == 0.25 && bins[0].rows == 2 && bins[1].low == 0.75);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_equal_mass_f32(
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut ReliabilityReport,
    bins: *mut ReliabilityBin,
    n: usize,
    count: u32,
    ties: u32,
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
    unsafe { apply(points, report, bins, (count, ties), (scratch, scratch_size)) }
}

/// `double` form of `lgt_ece_equal_mass_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_equal_mass_f64(
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut ReliabilityReport,
    bins: *mut ReliabilityBin,
    n: usize,
    count: u32,
    ties: u32,
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
    unsafe { apply(points, report, bins, (count, ties), (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_ece_equal_mass_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_equal_mass_f16(
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut ReliabilityReport,
    bins: *mut ReliabilityBin,
    n: usize,
    count: u32,
    ties: u32,
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
    unsafe { apply(points, report, bins, (count, ties), (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_ece_equal_mass_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_equal_mass_bf16(
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut ReliabilityReport,
    bins: *mut ReliabilityBin,
    n: usize,
    count: u32,
    ties: u32,
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
    unsafe { apply(points, report, bins, (count, ties), (scratch, scratch_size)) }
}
