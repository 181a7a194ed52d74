//! `lgt_association`: a further finish of `lgt_confusion`.

use super::state;
use crate::metrics::association::{self, Association};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how far two columns of classes depend on each other: chi-square and what is
/// made of it, and by how much the one helps to guess the other; the state can go on.
///
/// Classes have no order here. Columns with different numbers of classes have the
/// larger of the two in `init`: classes that are not there do not count. Chi-square is
/// without Yates' correction (scipy's `chi2_contingency(correction=False)`); `cramers_v`,
/// `tschuprows_t` and `contingency` are `scipy.stats.contingency.association`,
/// `cramers_v_corrected` and `tschuprows_t_corrected` those of torchmetrics with
/// `bias_correction`. `theils_u_labels` is how much of the entropy of the labels is known
/// with the predictions, `theils_u_predicted` the other way round, and so are lambda and
/// tau. Of a state with weights, these are repetitions.
///
/// What rests on chi-square is NaN if either column is one class, or nothing was seen;
/// Theil's U, lambda and tau are NaN if what is to be guessed is one class.
///
/// # Shape
/// `state`: one of `lgt_confusion`. `report`: one struct.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` if `cramers_v` is NaN.
///
/// # Accuracy
/// Coefficients are within 1e-12 of their exact values, p-values of chi-square within a
/// relative 1e-11.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// H. Cramer, "Mathematical Methods of Statistics" (1946), section 21.9; W. Bergsma, "A
/// bias-correction for Cramer's V and Tschuprow's T" (2013), equations 8 to 10; H. Theil,
/// "On the estimation of relationships involving qualitative variables" (1970);
/// L. A. Goodman and W. H. Kruskal, "Measures of association for cross classifications"
/// (1954), sections 5 and 9.
///
/// # Example
/// ```c
/// uint64_t state[6 + 1 + 4];
/// uint8_t a[4] = {0, 0, 1, 1}, b[4] = {1, 1, 0, 0};
/// lgt_association_report report;
/// assert(lgt_confusion_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_confusion_update(state, a, LGT_U8, b, LGT_U8, NULL, 4) == LGT_OK);
/// assert(lgt_association_finish(state, &report) == LGT_OK);
/// assert(report.cramers_v == 1 && report.chi2 == 4 && report.lambda_both == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_association_finish(
    state: *const c_void,
    report: *mut Association,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::finish(state, report, association::association, |made: &Association| {
            made.cramers_v.is_nan()
        })
    }
}
