//! `lgt_hosmer_lemeshow`: a test of calibration, from bins.

use super::guard;
use crate::metrics::hosmer_lemeshow::HosmerLemeshowReport;
use crate::metrics::reliability::ReliabilityBin;
use crate::status::Status::{self, *};

/// Tests the bins of a reliability curve for calibration: the statistic of Hosmer and
/// Lemeshow, the sum over bins that are not empty of `n (f - c)^2 / (c (1 - c))` with
/// weight n, frequency f and confidence c, and its p-value from chi-square.
///
/// Bins of any make will do: those of equal width of `lgt_binary_get_bins`, or those of
/// equal mass that the test was made for. `dof_offset` is what is taken from the number
/// of bins for degrees of freedom: 2 if the model was fitted to these rows, as in the
/// paper, and 0 if it was not (`hosmer_lemeshow_test` of calzone: `df` = bins less 2).
/// Weights are taken as repetitions. Where c is 0 or 1, a frequency other than that
/// makes the statistic +inf. A batch function over an array of the caller.
///
/// # Shape
/// `bins`: `count` structs, of which those of weight 0 are passed over; `rows`, `low`
/// and `high` are not looked at. `report`: one struct. With no degree of freedom left
/// `p_value` is NaN, with `LGT_UNDEFINED`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_VALUE` for a weight that is not from 0 to 2^63, or
/// a confidence or frequency, where there is weight, that is not from 0 to 1.01.
/// Advisory: `LGT_UNDEFINED`.
///
/// # Accuracy
/// `statistic`: at most 1e-14 relative to confidences and frequencies as they are given.
/// `p_value`: at most 1e-12 relative to the statistic as it is written.
///
/// Thread safety: any thread, as long as no other changes the bins.
///
/// # Source
/// D. W. Hosmer and S. Lemeshow, "Goodness of fit tests for the multiple logistic
/// regression model" (1980).
///
/// # Example
/// ```c
/// lgt_reliability_bin bins[2] = {{8, 8, 0, 0.5, 0.5, 0.75}, {8, 8, 0.5, 1, 0.5, 0.5}};
/// lgt_hosmer_lemeshow_report report;
/// assert(lgt_hosmer_lemeshow_finish(bins, 2, 0, &report) == LGT_OK);
/// assert(report.statistic == 2 && report.degrees == 2);
/// assert(report.p_value > 0.367879 && report.p_value < 0.367880);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_hosmer_lemeshow_finish(
    bins: *const ReliabilityBin,
    count: usize,
    dof_offset: u32,
    report: *mut HosmerLemeshowReport,
) -> Status {
    if report.is_null() || (bins.is_null() && count > 0) {
        return LGT_E_NULL;
    }
    if count > isize::MAX as usize / size_of::<ReliabilityBin>() {
        return LGT_E_SIZE;
    }
    let bins = match count {
        0 => &[],
        // SAFETY: the contract of this function.
        _ => unsafe { core::slice::from_raw_parts(bins, count) },
    };
    guard::code(bins.iter().try_for_each(ReliabilityBin::check).map(|()| {
        let found = HosmerLemeshowReport::of(bins, dof_offset);
        // SAFETY: the contract of this function.
        unsafe { *report = found };
        if found.p_value.is_nan() { LGT_UNDEFINED } else { LGT_OK }
    }))
}
