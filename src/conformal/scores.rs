//! The scores that rows give their own classes.

use super::row::{Lost, Own, Row};
use super::rule::{Rule, Seen, Terms};
use crate::math::exp::Scale;
use crate::rows::labels::Labels;
use crate::rows::view::{Column, Rows};
use crate::simd::{Elem, Real};

/// Rows to score.
pub struct Scores<'a, E: Elem> {
    /// The rows.
    pub x: &'a Rows<E>,
    /// Their classes, each a column.
    pub labels: &'a Labels,
    /// What is drawn for each row, or null.
    pub draws: *const f64,
}

impl<E: Elem> Scores<'_, E> {
    /// Writes a score a row, NaN to those without probabilities; whether there are any.
    pub fn write(&self, rule: &Rule, to: &Column<f64>) -> bool {
        let scale = Scale::new(1.0);
        let n = self.x.cols;
        let mut lost = false;
        for r in 0..self.x.rows {
            let label = self.labels.get(r) as usize;
            let row = Row { row: self.x.row(r), n, scale: &scale, logits: rule.logits };
            let known = match E::dispatch(Own { row, label }) {
                Ok(known) => Some(known),
                // SAFETY: the view vouches for its rows, the caller for the labels.
                Err(Lost::Infinite(count)) => unsafe {
                    Some(infinite(self.x.row(r), n, label, count))
                },
                Err(Lost::Nothing) => None,
            };
            // SAFETY: null, or one a row.
            let u = if self.draws.is_null() { 1.0 } else { unsafe { *self.draws.add(r) } };
            lost |= known.is_none();
            to.set(r, known.map_or(f64::NAN, |(row, class)| rule.score(&row, &class, u)));
        }
        lost
    }
}

/// What is known where `count` entries of +inf share the mass.
///
/// # Safety
/// `row` must be readable for `n` values, of which the label is one.
#[inline(never)]
unsafe fn infinite<E: Elem>(row: *const E, n: usize, label: usize, count: f64) -> (Seen, Terms) {
    // SAFETY: the caller vouches for the row.
    let value = |i: usize| unsafe { *row.add(i) }.widen().to_f64();
    let (own, full) = (value(label), f64::INFINITY);
    let mut terms = Terms { own: if own == full { 1.0 } else { 0.0 }, before: 0.0, rank: 0.0 };
    for (i, v) in (0..n).map(|i| (i, value(i))) {
        if v > own || (v == own && i < label) {
            terms.rank += 1.0;
            terms.before += if v == full { 1.0 } else { 0.0 };
        }
    }
    (Seen { sum: count, all: count, top: 1.0, second: if count > 1.0 { 1.0 } else { 0.0 } }, terms)
}
