//! The concordance index of Harrell: of pairs of rows of which it is known which one
//! lasted longer, the share that was predicted to, equal predictions counting half.

use super::columns::{Columns, dense, numbers, split};
use super::fenwick::Fenwick;
use crate::rows::labels::Labels;
use crate::rows::order::Order;

/// The result of `lgt_concordance_index`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ConcordanceIndexReport {
    /// Rows.
    pub rows: u64,
    /// Those with a NaN; all below is then 0 or NaN.
    pub nan_rows: u64,
    /// Comparable pairs in the order that was predicted.
    pub concordant: u64,
    /// Those in the opposite order.
    pub discordant: u64,
    /// Those with equal predictions.
    pub ties_x: u64,
    /// (concordant + ties / 2) / all three; NaN if there is no comparable pair.
    pub value: f64,
}

/// The index; x is what was predicted, y how long it lasted, and `events` tells where
/// that ended, rather than was last seen. The scratch has
/// [`words`](super::columns::words).
pub fn apply(
    columns: &Columns,
    events: Option<Labels>,
    scratch: &mut [u64],
) -> ConcordanceIndexReport {
    let (rows, nan_rows) = (columns.n as u64, columns.nan_rows());
    let value = f64::NAN;
    let (concordant, discordant, ties_x) = (0, 0, 0);
    let mut report =
        ConcordanceIndexReport { rows, nan_rows, concordant, discordant, ties_x, value };
    if nan_rows > 0 {
        return report;
    }
    let n = columns.n;
    let (words, places) = split(n, scratch);
    let places = numbers(places).get_mut(..n).unwrap_or_default();
    // SAFETY: who made the columns vouched for `n` numbers.
    let predicted = dense(unsafe { Order::of(&columns.x, n, words) }.0, places);
    // SAFETY: as above.
    let (order, rest) = unsafe { Order::of(&columns.y, n, words) };
    let room = numbers(rest).get_mut(..predicted.distinct as usize).unwrap_or_default();
    // Those that lasted longer than the rows looked at, by what was predicted.
    let (mut longer, mut count) = (Fenwick::new(room), 0);
    let mut end = n;
    while let Some(mut start) = end.checked_sub(1) {
        while start > 0 && !order.starts(start) {
            start -= 1;
        }
        let rows = |ended: bool| {
            let places = &*places;
            let row = move |i| {
                let place = order.place(i);
                let event = events.is_none_or(|events| events.get(place) != 0);
                (event == ended).then(|| places.get(place).map_or(0, |place| *place as usize))
            };
            (start..end).filter_map(row)
        };
        for place in rows(false) {
            longer.add(place, 1);
            count += 1;
        }
        for place in rows(true) {
            let (less, most) = (u64::from(longer.below(place)), longer.below(place + 1));
            report.discordant += less;
            report.ties_x += u64::from(most) - less;
            report.concordant += count - u64::from(most);
        }
        for place in rows(true) {
            longer.add(place, 1);
            count += 1;
        }
        end = start;
    }
    // Halves of whole numbers below 2^63.
    let comparable = report.concordant + report.discordant + report.ties_x;
    let right = 2 * u128::from(report.concordant) + u128::from(report.ties_x);
    report.value = right as f64 / (2 * u128::from(comparable)) as f64;
    report
}
