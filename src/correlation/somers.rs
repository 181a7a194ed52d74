//! Somers' D: Kendall's concordant less discordant pairs over those that are not equal
//! in the column that explains the other.
//!
//! Its standard error comes from how many rows each row is concordant with, less how
//! many it is not: `sum c_i^2 - (sum c_i)^2 / n`.

use super::columns::{Columns, Ranked, START, runs};
use super::fenwick::Fenwick;
use super::kendall::pairs;
use crate::math::normal;

/// The result of `lgt_somers`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SomersReport {
    /// Rows.
    pub rows: u64,
    /// Those with a NaN; all below is then 0 or NaN.
    pub nan_rows: u64,
    /// Pairs of rows in the same order in x and in y.
    pub concordant: u64,
    /// Those in opposite orders.
    pub discordant: u64,
    /// Pairs that are equal in x, those in both included.
    pub ties_x: u64,
    /// Pairs that are equal in y, likewise.
    pub ties_y: u64,
    /// Pairs that are equal in both.
    pub ties_both: u64,
    /// D(Y|X): over pairs that differ in x.
    pub d_yx: f64,
    /// D(X|Y): over pairs that differ in y.
    pub d_xy: f64,
    /// The symmetric D: over the mean of both.
    pub d: f64,
    /// D over its standard deviation if it was 0, which is the same for all three.
    pub z: f64,
    /// Two-sided p-value, by the normal distribution.
    pub p_value: f64,
}

/// All D; the scratch has [`words`](super::columns::words).
pub fn apply(columns: &Columns, scratch: &mut [u64]) -> SomersReport {
    let (rows, nan_rows) = (columns.n as u64, columns.nan_rows());
    let mut report = SomersReport {
        rows,
        nan_rows,
        concordant: 0,
        discordant: 0,
        ties_x: 0,
        ties_y: 0,
        ties_both: 0,
        d_yx: f64::NAN,
        d_xy: f64::NAN,
        d: f64::NAN,
        z: f64::NAN,
        p_value: f64::NAN,
    };
    if nan_rows > 0 {
        return report;
    }
    let Ranked { sequence, room, more, x, y, both } = Ranked::of(columns, scratch);
    let places = y.distinct as usize;
    let all_y = totals(sequence, more.get_mut(..places).unwrap_or_default());
    let mut seen = Fenwick::new(room.get_mut(..places).unwrap_or_default());
    let (mut count, mut sum, mut squares) = (0i64, 0i128, 0u128);
    let n = columns.n as i64;
    runs(sequence, |run| {
        let len = run.len() as i64;
        let mut start = 0;
        let mut rest = &*run;
        while let Some(first) = rest.first() {
            let place = first & !START;
            let same = rest.iter().take_while(|y| **y & !START == place).count();
            let place = place as usize;
            let less = i64::from(seen.below(place));
            let greater = count - i64::from(seen.below(place + 1));
            let all_less = i64::from(all_y.below(place));
            let all_greater = n - i64::from(all_y.below(place + 1));
            let greater_here = len - start - same as i64;
            let apart = 2 * (less - greater) + all_greater - all_less + start - greater_here;
            sum += i128::from(apart) * same as i128;
            squares += u128::from(apart.unsigned_abs()).pow(2) * same as u128;
            start += same as i64;
            rest = rest.get(same..).unwrap_or_default();
        }
        run.iter().for_each(|y| seen.add((*y & !START) as usize, 1));
        count += len;
    });
    let all = pairs(rows);
    // Each pair was seen from both sides.
    let more = (sum / 2) as i64;
    let untied = (all - x.pairs - y.pairs + both.pairs) as i64;
    report.concordant = ((untied + more) / 2) as u64;
    report.discordant = ((untied - more) / 2) as u64;
    (report.ties_x, report.ties_y, report.ties_both) = (x.pairs, y.pairs, both.pairs);
    let (of_x, of_y) = ((all - x.pairs) as f64, (all - y.pairs) as f64);
    // One of them constant leaves nothing to tell.
    if of_x * of_y > 0.0 {
        let more = more as f64;
        report.d_yx = more / of_x;
        report.d_xy = more / of_y;
        report.d = more / (0.5 * (of_x + of_y));
        // n times the sum of squares less the square of the sum is whole.
        let spread = (i128::from(rows) * squares as i128 - sum * sum) as f64 / rows as f64;
        report.z = more / libm::sqrt(spread);
        report.p_value = (2.0 * normal::sf(report.z.abs())).min(1.0);
    }
    report
}

/// How many of the whole sequence there are by place.
fn totals<'a>(sequence: &[u32], room: &'a mut [u32]) -> Fenwick<'a, u32> {
    let mut totals = Fenwick::new(room);
    sequence.iter().for_each(|y| totals.add((y & !START) as usize, 1));
    totals
}
