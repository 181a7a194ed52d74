//! `lgt_reliability`: the bins of a reliability curve, and what they amount to.

use super::guard;
use crate::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use crate::status::Status::{self, *};

/// Bins are `(low, high]`, and 0 is in the first.
pub const LGT_BINS_RIGHT: u32 = 0;
/// Bins are `[low, high)`, and 1 is in the last.
pub const LGT_BINS_LEFT: u32 = 1;

/// Sums up a reliability curve: every calibration error that bins can tell, from
/// the bins of `lgt_ece_top_label_get_bins`, `lgt_ece_binary_get_bins`,
/// `lgt_ece_equal_mass` or of the caller.
///
/// With `w_b` the weight in a bin, `c_b` its confidence and `f_b` its frequency:
/// `ece` is the mean of `|c_b - f_b|` weighted by `w_b` (L1), `mce` the largest
/// over bins that are not empty, `rms` the root of the weighted mean of squares
/// (L2; torchmetrics' norms "l1", "max", "l2"). `rms_debiased` subtracts
/// `f_b (1 - f_b) / (n_b - 1)` from each *squared* gap, where `n_b`, the bin's
/// `rows`, is at least 2, whatever their weights; what is below 0 in total
/// counts as 0. (uncertainty-calibration's `get_calibration_error` likewise, but
/// there a bin of a single row has no gap.) `average` is the plain mean over
/// bins that are not empty: netcal's `ACE`, not the adaptive error of
/// `lgt_ace`. A batch function over an array of the caller.
///
/// # Shape
/// `bins`: `count` structs, of which those of weight 0 are passed over; `low` and
/// `high` are not looked at. `report`: one struct; `nan_rows` is 0, since bins do
/// not tell. NaN with `LGT_UNDEFINED` if all are empty.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_VALUE` for a weight that is not from 0 to
/// 2^63, or a confidence or frequency, where there is weight, that is not from 0
/// to 1.01. Advisory: `LGT_UNDEFINED`.
///
/// # Accuracy
/// At most 1e-15 times the number of bins; `rms` and `rms_debiased` in their
/// squares.
///
/// Thread safety: any thread, as long as no other changes the bins.
///
/// # Source
/// C. Guo et al., "On Calibration of Modern Neural Networks" (2017), equations 3
/// and 5; A. Kumar, P. Liang and T. Ma, "Verified Uncertainty Calibration"
/// (2019), section 5, for the debiased norm; L. Neumann, A. Zisserman and A.
/// Vedaldi, "Relaxed Softmax" (2018), for the average.
///
/// # Example
/// ```c
/// lgt_reliability_bin bins[2] = {{3, 3, 0, 0.5, 0.25, 0.5}, {1, 1, 0.5, 1, 0.75, 1}};
/// lgt_reliability_report report;
/// assert(lgt_reliability_finish(bins, 2, &report) == LGT_OK);
/// assert(report.ece == 0.25 && report.mce == 0.25 && report.signed_gap == -0.25);
/// assert(report.rms_debiased == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_reliability_finish(
    bins: *const ReliabilityBin,
    count: usize,
    report: *mut ReliabilityReport,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(bins, count).and_then(|bins| {
            guard::not_null(report, 1)?;
            bins.iter().try_for_each(ReliabilityBin::check)?;
            let result = ReliabilityReport::of(bins.iter().copied(), 0);
            *report = result;
            Ok(if result.ece.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    })
}
