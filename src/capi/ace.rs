//! `lgt_ace`: adaptive calibration error.

use super::guard;
use super::inputs::RawPoints;
use super::types::*;
use crate::metrics::ace::{self, AceReport, Opts};
use crate::metrics::bins::MAX_BINS;
use crate::metrics::sorted;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_ace` needs: 24 a row.
///
/// # Shape
/// `rows`: number of rows, below 2^32. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ace_scratch(rows: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(sorted::words(rows), bytes) }
}

unsafe fn apply(
    points: RawPoints,
    (x_stride, cols): (usize, usize),
    report: *mut AceReport,
    (bins, threshold): (u32, f64),
    (scratch, scratch_size): (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        points.check_table(x_stride, cols).and_then(|table| {
            guard::not_null(report, 1)?;
            if !(1..=MAX_BINS).contains(&bins) || !(0.0..1.0).contains(&threshold) {
                return Err(LGT_E_VALUE);
            }
            let spans = points.spans(x_stride, cols);
            let scratch = guard::scratch(scratch, scratch_size, sorted::words(points.n), spans)?;
            let result = ace::apply(&table, Opts { bins: bins as usize, threshold }, scratch);
            *report = result;
            Ok(if result.ace.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// Adaptive calibration error of rows of probabilities: for each class `bins` bins
/// of equal mass, and the plain mean of the gaps |confidence - frequency| over all
/// bins of all classes that are not empty.
///
/// The bins of a class hold as equal numbers of rows as can be, the first ones one
/// more where they must (numpy's `array_split` of a stable sort); rows are
/// counted, weights have an effect on the means. So equal probabilities may be
/// parted in the order of their rows. With a threshold (TACE) probabilities below
/// it, as rounded to the type of the data, are left out first. A row with a NaN,
/// or a value that is not in 0 .. 1.01, is counted in `nan_rows` and makes the
/// result NaN. A batch function over arrays and scratch of the caller. netcal's
/// `ACE` is another measure: `average` of a reliability report.
///
/// # Shape
/// `x`: probabilities, rows x cols, row-major, stride in elements, at least cols.
/// `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or NULL
/// for 1 each; a weight of 0, or below 2^-160, leaves its row out. `report`: one
/// struct. `bins`: 1 to 65536. `threshold`: 0 for none, from 0 to below 1.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_ace_scratch` says, apart from the other arrays; what is there before does
/// not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights, bins, threshold), `LGT_E_SCRATCH` (too small, not aligned),
/// `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (nothing, or a NaN, was there).
///
/// # Accuracy
/// At most 1e-15 times the number of bins.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// J. Nixon et al., "Measuring Calibration in Deep Learning" (2019), section 4:
/// adaptive calibration error, and thresholding.
///
/// # Example
/// ```c
/// float p[2][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}};
/// uint8_t y[2] = {0, 1};
/// uint64_t scratch[3 * 2];
/// lgt_ace_report report;
/// assert(lgt_ace_f32(&p[0][0], 2, y, LGT_U8, NULL, &report, 2, 2, 1, 0, scratch,
///                    sizeof scratch) == LGT_OK);
/// assert(report.ace == 0.25 && report.classes == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ace_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AceReport,
    rows: usize,
    cols: usize,
    bins: u32,
    threshold: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let (shape, scratch) = ((x_stride, cols), (scratch, scratch_size));
    // SAFETY: the contract of this function.
    unsafe { apply(points, shape, report, (bins, threshold), scratch) }
}

/// `double` form of `lgt_ace_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ace_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    report: *mut AceReport,
    rows: usize,
    cols: usize,
    bins: u32,
    threshold: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let (shape, scratch) = ((x_stride, cols), (scratch, scratch_size));
    // SAFETY: the contract of this function.
    unsafe { apply(points, shape, report, (bins, threshold), scratch) }
}

/// `lgt_f16` form of `lgt_ace_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ace_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AceReport,
    rows: usize,
    cols: usize,
    bins: u32,
    threshold: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let (shape, scratch) = ((x_stride, cols), (scratch, scratch_size));
    // SAFETY: the contract of this function.
    unsafe { apply(points, shape, report, (bins, threshold), scratch) }
}

/// `lgt_bf16` form of `lgt_ace_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ace_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    report: *mut AceReport,
    rows: usize,
    cols: usize,
    bins: u32,
    threshold: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let (shape, scratch) = ((x_stride, cols), (scratch, scratch_size));
    // SAFETY: the contract of this function.
    unsafe { apply(points, shape, report, (bins, threshold), scratch) }
}
