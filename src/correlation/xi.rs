//! Chatterjee's correlation: how well y is told by x, from how far apart the ranks of y
//! are that are next to each other in order of x.
//!
//! Where x is equal any order is as good. What is summed then is the mean over all of
//! them: a run of `t` rows has `2 / t` times the sum over its pairs inside, and where two
//! runs meet, the mean over pairs of a row from each.

use super::columns::{Columns, Ties, numbers, split};
use crate::math::order::sort;
use crate::math::{normal, sum::Sum};
use crate::rows::order::Order;

/// The result of `lgt_xi`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct XiReport {
    /// Rows.
    pub rows: u64,
    /// Those with a NaN; all below is then NaN.
    pub nan_rows: u64,
    /// Pairs that are equal in x.
    pub ties_x: u64,
    /// The correlation; NaN if y is constant.
    pub xi: f64,
    /// Its standard error if x and y are independent.
    pub std_error: f64,
    /// p-value of independence against a larger xi, by the normal distribution.
    pub p_value: f64,
}

/// The correlation; with `given`, equal x are in the order they come in, and with
/// `continuous` it is that for y without ties. The scratch has
/// [`words`](super::columns::words).
pub fn apply(columns: &Columns, given: bool, continuous: bool, scratch: &mut [u64]) -> XiReport {
    let (rows, nan_rows) = (columns.n as u64, columns.nan_rows());
    let nan = f64::NAN;
    let mut report = XiReport { rows, nan_rows, ties_x: 0, xi: nan, std_error: nan, p_value: nan };
    if nan_rows > 0 || rows == 0 {
        return report;
    }
    let n = columns.n;
    let (words, ranks) = split(n, scratch);
    let ranks = numbers(ranks).get_mut(..n).unwrap_or_default();
    // SAFETY: who made the columns vouched for `n` numbers.
    let of_y = of_y(unsafe { Order::of(&columns.y, n, words) }.0, ranks);
    // SAFETY: as above.
    let (order, rest) = unsafe { Order::of(&columns.x, n, words) };
    let sequence = numbers(rest).get_mut(..n).unwrap_or_default();
    for ((place, _), to) in order.iter().zip(&mut *sequence) {
        *to = ranks.get(place).map_or(0, |rank| *rank);
    }
    let ties = Ties::of(order);
    report.ties_x = ties.pairs;
    if of_y.spread == 0 {
        return report;
    }
    let steps = if given || ties.pairs == 0 {
        let steps = sequence.iter().zip(sequence.iter().skip(1));
        steps.map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>() as f64
    } else {
        mean_steps(order, sequence)
    };
    let n = rows as f64;
    let root = libm::sqrt(n);
    if continuous {
        report.xi = 1.0 - 3.0 * steps / (n * n - 1.0);
        report.std_error = libm::sqrt(0.4) / root;
    } else {
        report.xi = 1.0 - n * steps / (2.0 * of_y.spread as f64);
        report.std_error = of_y.std_error / root;
    }
    report.p_value = normal::sf(report.xi / report.std_error);
    report
}

/// What ranks of y come to.
struct OfY {
    /// `sum l (n - l)`, l how many are as large or larger.
    spread: u128,
    /// Of xi, times the root of n.
    std_error: f64,
}

/// Scatters how many are as large or smaller.
fn of_y(order: Order, ranks: &mut [u32]) -> OfY {
    let n = order.len() as f64;
    let (mut spread, mut before) = (0, 0.0);
    let [mut a, mut b, mut c] = [Sum::ZERO; 3];
    for run in order.runs() {
        let rank = run.end as f64;
        spread += (run.len() as u128) * ((order.len() - run.start) as u128) * run.start as u128;
        for i in run.clone() {
            if let Some(to) = ranks.get_mut(order.place(i)) {
                *to = run.end as u32;
            }
            let i = (i + 1) as f64;
            // Sums of whole numbers, exact as long as they are below 2^53, then nearly.
            before += rank;
            let part = (before + (n - i) * rank) / (n * n);
            let weight = (2.0 * (n - i) + 1.0) * rank / (n * n);
            a = a.plus(weight * rank / n);
            b = b.plus(part * part);
            c = c.plus(weight);
        }
    }
    // S. Chatterjee, equations 2.2 and after.
    let (a, b, c) = (a.value() / n, b.value() / n, c.value() / n);
    let d = spread as f64 / (n * n * n);
    OfY { spread, std_error: libm::sqrt((a - 2.0 * b + c * c) / (d * d)) }
}

/// The mean of the sum of steps, over all orders of equal x.
fn mean_steps(order: Order, sequence: &mut [u32]) -> f64 {
    let mut steps = Sum::ZERO;
    let mut last = 0..0;
    for run in order.runs() {
        let Some(part) = sequence.get_mut(run.clone()) else { continue };
        sort(part);
        let inside = part.iter().zip(1u64..).fold((0u128, 0u64), |(pairs, sum), (rank, count)| {
            (pairs + u128::from(u64::from(*rank) * (count - 1) - sum), sum + u64::from(*rank))
        });
        steps = steps.plus(2.0 * inside.0 as f64 / run.len() as f64);
        let pairs = last.len() as f64 * run.len() as f64;
        if !last.is_empty()
            && let (Some(a), Some(b)) = (sequence.get(last), sequence.get(run.clone()))
        {
            steps = steps.plus(apart(a, b) as f64 / pairs);
        }
        last = run;
    }
    steps.value()
}

/// The sum of differences between numbers of two sorted lists.
fn apart(a: &[u32], b: &[u32]) -> u128 {
    let total: u64 = a.iter().map(|a| u64::from(*a)).sum();
    let (mut below, mut count, mut i, mut sum) = (0u64, 0u64, 0, 0u128);
    for b in b {
        while let Some(a) = a.get(i).filter(|a| *a <= b) {
            (below, count, i) = (below + u64::from(*a), count + 1, i + 1);
        }
        let above = total - below - (a.len() as u64 - count) * u64::from(*b);
        sum += u128::from(above + count * u64::from(*b) - below);
    }
    sum
}
