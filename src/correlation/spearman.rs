//! Spearman's correlation: Pearson's of ranks, equal numbers with the mean of theirs.
//!
//! Twice a mean rank is whole, and so is all but the last division. The variance of ranks
//! is known from how many are equal: `12 n` times it is `n^3 - n - sum (t^3 - t)`.

use super::columns::{Columns, Ties, numbers, split};
use super::fisher;
use crate::rows::order::Order;

/// The result of `lgt_spearman`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SpearmanReport {
    /// Rows.
    pub rows: u64,
    /// Those with a NaN; all below is then NaN.
    pub nan_rows: u64,
    /// The correlation; NaN if x or y is constant.
    pub r: f64,
    /// Two-sided p-value of independence, by Student's t.
    pub p_value: f64,
    /// Fisher's interval for the correlation.
    pub low: f64,
    /// As above.
    pub high: f64,
}

/// The correlation, with an interval of that confidence; the scratch has
/// [`words`](super::columns::words).
pub fn apply(columns: &Columns, level: f64, scratch: &mut [u64]) -> SpearmanReport {
    let (n, nan_rows) = (columns.n, columns.nan_rows());
    let r = if nan_rows > 0 { f64::NAN } else { correlation(columns, scratch) };
    let (low, high) = fisher::interval(r, n as f64, level);
    let p_value = fisher::p_value(r, n as f64);
    SpearmanReport { rows: n as u64, nan_rows, r, p_value, low, high }
}

fn correlation(columns: &Columns, scratch: &mut [u64]) -> f64 {
    let n = columns.n;
    let (words, ranks) = split(n, scratch);
    let ranks = numbers(ranks).get_mut(..n).unwrap_or_default();
    // SAFETY: who made the columns vouched for `n` numbers.
    let (order, _) = unsafe { Order::of(&columns.x, n, words) };
    let x = Ties::of(order);
    for_each(order, |place, rank| {
        if let Some(to) = ranks.get_mut(place) {
            *to = rank;
        }
    });
    // SAFETY: as above.
    let (order, _) = unsafe { Order::of(&columns.y, n, words) };
    let y = Ties::of(order);
    // Twice the mean of all ranks.
    let (middle, mut sum) = (n as i64 + 1, 0i128);
    for_each(order, |place, rank| {
        let other = i64::from(ranks.get(place).map_or(0, |rank| *rank)) - middle;
        sum += i128::from(other * (i64::from(rank) - middle));
    });
    // Four times the sums of squares.
    let wide = n as u128;
    let [x, y] = [x, y].map(|ties| (wide * wide * wide - wide - ties.cubes()) / 3);
    if x == 0 || y == 0 {
        return f64::NAN;
    }
    let roots = if x == y { x as f64 } else { libm::sqrt(x as f64) * libm::sqrt(y as f64) };
    (sum as f64 / roots).clamp(-1.0, 1.0)
}

/// Each number's place, and twice the mean rank of those equal to it.
#[inline(always)]
fn for_each(order: Order, mut each: impl FnMut(usize, u32)) {
    let mut rank = 0;
    if order.distinct() == order.len() {
        for (place, _) in order.iter() {
            rank += 2;
            each(place, rank);
        }
        return;
    }
    for (i, (place, starts)) in order.iter().enumerate() {
        if starts {
            rank = (i + order.end(i) + 1) as u32;
        }
        each(place, rank);
    }
}
