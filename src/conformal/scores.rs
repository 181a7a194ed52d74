//! The scores that rows give their own classes.

use super::rule::Rule;
use super::table::Table;
use crate::rows::labels::Labels;
use crate::rows::view::Column;

/// Writes a score a row, NaN to those without probabilities; whether there are any.
/// Labels are columns; of what is drawn there is one a row, or null.
///
/// # Safety
/// `draws` is null, or readable for one number a row.
pub unsafe fn write(
    x: &dyn Table,
    labels: &Labels,
    draws: *const f64,
    rule: &Rule,
    to: &Column<f64>,
) -> bool {
    let (rows, _) = x.shape();
    let mut lost = false;
    for r in 0..rows {
        let known = x.visit(r, Some(labels.get(r) as usize));
        // SAFETY: the caller vouches for one a row.
        let u = if draws.is_null() { 1.0 } else { unsafe { *draws.add(r) } };
        lost |= known.is_none();
        to.set(r, known.map_or(f64::NAN, |(row, class)| rule.score(&row, &class, u)));
    }
    lost
}
