//! `lgt_inverse_propensity`: what rare labels weigh.

use super::guard;
use crate::ranking::inverse_propensity;
use crate::status::Status::{self, *};

/// What each label weighs in propensity-scored metrics: `1 + C (N_l + B)^-A` with
/// `C = (ln N - 1) (B + 1)^A`, for a label that `N_l` of `N` rows have.
///
/// The model is fitted by `a` and `b`: 0.55 and 1.5 as a rule, 0.6 and 2.6 for the
/// Amazon data sets, 0.5 and 0.4 for those of Wikipedia. Counts are of the rows that
/// were trained on; `lgt_csr_count` makes them.
///
/// # Shape
/// `counts`: `labels` numbers. `weights`: as many, apart from `counts`. `rows`: N, at
/// least 3, since for fewer the formula falls below 1. `a`: from 0 to 16. `b`: above 0,
/// at most 1e9.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (rows, a, b).
///
/// # Accuracy
/// Relative 1e-13.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// H. Jain, Y. Prabhu, M. Varma, "Extreme Multi-label Loss Functions for
/// Recommendation, Tagging, Ranking & Other Missing Label Applications" (2016), section
/// 4.
///
/// # Example
/// ```c
/// uint64_t counts[2] = {1, 1000};
/// double weights[2];
/// assert(lgt_inverse_propensity(counts, weights, 2, 294805, 0.6, 2.6) == LGT_OK);
/// assert(weights[0] > 12.594 && weights[0] < 12.595 && weights[1] < 1.4);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_inverse_propensity(
    counts: *const u64,
    weights: *mut f64,
    labels: usize,
    rows: u64,
    a: f64,
    b: f64,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::slice(counts, labels).and_then(|counts| {
            guard::not_null(weights, labels)?;
            guard::apart((counts.as_ptr().cast(), 8 * labels), (weights.cast(), 8 * labels))?;
            if rows < 3 || !(0.0..=16.0).contains(&a) || !(b > 0.0 && b <= 1e9) {
                return Err(LGT_E_VALUE);
            }
            let each = counts.iter().map(|count| inverse_propensity::of(*count, rows, a, b));
            guard::fill(weights, labels, each)
        })
    })
}
