//! Ranks of numbers, from 1, with a choice of what equal ones get.

use super::columns::{Ties, count_nan};
use crate::rows::numbers::Numbers;
use crate::rows::order::Order;

/// What equal numbers get.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The mean of their ranks.
    Average,
    /// The least of them.
    Min,
    /// The largest of them.
    Max,
    /// All the next after that of the next smaller number.
    Dense,
    /// All different ones, in the order they came in.
    Ordinal,
}

/// The result of `lgt_rank`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RankReport {
    /// Numbers.
    pub rows: u64,
    /// Those that are NaN; all ranks are then NaN.
    pub nan_rows: u64,
    /// How many different ones.
    pub distinct: u64,
    /// `1 - sum (t^3 - t) / (n^3 - n)` over runs of `t` equal ones: what statistics of ranks
    /// are corrected by; 1 for less than two numbers.
    pub tie_correction: f64,
}

/// Writes the rank of each of `n` numbers. The scratch has
/// [`words`](crate::rows::order::words).
///
/// # Safety
/// There must be `n` numbers, and `ranks` writable for as many.
pub unsafe fn apply(
    numbers: &Numbers,
    n: usize,
    ranks: *mut f64,
    method: Method,
    scratch: &mut [u64],
) -> RankReport {
    let nan_rows = count_nan(numbers, None, n);
    let mut report = RankReport { rows: n as u64, nan_rows, distinct: 0, tie_correction: f64::NAN };
    if nan_rows > 0 {
        // SAFETY: the caller vouches for the ranks.
        (0..n).for_each(|i| unsafe { *ranks.add(i) = f64::NAN });
        return report;
    }
    // SAFETY: the caller vouches for the numbers.
    let (order, _) = unsafe { Order::of(numbers, n, scratch) };
    let ties = Ties::of(order);
    for (dense, run) in order.runs().enumerate() {
        let rank = match method {
            Method::Average => 0.5 * (run.start + run.end + 1) as f64,
            Method::Min | Method::Ordinal => (run.start + 1) as f64,
            Method::Max => run.end as f64,
            Method::Dense => (dense + 1) as f64,
        };
        for (more, i) in run.enumerate() {
            let rank = if method == Method::Ordinal { rank + more as f64 } else { rank };
            // SAFETY: as above; places are below `n`.
            unsafe { *ranks.add(order.place(i)) = rank };
        }
    }
    let wide = n as u128;
    let all = wide * wide * wide - wide;
    report.distinct = ties.distinct;
    report.tie_correction = if all == 0 { 1.0 } else { (all - ties.cubes()) as f64 / all as f64 };
    report
}
