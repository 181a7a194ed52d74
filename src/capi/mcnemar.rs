//! `lgt_mcnemar`: functions of counts and of labels.

use super::guard;
use crate::metrics::mcnemar::{self, McNemar};
use crate::status::Status;
use core::ffi::c_void;

/// Writes a report; what was never apart has no test.
unsafe fn write(b: u64, c: u64, report: *mut McNemar) -> Status {
    let made = mcnemar::mcnemar(b, c);
    // SAFETY: the contract of the C functions.
    unsafe { *report = made };
    if made.exact_p.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK }
}

/// Tests whether two classifiers are right equally often, from how many rows only
/// the one and only the other has right.
///
/// A function of two counts and no state: add them up over parts of the data. The
/// exact p-value is twice the smaller tail of the binomial distribution, at most 1:
/// scipy's `binomtest(b, b + c)`. With and without the continuity correction are
/// those of statsmodels' `mcnemar`, but that b = c gives 0 with it too, as in R.
///
/// # Shape
/// `b`: rows that only the first has right. `c`: rows that only the second has
/// right. `report`: one struct. NaN with `LGT_UNDEFINED` if both are 0.
///
/// # Errors
/// `LGT_E_NULL`. Advisory: `LGT_UNDEFINED`.
///
/// # Accuracy
/// Relative errors of p-values are below 1e-12.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// Q. McNemar, "Note on the sampling error of the difference between correlated
/// proportions or percentages" (1947); A. L. Edwards (1948) for the correction.
///
/// # Example
/// ```c
/// lgt_mcnemar_report report;
/// assert(lgt_mcnemar(121, 59, &report) == LGT_OK);
/// assert(report.corrected_chi2 > 20.67 && report.corrected_chi2 < 20.68);
/// assert(report.exact_p > 4.4e-6 && report.exact_p < 4.5e-6);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mcnemar(b: u64, c: u64, report: *mut McNemar) -> Status {
    if report.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    unsafe { write(b, c, report) }
}

/// As `lgt_mcnemar`, from what two classifiers predicted for the same rows.
///
/// # Shape
/// `first`, `second`: a class a row, of the integer types `first_type` and
/// `second_type`. `labels`: the true class of each row, of the integer type
/// `label_type`. Classes are at least 0. `report`: one struct.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (a negative class, an unknown type); nothing
/// is written. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mcnemar_labels(
    first: *const c_void,
    first_type: u32,
    second: *const c_void,
    second_type: u32,
    labels: *const c_void,
    label_type: u32,
    report: *mut McNemar,
    rows: usize,
) -> Status {
    if report.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::labels(first, first_type, rows).and_then(|first| {
            let second = guard::labels(second, second_type, rows)?;
            let labels = guard::labels(labels, label_type, rows)?;
            let (b, c) = mcnemar::counts(&first, &second, &labels, rows)?;
            Ok(write(b, c, report))
        })
    })
}
