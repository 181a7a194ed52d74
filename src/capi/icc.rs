//! `lgt_icc`: intraclass correlations.

use super::guard;
use super::types::*;
use crate::agreement::icc::{self, IccReport, Ratings};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_icc` needs: 8 for each item and each rater.
///
/// # Shape
/// `items`, `raters`: how many. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_icc_scratch(items: usize, raters: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(icc::words(items, raters), bytes) }
}

unsafe fn apply(
    of: Ratings,
    report: *mut IccReport,
    confidence: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::numbers(of.numbers, of.stride, of.items, of.raters).and_then(|span| {
            guard::not_null(report, 1)?;
            guard::confidence(confidence)?;
            let words = icc::words(of.items, of.raters);
            let scratch = guard::scratch(scratch, scratch_size, words, [span])?;
            let made = icc::apply(&of, confidence, scratch);
            *report = made;
            Ok(if made.icc1.icc.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}

/// Intraclass correlations of items that were all rated by the same number of raters:
/// how much of the spread of ratings is that of the items.
///
/// All six forms of Shrout and Fleiss, each with its F test and confidence interval, as
/// in pingouin's `intraclass_corr` and R's `psych::ICC`: `icc1` if each item has raters
/// of its own, `icc2` if the raters are a sample and rate all items, `icc3` if they are
/// all the raters there are; and `icc1k`, `icc2k`, `icc3k` for the mean of all raters
/// (`icc3k` is Cronbach's alpha).
///
/// Ratings without any spread, one item or one rater: NaN. A rating that is no finite
/// number makes all NaN (`nan_items`); there are no missing values. Without any error F is
/// infinite, or as large as rounding makes it, and intervals are points. `icc2k` and its bounds are -inf where the formulas, and
/// pingouin, divide by what is not above 0. The order of items and of raters does not change
/// a bit.
///
/// # Shape
/// `x`: items x raters, row-major, stride in elements, at least raters. `report`: one
/// struct. `confidence`: of the intervals, above 0 and below 1. `scratch`:
/// `scratch_size` bytes, 8-byte aligned, at least what `lgt_icc_scratch` says, apart from
/// `x`; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (confidence),
/// `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`
/// (`icc1` is NaN).
///
/// # Accuracy
/// Correlations: within 1e-12 of their exact values, as long as the ratings are further
/// apart than 1e-4 of their mean; p-values: a relative 1e-12 for the F that is written.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater
/// reliability" (1979), the section on each form.
///
/// # Example
/// ```c
/// float x[6][4] = {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8},
///                  {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
/// uint64_t scratch[6 + 4];
/// lgt_icc_report report;
/// assert(lgt_icc_f32(&x[0][0], 4, &report, 6, 4, 0.95, scratch, sizeof scratch) == LGT_OK);
/// assert(report.icc1.icc > 0.165 && report.icc1.icc < 0.166);
/// assert(report.icc2.icc > 0.289 && report.icc2.icc < 0.290);
/// assert(report.icc3k.icc > 0.909 && report.icc3k.icc < 0.910);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_icc_f32(
    x: *const f32,
    x_stride: usize,
    report: *mut IccReport,
    items: usize,
    raters: usize,
    confidence: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let of = Ratings { numbers: Numbers::F32(x), stride: x_stride, items, raters };
    // SAFETY: the contract of this function.
    unsafe { apply(of, report, confidence, scratch, scratch_size) }
}

/// `double` form of `lgt_icc_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_icc_f64(
    x: *const f64,
    x_stride: usize,
    report: *mut IccReport,
    items: usize,
    raters: usize,
    confidence: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let of = Ratings { numbers: Numbers::F64(x), stride: x_stride, items, raters };
    // SAFETY: the contract of this function.
    unsafe { apply(of, report, confidence, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_icc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_icc_f16(
    x: *const lgt_f16,
    x_stride: usize,
    report: *mut IccReport,
    items: usize,
    raters: usize,
    confidence: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let of = Ratings { numbers: Numbers::F16(x.cast()), stride: x_stride, items, raters };
    // SAFETY: the contract of this function.
    unsafe { apply(of, report, confidence, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_icc_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_icc_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    report: *mut IccReport,
    items: usize,
    raters: usize,
    confidence: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let of = Ratings { numbers: Numbers::Bf16(x.cast()), stride: x_stride, items, raters };
    // SAFETY: the contract of this function.
    unsafe { apply(of, report, confidence, scratch, scratch_size) }
}
