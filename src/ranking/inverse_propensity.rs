//! How much rarer a label is in what was annotated than in what is true, by how often
//! it was annotated: `1 + C (N_l + B)^-A` with `C = (ln N - 1) (B + 1)^A`.

use crate::rows::csr::Csr;
use libm::{exp, log};

/// The inverse propensity of a label that `count` of `rows` rows have.
pub fn of(count: u64, rows: u64, a: f64, b: f64) -> f64 {
    let c = log(rows as f64) - 1.0;
    1.0 + c * exp(a * (log(b + 1.0) - log(count as f64 + b)))
}

/// Adds to each label's count the rows that have it.
pub fn count(labels: &Csr, counts: &mut [u64]) {
    for r in 0..labels.rows {
        for i in labels.row(r) {
            if let Some(count) = counts.get_mut(labels.column(i)) {
                *count = count.wrapping_add(1);
            }
        }
    }
}
