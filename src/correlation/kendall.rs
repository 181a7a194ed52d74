//! Kendall's tau: pairs of rows that are in the same order in both columns, less those
//! that are not. All is counted in whole numbers.

use super::columns::{Columns, Ranked, Ties};
use super::inversions::inversions;
use crate::math::normal;

/// The result of `lgt_kendall`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct KendallReport {
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
    /// How many different numbers there are in x.
    pub distinct_x: u64,
    /// As above, in y.
    pub distinct_y: u64,
    /// 1 if the p-value is exact, 0 if by the normal distribution.
    pub exact: u64,
    /// Concordant less discordant, over all pairs.
    pub tau_a: f64,
    /// Over the geometric mean of the pairs that are not equal in x and in y; NaN if one
    /// of them is constant.
    pub tau_b: f64,
    /// Stuart's: over what it can be at most for so many different numbers.
    pub tau_c: f64,
    /// Goodman and Kruskal's: over concordant and discordant pairs.
    pub gamma: f64,
    /// Concordant less discordant, over the standard deviation that would have if x and y
    /// were independent.
    pub z: f64,
    /// Two-sided p-value of independence.
    pub p_value: f64,
}

impl KendallReport {
    /// Nothing, of so many rows.
    pub const fn nothing(rows: u64, nan_rows: u64) -> KendallReport {
        KendallReport {
            rows,
            nan_rows,
            concordant: 0,
            discordant: 0,
            ties_x: 0,
            ties_y: 0,
            ties_both: 0,
            distinct_x: 0,
            distinct_y: 0,
            exact: 0,
            tau_a: f64::NAN,
            tau_b: f64::NAN,
            tau_c: f64::NAN,
            gamma: f64::NAN,
            z: f64::NAN,
            p_value: f64::NAN,
        }
    }
}

/// All taus; the scratch has [`words`](super::columns::words).
pub fn apply(columns: &Columns, scratch: &mut [u64]) -> KendallReport {
    let rows = columns.n as u64;
    let nan_rows = columns.nan_rows();
    let mut report = KendallReport::nothing(rows, nan_rows);
    if nan_rows > 0 || rows == 0 {
        return report;
    }
    let Ranked { sequence, room, x, y, both, .. } = Ranked::of(columns, scratch);
    let all = pairs(rows);
    let discordant = inversions(sequence, room, y.distinct as u32 - 1);
    let concordant = all - x.pairs - y.pairs + both.pairs - discordant;
    let more = concordant as f64 - discordant as f64;
    report.concordant = concordant;
    report.discordant = discordant;
    report.ties_x = x.pairs;
    report.ties_y = y.pairs;
    report.ties_both = both.pairs;
    report.distinct_x = x.distinct;
    report.distinct_y = y.distinct;
    report.tau_a = more / all as f64;
    report.gamma = more / (concordant + discordant) as f64;
    let constant = x.pairs == all || y.pairs == all;
    if constant {
        return report;
    }
    let (of_x, of_y) = ((all - x.pairs) as f64, (all - y.pairs) as f64);
    // Equal roots need not be taken.
    let per = if of_x == of_y { of_x } else { libm::sqrt(of_x) * libm::sqrt(of_y) };
    report.tau_b = (more / per).clamp(-1.0, 1.0);
    let (n, least) = (rows as f64, x.distinct.min(y.distinct) as f64);
    report.tau_c = 2.0 * more / (n * n * (least - 1.0) / least);
    report.z = more / libm::sqrt(variance(rows, &x, &y));
    let apart = discordant.min(all - discordant);
    let exact = x.pairs == 0 && y.pairs == 0 && (rows <= EXACT as u64 || apart <= 1);
    report.exact = u64::from(exact);
    report.p_value =
        if exact { exact_p(rows, apart) } else { (2.0 * normal::sf(report.z.abs())).min(1.0) };
    report
}

/// Pairs of `n` rows.
pub fn pairs(n: u64) -> u64 {
    n.wrapping_mul(n.wrapping_sub(1)) / 2
}

/// Of concordant less discordant pairs, if x and y are independent, given how many are
/// equal (M. G. Kendall, "Rank Correlation Methods", 1970).
fn variance(n: u64, x: &Ties, y: &Ties) -> f64 {
    let wide = i128::from(n);
    // sum t (t - 1) (2 t + 5)
    let weighted = |ties: &Ties| 2 * ties.triples as i128 + 18 * i128::from(ties.pairs);
    let pairs = wide * (wide - 1);
    let first = (pairs * (2 * wide + 5) - weighted(x) - weighted(y)) as f64 / 18.0;
    let second = 2.0 * x.pairs as f64 * y.pairs as f64 / pairs as f64;
    let third = x.triples as f64 * y.triples as f64 / (9.0 * (pairs * (wide - 2)) as f64);
    first + second + if n > 2 { third } else { 0.0 }
}

/// Rows without ties up to which the p-value is exact.
const EXACT: usize = 33;
/// Half of their pairs.
const HALF: usize = EXACT * (EXACT - 1) / 4;

/// Twice the share of orders of `n` with so many discordant pairs, or fewer, of which
/// there are at most half.
fn exact_p(n: u64, discordant: u64) -> f64 {
    if n <= 2 || 4 * discordant == n * (n - 1) {
        return 1.0;
    }
    let orders = |n: u64| (2..=n.min(200)).fold(1.0, |product, i| product * i as f64);
    match discordant {
        0 => 2.0 / orders(n),
        1 => 2.0 / orders(n - 1),
        _ => {
            // How many orders of j there are with so many discordant pairs, from those of
            // j - 1: the last takes from 0 to j - 1 of the places before others.
            let mut counts = [0.0; HALF + 1];
            counts[0] = 1.0;
            for j in 2..=(n as usize).min(EXACT) {
                let mut sum = 0.0;
                let before = counts;
                for (d, count) in counts.iter_mut().enumerate() {
                    sum += before.get(d).unwrap_or(&0.0);
                    sum -= d.checked_sub(j).and_then(|d| before.get(d)).unwrap_or(&0.0);
                    *count = sum;
                }
            }
            let fewer = counts.iter().take(discordant as usize + 1).sum::<f64>();
            2.0 * fewer / orders(n)
        }
    }
}
